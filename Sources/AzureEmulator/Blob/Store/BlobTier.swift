import AzureCore
import Foundation

/// The way of a blob out of the archive, which takes a while.
struct Rehydration: Sendable, Hashable {
    /// Where it will be.
    let tier: String
    /// `High` or `Standard`.
    var priority: String
    /// When it is there.
    let end: Date
}

/// What is told about the tier of a blob.
struct BlobTier: Sendable, Hashable {
    static let archive = "Archive"
    /// The tier of a blob that the service moves between the others itself.
    static let smart = "Smart"
    /// Where a blob is whose tier nobody set, and one that the service moves, which it has had no reason to do yet.
    static let standard = "Hot"

    let name: String
    /// Whether nobody set it.
    let isInferred: Bool
    let changedOn: Date?
    /// What the blob is on the way to.
    let rehydration: Rehydration?

    /// Where a blob that the service moves is at the moment.
    var underlying: String? { name == Self.smart ? Self.standard : nil }

    /// Such as `rehydrate-pending-to-hot`.
    var archiveStatus: String? { rehydration.map { "rehydrate-pending-to-\($0.tier.lowercased())" } }

    /// The header fields of answers.
    var fields: [(String, String)] {
        let optional: [(String, String?)] = [
            ("x-ms-access-tier", name), ("x-ms-smart-access-tier", underlying),
            ("x-ms-access-tier-inferred", isInferred ? "true" : nil),
            ("x-ms-access-tier-change-time", changedOn.map(RFC1123Date.format)),
            ("x-ms-archive-status", archiveStatus), ("x-ms-rehydrate-priority", rehydration?.priority),
        ]
        return optional.compactMap { name, value in value.map { (name, $0) } }
    }
}

extension BlobRecord {
    /// The tier at a time; nil for a blob that has none.
    func tier(at now: Date) -> BlobTier? {
        guard kind.hasTier else { return nil }
        guard let accessTier else {
            return BlobTier(name: BlobTier.standard, isInferred: true, changedOn: nil, rehydration: nil)
        }
        if let rehydration, rehydration.end <= now {
            return BlobTier(
                name: rehydration.tier, isInferred: false, changedOn: rehydration.end, rehydration: nil)
        }
        return BlobTier(name: accessTier, isInferred: false, changedOn: tierSetOn, rehydration: rehydration)
    }

    /// Whether it can neither be read nor written.
    func isArchived(at now: Date) -> Bool { tier(at: now)?.name == BlobTier.archive }

    /// Moves it to another tier: at once, or after a while when it is in the archive.
    ///
    /// - Parameters:
    ///   - priority: How much the caller is in a hurry; nil for the usual.
    ///   - duration: How long it takes to come back from the archive.
    /// - Returns: Whether it is on its way.
    mutating func move(to tier: String, priority: String?, duration: Duration, at now: Date) throws -> Bool {
        let current = self.tier(at: now)
        guard current?.name == BlobTier.archive, tier != BlobTier.archive || current?.rehydration != nil else {
            (accessTier, tierSetOn, rehydration) = (tier, now, nil)
            return false
        }
        guard var pending = current?.rehydration else {
            rehydration = Rehydration(
                tier: tier, priority: priority ?? "Standard",
                end: now.addingTimeInterval(Double(duration.components.seconds)))
            return true
        }
        // What is on its way cannot be stopped; it can only get more urgent.
        guard pending.tier == tier, priority ?? pending.priority == pending.priority || priority == "High" else {
            throw BlobServiceError.blobBeingRehydrated
        }
        pending.priority = priority ?? pending.priority
        rehydration = pending
        return true
    }
}

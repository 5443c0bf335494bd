/// The result for one file or blob of a tree.
public struct TreeTransferEntry: Sendable {
    /// An outcome. More may be added.
    public struct Outcome: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        public let rawValue: String

        /// Creates an outcome, which may be unknown to this version.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// It was transferred.
        public static let done = Outcome(rawValue: "done")
        /// It would be transferred if this were not a dry run.
        public static let planned = Outcome(rawValue: "planned")
        /// It was deleted, because the source does not have it; see ``TreeTransferOptions/deletesExtra``.
        public static let deleted = Outcome(rawValue: "deleted")
        /// It would be deleted if this were not a dry run.
        public static let deletionPlanned = Outcome(rawValue: "deletionPlanned")
        /// It was skipped; see ``TreeTransferEntry/skipReason``.
        public static let skipped = Outcome(rawValue: "skipped")
        /// It could not be transferred; see ``TreeTransferEntry/error``.
        public static let failed = Outcome(rawValue: "failed")

        public var description: String { rawValue }
    }

    /// The name of the blob.
    public var name: String
    /// The path of the file; empty for a blob whose name cannot be one.
    public var path: String
    /// The size of the source, or of what was deleted, in bytes; 0 where it could not be found out.
    public var size: Int64
    /// The outcome.
    public var outcome: Outcome
    /// The reason why it was skipped; nil for other outcomes.
    public var skipReason: SkipReason?
    /// The error that it failed with; nil for other outcomes.
    public var error: (any Error)?

    init(name: String, path: String, size: Int64, _ result: TreeItemResult) {
        self.name = name
        self.path = path
        self.size = size
        switch result {
        case .done: outcome = .done
        case .planned: outcome = .planned
        case .deleted: outcome = .deleted
        case .deletionPlanned: outcome = .deletionPlanned
        case .skipped(let reason): (outcome, skipReason) = (.skipped, reason)
        case .failed(let error): (outcome, self.error) = (.failed, error)
        }
    }
}

/// The result of transferring one file or blob of a tree.
enum TreeItemResult: Sendable {
    case done
    case planned
    case deleted
    case deletionPlanned
    case skipped(SkipReason)
    case failed(any Error)
}

/// The reason why a file or blob was skipped. More may be added.
public struct SkipReason: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a reason, which may be unknown to this version.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The target exists, and nothing is replaced.
    public static let exists = SkipReason(rawValue: "exists")
    /// The target exists and is as new as the source.
    public static let notNewer = SkipReason(rawValue: "notNewer")
    /// The target exists and is the same.
    public static let same = SkipReason(rawValue: "same")
    /// It is a symbolic link, which are not followed; or one that leads to a directory which contains it.
    public static let symbolicLink = SkipReason(rawValue: "symbolicLink")
    /// It is neither a file nor a directory.
    public static let notAFile = SkipReason(rawValue: "notAFile")
    /// It is an empty blob that some clients keep in place of a directory.
    public static let directory = SkipReason(rawValue: "directory")
    /// ``TreeTransferOptions/beforeEach`` said so.
    public static let byCaller = SkipReason(rawValue: "byCaller")

    public var description: String { rawValue }
}

/// The result of transferring a tree.
public struct TreeTransferReport: Sendable {
    /// The entries that were transferred; in a dry run, those that would be. Empty when entries are not kept.
    public internal(set) var done: [TreeTransferEntry] = []
    /// The entries that were skipped. Empty when entries are not kept.
    public internal(set) var skipped: [TreeTransferEntry] = []
    /// The entries that failed.
    public internal(set) var failed: [TreeTransferEntry] = []
    /// The entries that were deleted because the source does not have them; in a dry run, those that would be. Empty when
    /// entries are not kept.
    public internal(set) var deleted: [TreeTransferEntry] = []
    /// The number of entries transferred; in a dry run, of those that would be.
    public internal(set) var doneCount = 0
    /// The number of bytes transferred.
    public internal(set) var doneBytes: Int64 = 0
    /// The number of entries that were deleted; in a dry run, of those that would be.
    public internal(set) var deletedCount = 0
    /// The number of entries that were skipped.
    public internal(set) var skippedCount = 0
    /// Whether the whole tree was processed; false when the first failure ended the transfer.
    public internal(set) var isComplete = true

    /// Whether the whole tree was processed and nothing failed.
    public var isSuccess: Bool { isComplete && failed.isEmpty }

    mutating func add(_ entry: TreeTransferEntry, keepsEntries: Bool) {
        switch entry.outcome {
        case .skipped:
            skippedCount += 1
            if keepsEntries { skipped.append(entry) }
        case .failed:
            failed.append(entry)
        case .deleted, .deletionPlanned:
            deletedCount += 1
            if keepsEntries { deleted.append(entry) }
        default:
            doneCount += 1
            // Sizes in a list may be anything.
            doneBytes = doneBytes.clampedAdding(entry.size)
            if keepsEntries { done.append(entry) }
        }
    }
}

extension TreeTransferReport: CustomStringConvertible {
    /// One line: how many were transferred, skipped, failed and deleted.
    public var description: String {
        let deletions = deletedCount == 0 ? "" : ", \(deletedCount) deleted"
        let end = isComplete ? "" : "; the rest was not looked at"
        return "\(doneCount) done (\(doneBytes) bytes), \(skippedCount) skipped, \(failed.count) failed"
            + "\(deletions)\(end)"
    }
}

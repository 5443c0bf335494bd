import struct Foundation.Date

/// What a blob was at a time and is kept beside what it is now.
struct BlobEdition: Sendable {
    enum Kind: Sendable {
        case snapshot
        /// An earlier version.
        case version
        /// The blob itself, as it was deleted.
        case blob
    }

    /// When it was deleted, and until when it can be had back.
    struct Deletion: Sendable, Hashable {
        let on: Date
        let until: Date

        /// How many days it still has.
        func remainingDays(at now: Date) -> Int {
            max(0, Int((until.timeIntervalSince(now) / 86_400).rounded(.up)))
        }
    }

    var kind: Kind
    /// The time that names it, as the service writes it.
    let id: String
    var blob: BlobRecord
    /// Nil while it is there for everyone.
    var deletion: Deletion?

    init(_ kind: Kind, id: String, _ blob: BlobRecord, deletion: Deletion? = nil) {
        self.kind = kind
        self.id = id
        self.blob = blob
        self.deletion = deletion
        self.blob.isCurrent = false
        // A lease is one of the blob that can be written.
        self.blob.lease = Lease()
    }

    func isReadable(as selection: BlobSelection) -> Bool {
        guard deletion == nil else { return false }
        return switch selection {
        case .current: false
        case .snapshot(let id): kind == .snapshot && id == self.id
        case .version(let id): kind == .version && id == self.id
        }
    }
}

/// The editions under a name, in the order of the times that name them. Each has a time of its own.
extension [BlobEdition] {
    /// The edition with a time.
    func first(withID id: String) -> BlobEdition? {
        let index = firstIndex(notBefore: id)
        return index < count && self[index].id == id ? self[index] : nil
    }

    /// The first edition that has a time or a later one.
    func firstIndex(notBefore id: String) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Which state of a blob a request is about.
enum BlobSelection: Sendable, Hashable {
    case current
    case snapshot(String)
    case version(String)

    /// The time that names an edition.
    var editionID: String? {
        switch self {
        case .current: nil
        case .snapshot(let id), .version(let id): id
        }
    }
}

/// What happens to the snapshots of a blob that is deleted.
enum SnapshotDeletion: String, Sendable {
    /// They go with the blob.
    case include
    /// They go, and the blob stays.
    case only
}

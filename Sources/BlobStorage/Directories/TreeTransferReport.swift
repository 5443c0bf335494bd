/// The result for one file or blob of a tree.
public struct TreeTransferEntry: Sendable {
    /// The outcome.
    public enum Outcome: Sendable {
        /// It was transferred.
        case done
        /// It would be transferred if this were not a dry run.
        case planned
        /// It was skipped.
        case skipped(SkipReason)
        /// It could not be transferred.
        case failed(any Error)
    }

    /// The name of the blob.
    public var name: String
    /// The path of the file; empty for a blob whose name cannot be one.
    public var path: String
    /// The size of the source in bytes; 0 where it could not be found out.
    public var size: Int64
    /// The outcome.
    public var outcome: Outcome
}

/// The reason why a file or blob was skipped.
public enum SkipReason: String, Sendable, Hashable, CustomStringConvertible {
    /// The target exists, and nothing is replaced.
    case exists
    /// The target exists and is as new.
    case notNewer
    /// The target exists and is the same.
    case same
    /// It is a symbolic link, which are not followed; or one that leads to a directory which holds it.
    case symbolicLink
    /// It is neither a file nor a directory.
    case notAFile
    /// It is an empty blob that some clients keep in place of a directory.
    case directory

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
    /// The number of entries transferred; in a dry run, of those that would be.
    public internal(set) var doneCount = 0
    /// The number of bytes transferred.
    public internal(set) var doneBytes: Int64 = 0
    /// The number of entries that were skipped.
    public internal(set) var skippedCount = 0
    /// Whether the whole tree was processed; false when the first failure ended the transfer.
    public internal(set) var isComplete = true

    /// Whether the whole tree was processed and nothing failed.
    public var isSuccess: Bool { isComplete && failed.isEmpty }

    mutating func add(_ entry: TreeTransferEntry, keepsEntries: Bool) {
        switch entry.outcome {
        case .done, .planned:
            doneCount += 1
            doneBytes += entry.size
            if keepsEntries { done.append(entry) }
        case .skipped:
            skippedCount += 1
            if keepsEntries { skipped.append(entry) }
        case .failed:
            failed.append(entry)
        }
    }
}

extension TreeTransferReport: CustomStringConvertible {
    /// One line: how many were transferred, skipped, and failed.
    public var description: String {
        let end = isComplete ? "" : "; the rest was not looked at"
        return "\(doneCount) done (\(doneBytes) bytes), \(skippedCount) skipped, \(failed.count) failed\(end)"
    }
}

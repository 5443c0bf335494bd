import AzureCore
import Synchronization

/// Counts the files and bytes of a tree under way. It knows nothing of clocks or tasks.
struct TreeTally: Sendable {
    typealias Count = TreeTransferProgress.Count

    /// A file under way.
    private struct UnderWay {
        let size: Int64
        /// What its transfer said first, which an earlier one had transferred; nil until it says something.
        var first: Int64?
        /// The bytes that are there.
        var bytes: Int64 = 0
    }

    private var step = TreeTransferProgress.Step()
    private var underWay: [Int: UnderWay] = [:]
    /// The bytes of all files under way.
    private var bytesUnderWay: Int64 = 0
    /// What the transfer has come across so far.
    private var found = Count()
    /// All there is, from whoever counted it.
    private var counted: Count?
    private var next = 0
    /// The bytes that ever moved.
    private(set) var moved: Int64 = 0

    /// Where it stands.
    var current: TreeTransferProgress.Step {
        var step = step
        step.done.bytes = step.done.bytes.clampedAdding(bytesUnderWay)
        // A tree may have grown since it was counted.
        step.total = counted.map {
            Count(files: max($0.files, found.files), bytes: max($0.bytes, found.bytes))
        }
        return step
    }

    /// All was counted.
    mutating func counted(_ total: Count) {
        if counted == nil { counted = total }
    }

    /// The transfer has come across all there is: that is the total, whatever was counted before.
    mutating func foundAll() {
        counted = found
    }

    /// The transfer has come across something that is settled at once.
    mutating func found(_ entry: TreeTransferEntry) {
        add(entry.size)
        settle(entry)
    }

    /// The transfer of a file begins; returns its number here.
    mutating func begin(size: Int64) -> Int {
        add(size)
        defer { next += 1 }
        underWay[next] = UnderWay(size: max(0, size))
        return next
    }

    /// So many bytes of a file are there. Notes of several parts may overtake each other.
    mutating func note(_ bytes: Int64, of file: Int) {
        guard var state = underWay[file] else { return }
        let more = min(bytes, state.size) - state.bytes
        guard state.first != nil else {
            state.first = bytes
            state.bytes = max(0, min(bytes, state.size))
            bytesUnderWay = bytesUnderWay.clampedAdding(state.bytes)
            underWay[file] = state
            return
        }
        guard more > 0 else { return }
        state.bytes += more
        underWay[file] = state
        bytesUnderWay = bytesUnderWay.clampedAdding(more)
        moved = moved.clampedAdding(more)
    }

    /// A file has ended. What had arrived of one that failed counts no longer.
    mutating func end(_ file: Int, _ entry: TreeTransferEntry) {
        if let state = underWay.removeValue(forKey: file) {
            bytesUnderWay -= state.bytes
            if entry.outcome == .done, state.first != nil { moved = moved.clampedAdding(state.size - state.bytes) }
        }
        settle(entry)
    }

    /// A file or blob that the source does not have was deleted.
    mutating func deleted() {
        step.deletedFiles += 1
    }

    private mutating func add(_ size: Int64) {
        found.files += 1
        found.bytes = found.bytes.clampedAdding(max(0, size))
    }

    private mutating func settle(_ entry: TreeTransferEntry) {
        let size = max(0, entry.size)
        switch entry.outcome {
        case .skipped: step.skipped.add(size)
        case .failed: step.failed.add(size)
        default: step.done.add(size)
        }
    }
}

extension TreeTransferProgress.Count {
    /// One more file.
    mutating func add(_ size: Int64) {
        files += 1
        bytes = bytes.clampedAdding(max(0, size))
    }
}

/// Tells whoever follows the transfer of a tree where it stands.
final class TreeMeter: Sendable {
    private let progress: TreeTransferProgress
    private let timeSource: TimeSource
    private let tally = Mutex(TreeTally())

    init(_ progress: TreeTransferProgress, timeSource: TimeSource) {
        self.progress = progress
        self.timeSource = timeSource
        change { _ in }
    }

    /// Changes the count and says so. Steps are told in the order in which they come about.
    func change<Value: Sendable>(_ change: (inout sending TreeTally) -> sending Value) -> Value {
        tally.withLock { tally in
            let value = change(&tally)
            progress.yield(
                TreeTransferProgress.Note(step: tally.current, moved: tally.moved, uptime: timeSource.uptime()))
            return value
        }
    }

    /// What the transfer of one file tells.
    func progress(of file: Int) -> TransferProgress {
        TransferProgress(toldTo: { [self] note in change { $0.note(note.bytes, of: file) } })
    }

    /// Runs a transfer with its reader beside it.
    ///
    /// - Parameters:
    ///   - following: The reader; nil when nobody follows.
    ///   - timeSource: The source of time.
    ///   - count: Counts all there is, beside the transfer. What it throws is not told: the transfer meets the same.
    ///   - transfer: The transfer, with its meter.
    static func followed<Value>(
        by following: (@Sendable (TreeTransferProgress) async -> Void)?, timeSource: TimeSource,
        counting count: @escaping @Sendable () async throws -> TreeTransferProgress.Count,
        _ transfer: (TreeMeter?) async throws -> Value
    ) async throws -> Value {
        guard let following else { return try await transfer(nil) }
        let progress = TreeTransferProgress()
        return try await Following.run(following, reading: progress, finish: progress.finish) {
            let meter = TreeMeter(progress, timeSource: timeSource)
            // It ends with the transfer, if not before.
            async let _: Void = meter.count(count)
            return try await transfer(meter)
        }
    }

    private func count(_ count: @Sendable () async throws -> TreeTransferProgress.Count) async {
        guard let total = try? await count() else { return }
        change { $0.counted(total) }
    }
}

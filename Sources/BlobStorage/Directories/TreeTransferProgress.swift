import AzureCore

/// The progress of the transfer of a tree: a sequence that is read beside it.
///
/// ```swift
/// try await container.uploadDirectory("photos") { progress in
///     for await step in progress {
///         print(step.done.files, step.total?.files ?? 0, step.fraction ?? 0, step.timeLeft ?? .zero)
///     }
/// }
/// ```
///
/// It is for one reader, and ends when the transfer ends, also by an error. A slow reader misses steps, but not the last
/// one unless the call is cancelled, and does not slow the transfer down. The call returns when its reader has returned,
/// too.
public struct TreeTransferProgress: AsyncSequence, Sendable {
    public typealias Element = Step
    public typealias Failure = Never

    /// A number of files and of their bytes.
    public struct Count: Sendable, Hashable {
        /// The number of files.
        public var files: Int
        /// The number of bytes.
        public var bytes: Int64

        /// Creates a count. The default is nothing.
        public init(files: Int = 0, bytes: Int64 = 0) {
            self.files = files
            self.bytes = bytes
        }
    }

    /// A step of the transfer of a tree. What is done, skipped and failed is never more than the total.
    public struct Step: Sendable, Hashable {
        /// The files transferred, and the bytes transferred, including those of files under way and those that an
        /// earlier transfer had transferred before it was interrupted. In a dry run what would be transferred.
        public var done: Count
        /// What was skipped; see ``TreeTransferEntry/skipReason``.
        public var skipped: Count
        /// What failed, with all bytes of the files.
        public var failed: Count
        /// The number of files or blobs deleted because the source does not have them; see
        /// ``TreeTransferOptions/deletesExtra``. They are no part of the total.
        public var deletedFiles: Int
        /// All there is to look at; nil until it has been counted, which begins with the transfer.
        public var total: Count?
        /// The rate in bytes per second, mostly of the last seconds; 0 at the start.
        public var rate: Double
        /// The remaining time at this rate; nil when it is unknown.
        public var timeLeft: Duration?

        /// The number of bytes that need nothing more: transferred, skipped and failed.
        public var settledBytes: Int64 {
            done.bytes.clampedAdding(skipped.bytes).clampedAdding(failed.bytes)
        }

        /// How much of the total needs nothing more, from 0 to 1: by bytes, or by files where there are no bytes; nil
        /// until the total is known.
        public var fraction: Double? {
            guard let total else { return nil }
            if total.bytes > 0 { return Double(settledBytes) / Double(total.bytes) }
            return total.files > 0 ? Double(done.files + skipped.files + failed.files) / Double(total.files) : 1
        }

        /// Creates a step.
        public init(
            done: Count = Count(), skipped: Count = Count(), failed: Count = Count(), deletedFiles: Int = 0,
            total: Count? = nil, rate: Double = 0, timeLeft: Duration? = nil
        ) {
            self.done = done
            self.skipped = skipped
            self.failed = failed
            self.deletedFiles = deletedFiles
            self.total = total
            self.rate = rate
            self.timeLeft = timeLeft
        }
    }

    /// What a transfer says.
    struct Note: Sendable {
        /// Without rate and time left, which depend on what was read before.
        var step: Step
        /// The bytes that ever moved, also those of files that failed in the end.
        var moved: Int64
        var uptime: Duration
    }

    private let notes: AsyncStream<Note>
    private let continuation: AsyncStream<Note>.Continuation

    /// Creates the progress of a transfer that has not begun.
    init() {
        (notes, continuation) = AsyncStream.makeStream(of: Note.self, bufferingPolicy: .bufferingNewest(1))
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(notes: notes.makeAsyncIterator())
    }

    /// Reads the steps.
    public struct Iterator: AsyncIteratorProtocol {
        var notes: AsyncStream<Note>.Iterator
        private var rate = TransferRate()

        init(notes: AsyncStream<Note>.Iterator) {
            self.notes = notes
        }

        public mutating func next() async -> Step? {
            await next(isolation: #isolation)
        }

        public mutating func next(isolation actor: isolated (any Actor)?) async -> Step? {
            guard let note = await notes.next(isolation: actor) else { return nil }
            rate.note(note.moved, at: note.uptime)
            var step = note.step
            step.rate = rate.bytesPerSecond
            step.timeLeft = step.total.flatMap { rate.time(for: $0.bytes - step.settledBytes) }
            return step
        }
    }

    func yield(_ note: Note) {
        continuation.yield(note)
    }

    func finish() {
        continuation.finish()
    }
}

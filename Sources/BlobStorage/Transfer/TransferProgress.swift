import AzureCore
import Synchronization

/// The progress of a transfer: a sequence that is read beside it.
///
/// ```swift
/// try await blob.upload(file: "disk.img") { progress in
///     for await step in progress {
///         print(step.bytes, step.total ?? 0, step.rate, step.timeLeft ?? .zero)
///     }
/// }
/// ```
///
/// It is for one reader, and ends when the transfer ends, also by an error. A slow reader misses steps, but not the last
/// one unless the call is cancelled, and does not slow the transfer down. The call returns when its reader has returned, too.
public struct TransferProgress: AsyncSequence, Sendable {
    public typealias Element = Step
    public typealias Failure = Never

    /// A step of a transfer.
    public struct Step: Sendable, Hashable {
        /// The number of bytes transferred, including those of an earlier transfer that was resumed.
        public var bytes: Int64
        /// The total number of bytes; nil when it is unknown.
        public var total: Int64?
        /// The rate in bytes per second, mostly of the last seconds; 0 at the start.
        public var rate: Double
        /// The remaining time at this rate; nil when it is unknown.
        public var timeLeft: Duration?

        /// Creates a step.
        public init(bytes: Int64, total: Int64? = nil, rate: Double = 0, timeLeft: Duration? = nil) {
            self.bytes = bytes
            self.total = total
            self.rate = rate
            self.timeLeft = timeLeft
        }
    }

    /// What a transfer says.
    struct Note: Sendable {
        var bytes: Int64
        var total: Int64?
        var uptime: Duration
    }

    private let notes: AsyncStream<Note>
    private let continuation: AsyncStream<Note>.Continuation
    /// Who is told in place of a reader.
    private let listener: (@Sendable (Note) -> Void)?

    /// Creates the progress of a transfer that has not begun.
    ///
    /// - Parameter listener: Who is told each note at once, in place of a reader: whoever counts several transfers as one.
    init(toldTo listener: (@Sendable (Note) -> Void)? = nil) {
        self.listener = listener
        (notes, continuation) = AsyncStream.makeStream(of: Note.self, bufferingPolicy: .bufferingNewest(1))
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(notes: notes.makeAsyncIterator())
    }

    /// Reads the steps.
    public struct Iterator: AsyncIteratorProtocol {
        var notes: AsyncStream<Note>.Iterator
        private var rate = TransferRate()
        private var last: Int64 = -1

        init(notes: AsyncStream<Note>.Iterator) {
            self.notes = notes
        }

        public mutating func next() async -> Step? {
            await next(isolation: #isolation)
        }

        public mutating func next(isolation actor: isolated (any Actor)?) async -> Step? {
            // Parts are counted by several tasks, so that a note can come after one that says more.
            while let note = await notes.next(isolation: actor) {
                guard note.bytes > last else { continue }
                last = note.bytes
                rate.note(note.bytes, at: note.uptime)
                return Step(
                    bytes: note.bytes, total: note.total, rate: rate.bytesPerSecond,
                    timeLeft: note.total.flatMap { rate.time(for: $0 - note.bytes) })
            }
            return nil
        }
    }

    func yield(_ note: Note) {
        guard let listener else {
            continuation.yield(note)
            return
        }
        listener(note)
    }

    func finish() {
        continuation.finish()
    }
}

/// Options of a transfer that somebody may follow.
protocol FollowedOptions: Sendable {
    var progress: TransferProgress? { get set }
}

extension BlobUploadOptions: FollowedOptions {}
extension BlobDownloadOptions: FollowedOptions {}

extension FollowedOptions {
    /// Does a transfer with these options, and with its reader beside it.
    ///
    /// - Parameters:
    ///   - following: The reader; nil when nobody follows.
    ///   - transfer: The transfer.
    func followed<Value>(
        by following: (@Sendable (TransferProgress) async -> Void)?, _ transfer: (Self) async throws -> Value
    ) async throws -> Value {
        guard let following else { return try await transfer(self) }
        let progress = TransferProgress()
        var options = self
        options.progress = progress
        return try await Following.run(following, reading: progress, finish: progress.finish) {
            try await transfer(options)
        }
    }
}

/// Counts the bytes of one transfer for whoever follows it.
final class TransferMeter: Sendable {
    private let progress: TransferProgress?
    private let total: Int64?
    private let timeSource: TimeSource
    private let bytes: Atomic<Int64>

    /// Begins to count.
    ///
    /// - Parameters:
    ///   - progress: Who follows; nobody when nil.
    ///   - total: How many bytes there will be.
    ///   - already: How many are there.
    ///   - timeSource: The source of time.
    init(_ progress: TransferProgress?, total: Int64?, already: Int64 = 0, timeSource: TimeSource) {
        self.progress = progress
        self.total = total
        self.timeSource = timeSource
        bytes = Atomic(already)
        say(already)
    }

    /// More bytes are there.
    func add(_ count: Int64) {
        guard progress != nil else { return }
        say(bytes.add(count, ordering: .relaxed).newValue)
    }

    /// Says all that was counted. To be called when nothing more comes.
    func flush() {
        say(bytes.load(ordering: .relaxed))
    }

    private func say(_ bytes: Int64) {
        progress?.yield(TransferProgress.Note(bytes: bytes, total: total, uptime: timeSource.uptime()))
    }
}

import AzureCore
import BatchModels

/// The state of following a file of a task: how far it was read, and the next step. It is pure: the loop around it
/// sends requests and waits.
///
/// One look asks for the task, then for the file, then for what is new in it. The order matters: what a task that had
/// completed left behind is all there is.
struct TailState {
    /// The next step.
    enum Step: Equatable {
        case askForTask
        case askForFile
        case fetch(BatchFileRange)
        case pause
        case end
    }

    /// The number of earlier runs of a task, which identifies a run.
    struct Run: Equatable {
        var retries = 0
        var requeues = 0
    }

    /// The most bytes that are fetched at once.
    static let pieceLimit: Int64 = 1024 * 1024

    private let whenRewritten: BatchFileTailOptions.Rewriting
    private(set) var step = Step.askForTask
    /// The next byte.
    private(set) var offset: Int64
    /// The largest size that the file had.
    private var size: Int64 = 0
    /// The run of the task by which the file was written.
    private var run: Run?
    private var hasCompleted = false
    /// Whether the last answer had no bytes although there should be some.
    private var wasEmpty = false

    init(options: BatchFileTailOptions) {
        whenRewritten = options.whenRewritten
        offset = options.offset
    }

    // MARK: What was found

    /// Notes a task in some state, after some runs.
    mutating func noteTask(_ state: BatchTaskState?, run: Run) throws {
        hasCompleted = state == .completed
        if size > 0, let before = self.run, before != run { try startOver() }
        self.run = run
        // A task that does not run yet writes nothing.
        step = state == .active || state == .preparing ? .pause : .askForFile
    }

    /// Notes the size of the file.
    mutating func noteFile(size: Int64) throws {
        if size < self.size { try startOver() }
        self.size = size
        continueReading()
    }

    /// Notes that there is no such file, or not any more.
    ///
    /// - Throws: `error` when no run of the task can make it.
    mutating func noteMissingFile(_ error: AzureError) throws {
        guard !hasCompleted else { throw error }
        step = .pause
    }

    /// Notes bytes of the file, from `offset` on; none when the file has become too short for them.
    ///
    /// - Throws: An error when there are none again and again, although nobody writes to the file any more.
    mutating func noteContent(count: Int) throws {
        offset += Int64(count)
        guard count > 0 else {
            guard !hasCompleted || !wasEmpty else {
                throw AzureError(
                    service: .batch, code: .truncatedBody,
                    message: "The file has \(size) bytes, as the service says, and gives none from byte \(offset) on.")
            }
            // The next look at the size tells whether the file was rewritten.
            wasEmpty = true
            return step = .pause
        }
        wasEmpty = false
        continueReading()
    }

    private mutating func continueReading() {
        guard offset < size else { return step = hasCompleted ? .end : .pause }
        step = .fetch(BatchFileRange(offset: offset, length: min(size - offset, Self.pieceLimit)))
    }

    /// Notes that the pause is over.
    mutating func notePause() {
        step = .askForTask
    }

    private mutating func startOver() throws {
        guard whenRewritten == .startOver else {
            throw AzureError(
                service: .batch, code: .fileRewritten,
                message:
                    "The file was written anew while it was followed, as when its task is retried; \(offset) bytes of "
                    + "what it was had been read. Set whenRewritten to startOver to follow the new one from its start.")
        }
        (offset, size) = (0, 0)
    }
}

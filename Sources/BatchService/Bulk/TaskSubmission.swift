import AzureCore
import BatchModels

/// What is known about tasks that are being created: which are to be sent, and what became of the others. All decisions
/// are made here; nothing is sent and nobody waits.
struct TaskSubmission {
    let options: BatchTaskSubmissionOptions
    private let retry: RetryOptions
    private(set) var limit: ConcurrencyLimit
    /// The most tasks of one request; it falls when requests are too large.
    private var taskLimit = TaskParcel.taskLimit
    /// Until when the service wants to be left alone.
    private var pausedUntil: Duration = .zero

    private var waiting: [PendingTask] = []
    private(set) var taken = 0
    private var results: [Int: BatchTaskSubmissionResult] = [:]
    private(set) var createdCount = 0
    private var failed: [Int: BatchTaskSubmissionError.Failure] = [:]
    private var unsent: [Int: BatchTaskCreateOptions] = [:]
    private var uncertain: [Int: BatchTaskCreateOptions] = [:]
    private(set) var cause: (any Error)?

    init(options: BatchTaskSubmissionOptions, retry: RetryOptions) {
        self.options = options
        self.retry = retry
        limit = ConcurrencyLimit(start: 2, maximum: options.maxConcurrentRequests)
    }

    var progress: BatchTaskSubmissionProgress {
        BatchTaskSubmissionProgress(taken: taken, created: createdCount, failed: failed.count)
    }

    // MARK: Tasks in

    /// Takes the next task of the sequence. One that cannot be sent fails at once.
    mutating func take(_ task: BatchTaskCreateOptions) {
        let index = taken
        taken += 1
        do {
            try BatchResourceID.check(task, isNew: "task")
            waiting.append(PendingTask(index: index, task: task, json: try BatchCall.json(task, operation: "")))
        } catch {
            failed[index] = .init(task: task, error: AzureError(error))
        }
    }

    /// Whether the tasks that wait fill a request, so that no more have to be taken first.
    var isParcelFull: Bool {
        let count = parcelCount
        return count >= taskLimit || count < waiting.count
    }

    /// How many of the tasks that wait go into the next request.
    private var parcelCount: Int {
        var size = TaskParcel.Size()
        for index in waiting.indices {
            guard size.add(waiting[index].json.count, taskLimit: taskLimit) else { break }
        }
        return size.tasks
    }

    /// Packs the next request.
    mutating func nextParcel(now: Duration, random: Double) -> TaskParcel? {
        guard cause == nil, !waiting.isEmpty else { return nil }
        let count = parcelCount
        var parcel = TaskParcel(tasks: Array(waiting[..<count]))
        waiting.removeFirst(count)
        let tries = parcel.tasks.map(\.failedTries).max() ?? 0
        parcel.notBefore = max(pausedUntil, tries == 0 ? .zero : now + retry.backoff(after: tries, random: random))
        parcel.epoch = limit.epoch
        return parcel
    }

    // MARK: Outcomes

    mutating func note(_ outcome: ParcelOutcome, of parcel: TaskParcel, now: Duration) {
        switch outcome {
        case .results(let results, let context):
            limit.succeeded()
            note(results, of: parcel.tasks, context)
        case .tooLarge(let error):
            guard parcel.tasks.count > 1 else { return fail(parcel.tasks, error) }
            taskLimit = max(1, min(taskLimit, parcel.tasks.count / 2))
            waiting = parcel.tasks + waiting
        case .transient(let error, let isThrottled, let mayHaveActed, let retryAfter):
            if isThrottled { limit.throttled(sentIn: parcel.epoch) }
            let pause = retryAfter ?? .zero
            pausedUntil = max(pausedUntil, now + min(pause, retry.overallDeadline))
            // As with any other call: whoever is told to come back in an hour says so at once.
            noteTransient(
                error, mayHaveActed: mayHaveActed, of: parcel.tasks, isFinal: pause > retry.overallDeadline)
        case .fatal(let error):
            end(error)
            setAside(parcel.tasks)
        case .unsent:
            end(CancellationError())
            setAside(parcel.tasks)
        case .cancelled:
            end(CancellationError())
            setAside(parcel.tasks.map { $0.marked(mayBeCreated: true) })
        }
    }

    /// Ends the submission: nothing more is sent.
    mutating func end(_ error: any Error) {
        if cause == nil { cause = error }
    }

    /// Takes note that a task of the sequence will not be tried.
    mutating func skip(_ task: BatchTaskCreateOptions) {
        unsent[taken] = task
        taken += 1
    }

    private mutating func note(
        _ results: [BatchTaskCreateResult], of tasks: [PendingTask], _ context: ErrorContext
    ) {
        var positions: [String: [Int]] = [:]
        for (position, result) in results.enumerated().reversed() {
            positions[(result.taskID ?? "").lowercased(), default: []].append(position)
        }
        for (position, task) in tasks.enumerated() {
            // Answers come in the order of the tasks; where they do not, the id tells.
            if results.indices.contains(position), results[position].taskID?.lowercased() == task.task.id.lowercased() {
                note(results[position], of: task, context)
            } else if let found = positions[task.task.id.lowercased()]?.popLast() {
                note(results[found], of: task, context)
            } else {
                let message = "The service gave no result for task '\(task.task.id)'."
                retryOrFail(task.marked(mayBeCreated: true), context.error(.invalidResponse, message))
            }
        }
    }

    private mutating func note(_ result: BatchTaskCreateResult, of task: PendingTask, _ context: ErrorContext) {
        if result.status == .success {
            return add(
                BatchTaskSubmissionResult(
                    taskID: task.task.id, etag: result.etag, lastModified: result.lastModified,
                    location: result.location),
                at: task.index)
        }
        let error = Self.error(of: result, task: task.task.id, context)
        if error.code == .taskExists, task.mayBeCreated || options.existingTasks.areAccepted {
            let created = BatchTaskSubmissionResult(taskID: task.task.id, existed: true, location: result.location)
            return add(created, at: task.index)
        }
        // What is neither success nor the caller's fault is the service's.
        if result.status == .clientError { return fail([task], error) }
        retryOrFail(task, error)
    }

    /// The reason why one of the tasks was not created. The status is that of the collection, which says nothing about
    /// a task.
    private static func error(
        of result: BatchTaskCreateResult, task: String, _ context: ErrorContext
    ) -> AzureError {
        let content = result.error?.content
        let code = content?.code.flatMap { $0.isEmpty ? nil : $0 }
        var error = context.error(
            code.map { AzureErrorCode($0) } ?? .internalError,
            content?.message ?? "Task '\(task)' was not created, and no reason was given.",
            details: content?.details ?? [])
        error.status = nil
        return error
    }

    private mutating func noteTransient(
        _ error: AzureError, mayHaveActed: Bool, of tasks: [PendingTask], isFinal: Bool
    ) {
        var isExhausted = isFinal
        var again: [PendingTask] = []
        for var task in tasks {
            task.failedTries += 1
            task.mayBeCreated = task.mayBeCreated || mayHaveActed
            isExhausted = isExhausted || task.failedTries > options.maxRetries
            again.append(task)
        }
        // When a whole request fails that often, the next one would, too.
        guard isExhausted else { return waiting = again + waiting }
        end(error)
        setAside(again)
    }

    private mutating func retryOrFail(_ task: PendingTask, _ error: AzureError) {
        var task = task
        task.failedTries += 1
        guard task.failedTries <= options.maxRetries else { return fail([task], error) }
        waiting.append(task)
    }

    private mutating func add(_ result: BatchTaskSubmissionResult, at index: Int) {
        createdCount += 1
        if options.keepsResults { results[index] = result }
    }

    private mutating func fail(_ tasks: [PendingTask], _ error: AzureError) {
        for task in tasks { failed[task.index] = .init(task: task.task, error: error) }
    }

    private mutating func setAside(_ tasks: [PendingTask]) {
        for task in tasks {
            if task.mayBeCreated { uncertain[task.index] = task.task } else { unsent[task.index] = task.task }
        }
    }

    // MARK: The end

    /// The result of the submission.
    mutating func finish() throws -> BatchTaskSubmissionSummary {
        setAside(waiting)
        waiting = []
        let created = results.inOrder
        guard cause == nil, failed.isEmpty, unsent.isEmpty, uncertain.isEmpty else {
            throw BatchTaskSubmissionError(
                failed: failed.inOrder, unsent: unsent.inOrder, uncertain: uncertain.inOrder, created: created,
                createdCount: createdCount, cause: cause)
        }
        return BatchTaskSubmissionSummary(count: createdCount, results: created)
    }
}

extension PendingTask {
    fileprivate func marked(mayBeCreated: Bool) -> PendingTask {
        var task = self
        task.mayBeCreated = task.mayBeCreated || mayBeCreated
        return task
    }
}

extension Dictionary where Key == Int {
    fileprivate var inOrder: [Value] { sorted { $0.key < $1.key }.map(\.value) }
}

import AzureCore
public import BatchModels
import HTTPTypes

extension BatchTasksClient {
    /// Creates any number of tasks in a job.
    ///
    /// They go out in requests of up to 100 tasks and 1 MB, several at a time; fewer when the service is busy.
    /// Transient failures are retried, and a task that turns out to be there after such a try counts as created.
    /// No task is lost without an error, or created twice. A task that is refused does not stop the others.
    ///
    /// ```swift
    /// try await batch.tasks.create((1...100_000).lazy.map { .init(id: "task-\($0)", commandLine: "…") }, inJob:
    /// "job-1")
    /// ```
    ///
    /// - Parameters:
    ///   - tasks: The tasks. They are taken from the sequence as they are needed.
    ///   - jobID: The job.
    ///   - options: Concurrency, retries, and the reaction to tasks that exist.
    /// - Returns: The tasks, in the order given.
    /// - Throws: A ``BatchTaskSubmissionError`` that lists what was created and what was not, also when the task is
    ///   cancelled.
    ///
    /// REST: `POST /jobs/{jobId}/addtaskcollection`.
    @discardableResult
    public func create<Tasks: Sequence>(
        _ tasks: Tasks, inJob jobID: String, options: BatchTaskSubmissionOptions = .init()
    ) async throws -> BatchTaskSubmissionSummary where Tasks.Element == BatchTaskCreateOptions {
        try await submit(tasks, inJob: jobID, options: options, onProgress: { _ in })
    }

    /// Creates tasks in a job as they come.
    ///
    /// It is the same as for other sequences; a request goes out when it is full or the sequence has ended.
    ///
    /// - Parameters:
    ///   - tasks: The tasks. They are taken from the sequence as they are needed.
    ///   - jobID: The job.
    ///   - options: Concurrency, retries, and the reaction to tasks that exist.
    /// - Returns: The tasks, in the order given.
    /// - Throws: A ``BatchTaskSubmissionError`` that lists what was created and what was not, also when the task is
    ///   cancelled or the sequence throws.
    ///
    /// REST: `POST /jobs/{jobId}/addtaskcollection`.
    @discardableResult
    public func create<Tasks: AsyncSequence>(
        _ tasks: Tasks, inJob jobID: String, options: BatchTaskSubmissionOptions = .init()
    ) async throws -> BatchTaskSubmissionSummary where Tasks.Element == BatchTaskCreateOptions {
        try await submit(tasks, inJob: jobID, options: options, onProgress: { _ in })
    }

    func submit<Tasks: Sequence>(
        _ tasks: Tasks, inJob jobID: String, options: BatchTaskSubmissionOptions,
        onProgress: (BatchTaskSubmissionProgress) -> Void
    ) async throws -> BatchTaskSubmissionSummary where Tasks.Element == BatchTaskCreateOptions {
        var iterator = tasks.makeIterator()
        return try await submit(
            inJob: jobID, options: options, isFinite: tasks is any Collection, onProgress: onProgress
        ) { iterator.next() }
    }

    func submit<Tasks: AsyncSequence>(
        _ tasks: Tasks, inJob jobID: String, options: BatchTaskSubmissionOptions,
        onProgress: (BatchTaskSubmissionProgress) -> Void
    ) async throws -> BatchTaskSubmissionSummary where Tasks.Element == BatchTaskCreateOptions {
        var iterator = tasks.makeAsyncIterator()
        return try await submit(inJob: jobID, options: options, isFinite: false, onProgress: onProgress) {
            try await iterator.next(isolation: #isolation)
        }
    }

    /// Takes tasks, sends requests and reports their outcome to the state machine.
    private func submit(
        inJob jobID: String, options: BatchTaskSubmissionOptions, isFinite: Bool,
        onProgress: (BatchTaskSubmissionProgress) -> Void, next: () async throws -> BatchTaskCreateOptions?
    ) async throws -> BatchTaskSubmissionSummary {
        let sender = ParcelSender(connection: connection, jobID: jobID)
        var submission = TaskSubmission(options: options, retry: connection.service.retry)
        var hasEnded = false
        await withTaskGroup(of: (TaskParcel, ParcelOutcome).self) { group in
            var underWay = 0
            while true {
                while submission.cause == nil, underWay < submission.limit.current {
                    do {
                        while !hasEnded, !submission.isParcelFull {
                            try Task.checkCancellation()
                            guard let task = try await next() else {
                                hasEnded = true
                                break
                            }
                            submission.take(task)
                        }
                    } catch {
                        submission.end(error)
                    }
                    let now = connection.timeSource.uptime()
                    guard let parcel = submission.nextParcel(now: now, random: .random(in: 0..<1)) else { break }
                    group.addTask { (parcel, await sender.send(parcel)) }
                    underWay += 1
                }
                guard let (parcel, outcome) = await group.next() else { break }
                underWay -= 1
                submission.note(outcome, of: parcel, now: connection.timeSource.uptime())
                onProgress(submission.progress)
            }
        }
        // What is left of a collection is known; any other sequence may never end.
        if isFinite, !hasEnded {
            while let task = try? await next() { submission.skip(task) }
        }
        return try submission.finish()
    }
}

/// Sends the tasks of one request, once.
struct ParcelSender: Sendable {
    let connection: BatchConnection
    let jobID: String

    func send(_ parcel: TaskParcel) async -> ParcelOutcome {
        do {
            let wait = parcel.notBefore - connection.timeSource.uptime()
            if wait > .zero { try await connection.timeSource.sleep(wait) }
            try Task.checkCancellation()
        } catch {
            return .unsent
        }
        do {
            var call = try BatchCall("Batch.CreateTaskCollection", .post, "/jobs/\(jobID)/addtaskcollection", options)
            call.setBody(parcel.body)
            let answer = try await connection.service.send(call.operation)
            let result: BatchCreateTaskCollectionResult = try await answer.readModel()
            return .results(result.values, answer.context)
        } catch is CancellationError {
            return .cancelled
        } catch {
            return Self.outcome(of: AzureError(error))
        }
    }

    /// One try, because each has to be counted. The limits of a try stay.
    private var options: CallOptions {
        var retry = connection.service.retry
        retry.maxRetries = 0
        return CallOptions(retry: retry)
    }

    private static func outcome(of error: AzureError) -> ParcelOutcome {
        if error.status?.code == 413 || error.code == .requestBodyTooLarge { return .tooLarge(error) }
        guard let outcome = RetryRule.outcome(ofCall: error) else { return .fatal(error) }
        return .transient(
            error, isThrottled: outcome.isRefusal,
            mayHaveActed: RetryRule.mayHaveBegun(outcome, status: error.status), retryAfter: outcome.retryAfter)
    }
}

public import AzureCore
public import BatchModels

extension BatchTasksClient {
    /// Creates any number of tasks in a job.
    ///
    /// They go out in requests of up to 100 tasks and 1 MB, several at a time; fewer when the service is busy.
    /// Transient failures are retried, and a task that turns out to be there after such a try counts as created.
    /// No task is lost without an error, or created twice. A task that is refused does not stop the others.
    ///
    /// ```swift
    /// let tasks = (1...100_000).lazy.map { BatchTaskCreateOptions(id: "task-\($0)", commandLine: "…") }
    /// try await batch.tasks.create(tasks, inJob: "job-1") { progress in
    ///     for await step in progress { print("\(step.created) of \(step.taken)") }
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - tasks: The tasks. They are taken from the sequence as they are needed.
    ///   - jobID: The job.
    ///   - options: Concurrency, retries, and the reaction to tasks that exist.
    ///   - call: Time limits, an id, a logger, and more, for each request; of its `retry`, the limits of a try. The default
    ///     is what the client does.
    ///   - following: Receives the progress, a sequence that ends with the call. The default is none. A slow reader
    ///     misses steps, but never the last one, and does not slow the call down, which returns when `following` has
    ///     returned.
    /// - Returns: The tasks, in the order given.
    /// - Throws: A ``BatchTaskSubmissionError`` that lists what was created and what was not, also when the task is
    ///   cancelled.
    ///
    /// REST: `POST /jobs/{jobId}/addtaskcollection`.
    @discardableResult
    public func create<Tasks: Sequence>(
        _ tasks: Tasks, inJob jobID: String, options: BatchTaskSubmissionOptions = .init(),
        call: CallOptions = .init(),
        following: (@Sendable (AsyncStream<BatchTaskSubmissionProgress>) async -> Void)? = nil
    ) async throws -> BatchTaskSubmissionSummary where Tasks.Element == BatchTaskCreateOptions {
        try await Following.run(following, keeping: 1) { note in
            var iterator = tasks.makeIterator()
            return try await submit(inJob: jobID, options, call, isFinite: tasks is any Collection, note: note) {
                iterator.next()
            }
        }
    }

    /// Creates tasks in a job as they come.
    ///
    /// It is the same as for other sequences; a request goes out when it is full or the sequence has ended.
    ///
    /// - Parameters:
    ///   - tasks: The tasks. They are taken from the sequence as they are needed.
    ///   - jobID: The job.
    ///   - options: Concurrency, retries, and the reaction to tasks that exist.
    ///   - call: Time limits, an id, a logger, and more, for each request; of its `retry`, the limits of a try. The default
    ///     is what the client does.
    ///   - following: Receives the progress, a sequence that ends with the call. The default is none. A slow reader
    ///     misses steps, but never the last one, and does not slow the call down, which returns when `following` has
    ///     returned.
    /// - Returns: The tasks, in the order given.
    /// - Throws: A ``BatchTaskSubmissionError`` that lists what was created and what was not, also when the task is
    ///   cancelled or the sequence throws.
    ///
    /// REST: `POST /jobs/{jobId}/addtaskcollection`.
    @discardableResult
    public func create<Tasks: AsyncSequence>(
        _ tasks: Tasks, inJob jobID: String, options: BatchTaskSubmissionOptions = .init(),
        call: CallOptions = .init(),
        following: (@Sendable (AsyncStream<BatchTaskSubmissionProgress>) async -> Void)? = nil
    ) async throws -> BatchTaskSubmissionSummary where Tasks.Element == BatchTaskCreateOptions {
        try await Following.run(following, keeping: 1) { note in
            var iterator = tasks.makeAsyncIterator()
            return try await submit(inJob: jobID, options, call, isFinite: false, note: note) {
                try await iterator.next(isolation: #isolation)
            }
        }
    }

    /// Takes tasks, sends requests and reports their outcome to the state machine.
    private func submit(
        inJob jobID: String, _ options: BatchTaskSubmissionOptions, _ call: CallOptions, isFinite: Bool,
        note: (BatchTaskSubmissionProgress) -> Void, next: () async throws -> BatchTaskCreateOptions?
    ) async throws -> BatchTaskSubmissionSummary {
        let connection = connection.with(call)
        let sender = ParcelSender(connection: connection, jobID: jobID)
        var submission = TaskSubmission(options: options, retry: connection.retry)
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
                note(submission.progress)
            }
        }
        // What is left of a collection is known; any other sequence may never end.
        if isFinite, !hasEnded {
            while let task = try? await next() { submission.skip(task) }
        }
        return try submission.finish()
    }
}

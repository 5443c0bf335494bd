import AzureCore
public import BatchModels

extension BatchTasksClient {
    /// Adds any number of tasks to a job, and lets a task beside it follow the progress.
    ///
    /// ```swift
    /// try await batch.tasks.add(tasks, toJob: "job-1", following: { progress in
    ///     for await step in progress { print("\(step.added) of \(step.taken)") }
    /// })
    /// ```
    ///
    /// - Parameters:
    ///   - tasks: The tasks. They are taken from the sequence as they are needed.
    ///   - jobID: The job.
    ///   - options: Concurrency, retries, what to do with tasks that exist.
    ///   - following: Gets the progress, which ends when the adding ends. A slow reader misses steps, but never the
    ///     last one, and does not slow the adding down; this returns when it has returned.
    /// - Returns: The tasks, in the order given.
    /// - Throws: A ``BatchTaskAddError`` that lists what was added and what was not, also when the task is cancelled.
    ///
    /// REST: `POST /jobs/{jobId}/addtaskcollection`.
    @discardableResult
    public func add<Tasks: Sequence>(
        _ tasks: Tasks, toJob jobID: String, options: BatchTaskAddOptions = .init(),
        following: @escaping @Sendable (AsyncStream<BatchTaskAddProgress>) async -> Void
    ) async throws -> BatchTaskAddSummary where Tasks.Element == BatchTaskCreateOptions {
        try await follow(following) { note in
            try await add(tasks, toJob: jobID, options: options, onProgress: note)
        }
    }

    /// Adds tasks to a job as they come, and lets a task beside it follow the progress.
    ///
    /// - Parameters:
    ///   - tasks: The tasks. They are taken from the sequence as they are needed.
    ///   - jobID: The job.
    ///   - options: Concurrency, retries, what to do with tasks that exist.
    ///   - following: Gets the progress, which ends when the adding ends. A slow reader misses steps, but never the
    ///     last one, and does not slow the adding down; this returns when it has returned.
    /// - Returns: The tasks, in the order given.
    /// - Throws: A ``BatchTaskAddError`` that lists what was added and what was not, also when the task is cancelled or
    ///   the sequence throws.
    ///
    /// REST: `POST /jobs/{jobId}/addtaskcollection`.
    @discardableResult
    public func add<Tasks: AsyncSequence>(
        _ tasks: Tasks, toJob jobID: String, options: BatchTaskAddOptions = .init(),
        following: @escaping @Sendable (AsyncStream<BatchTaskAddProgress>) async -> Void
    ) async throws -> BatchTaskAddSummary where Tasks.Element == BatchTaskCreateOptions {
        try await follow(following) { note in
            try await add(tasks, toJob: jobID, options: options, onProgress: note)
        }
    }

    /// Runs `adding` with `following` beside it, which gets what `adding` notes.
    private func follow(
        _ following: @escaping @Sendable (AsyncStream<BatchTaskAddProgress>) async -> Void,
        adding: (_ note: (BatchTaskAddProgress) -> Void) async throws -> BatchTaskAddSummary
    ) async throws -> BatchTaskAddSummary {
        let (progress, continuation) = AsyncStream.makeStream(
            of: BatchTaskAddProgress.self, bufferingPolicy: .bufferingNewest(1))
        async let end: Void = following(progress)
        let result: Result<BatchTaskAddSummary, any Error>
        do {
            result = .success(try await adding { continuation.yield($0) })
        } catch {
            result = .failure(error)
        }
        continuation.finish()
        await end
        return try result.get()
    }
}

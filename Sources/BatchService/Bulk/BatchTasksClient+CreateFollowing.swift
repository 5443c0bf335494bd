import AzureCore
public import BatchModels

extension BatchTasksClient {
    /// Creates any number of tasks in a job, and reports the progress as a sequence.
    ///
    /// ```swift
    /// try await batch.tasks.create(tasks, inJob: "job-1", following: { progress in
    ///     for await step in progress { print("\(step.created) of \(step.taken)") }
    /// })
    /// ```
    ///
    /// - Parameters:
    ///   - tasks: The tasks. They are taken from the sequence as they are needed.
    ///   - jobID: The job.
    ///   - options: Concurrency, retries, and the reaction to tasks that exist.
    ///   - following: Receives the progress, a sequence that ends with the call. A slow reader misses steps, but never
    ///     the last one, and does not slow the call down, which returns when `following` has returned.
    /// - Returns: The tasks, in the order given.
    /// - Throws: A ``BatchTaskSubmissionError`` that lists what was created and what was not, also when the task is
    ///   cancelled.
    ///
    /// REST: `POST /jobs/{jobId}/addtaskcollection`.
    @discardableResult
    public func create<Tasks: Sequence>(
        _ tasks: Tasks, inJob jobID: String, options: BatchTaskSubmissionOptions = .init(),
        following: @escaping @Sendable (AsyncStream<BatchTaskSubmissionProgress>) async -> Void
    ) async throws -> BatchTaskSubmissionSummary where Tasks.Element == BatchTaskCreateOptions {
        try await Following.run(following, keeping: 1) { note in
            try await submit(tasks, inJob: jobID, options: options, onProgress: note)
        }
    }

    /// Creates tasks in a job as they come, and reports the progress as a sequence.
    ///
    /// - Parameters:
    ///   - tasks: The tasks. They are taken from the sequence as they are needed.
    ///   - jobID: The job.
    ///   - options: Concurrency, retries, and the reaction to tasks that exist.
    ///   - following: Receives the progress, a sequence that ends with the call. A slow reader misses steps, but never
    ///     the last one, and does not slow the call down, which returns when `following` has returned.
    /// - Returns: The tasks, in the order given.
    /// - Throws: A ``BatchTaskSubmissionError`` that lists what was created and what was not, also when the task is
    ///   cancelled or the sequence throws.
    ///
    /// REST: `POST /jobs/{jobId}/addtaskcollection`.
    @discardableResult
    public func create<Tasks: AsyncSequence>(
        _ tasks: Tasks, inJob jobID: String, options: BatchTaskSubmissionOptions = .init(),
        following: @escaping @Sendable (AsyncStream<BatchTaskSubmissionProgress>) async -> Void
    ) async throws -> BatchTaskSubmissionSummary where Tasks.Element == BatchTaskCreateOptions {
        try await Following.run(following, keeping: 1) { note in
            try await submit(tasks, inJob: jobID, options: options, onProgress: note)
        }
    }
}

public import AzureCore
import BatchModels

extension BatchJobsClient {
    /// Waits until all tasks of a job have completed.
    ///
    /// Each look asks for the number of tasks in each state, which is cheap for any number of tasks. The figures may
    /// lag, so that the end is confirmed with a list of the tasks that have not ended.
    ///
    /// It fails at once, with the reason, when the wait cannot succeed: when the job was ended before its tasks, is
    /// disabled or deleted, when its pool is gone or being deleted, when the pool has no nodes because its resize
    /// failed or because it is to have none, when no node can take tasks, or when nothing runs any more and every task
    /// that is left depends on one that failed or that does not exist (`AzureErrorCode.waitingInVain`).
    ///
    /// - Parameters:
    ///   - jobID: The job. One without tasks counts as done.
    ///   - orOneFailed: Whether the wait also ends when one task has failed after all its retries. The default is
    ///     false.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    ///   - following: Receives the progress at each look, a sequence that ends with the wait. The default is none. A
    ///     slow reader gets the last 100 looks.
    /// - Returns: The last progress. Tasks that failed are no error: see `failed`, and
    ///   ``BatchTasksClient/failures(inJob:stderrTail:call:)``.
    /// - Throws: An `AzureError` with the reason, or with `AzureErrorCode.deadlineExceeded`, whose
    ///   message has the figures of the last look. When a start task failed, `underlying` is a
    ///   ``BatchStartTaskFailure``.
    @discardableResult
    public func waitUntilTasksCompleted(
        _ jobID: String, orOneFailed: Bool = false, options: WaitOptions = .init(), call: CallOptions = .init(),
        following: (@Sendable (AsyncStream<BatchTaskProgress>) async -> Void)? = nil
    ) async throws -> BatchTaskProgress {
        try await Following.run(following, keeping: 100) { note in
            try await waitUntilTasksCompleted(jobID, orOneFailed: orOneFailed, options, call, note: note)
        }
    }

    private func waitUntilTasksCompleted(
        _ jobID: String, orOneFailed: Bool, _ options: WaitOptions, _ call: CallOptions,
        note: (BatchTaskProgress) -> Void
    ) async throws -> BatchTaskProgress {
        let watch = TaskWatch(connection: connection.with(call), jobID: jobID)
        var (examined, last): (BatchTaskProgress?, BatchTaskProgress?)
        return try await options.wait(
            for: "the tasks of job '\(jobID)'", by: connection.timeSource, finding: { last?.sentence }
        ) {
            let progress = try await watch.progress()
            last = progress
            note(progress)
            if orOneFailed, progress.failed > 0 { return .done(progress) }
            if progress.active == 0, progress.running == 0, try await watch.allTasksCompleted() {
                let final = try await watch.finalProgress()
                try await watch.refuseForcedEnd(final)
                return .done(final)
            }
            try await watch.refuseVainWait(progress, examined: &examined)
            return .pending
        }
    }
}

public import AzureCore
import BatchModels

extension BatchJobsClient {
    /// Waits for the tasks of a job.
    ///
    /// Each look asks for the number of tasks in each state, which is cheap for any number of tasks. The figures may
    /// lag, so that the end is confirmed with a list of the tasks that have not ended.
    ///
    /// It fails at once, with the reason, when waiting is in vain: when the job was ended before its tasks, is disabled
    /// or deleted, when its pool is gone or being deleted, when the pool has no nodes because its resize failed or
    /// because it is to have none, when no node can take tasks, or when nothing runs any more and every task that is left
    /// depends on one that failed or that does not exist (`AzureErrorCode.waitingInVain`).
    ///
    /// - Parameters:
    ///   - jobID: The job. One without tasks counts as done.
    ///   - goal: For what to wait. The default is that all tasks have ended.
    ///   - options: How long and how often to look. The default is every 5 seconds for 30 minutes.
    ///   - onPoll: Is told the progress at each look. The default does nothing.
    /// - Returns: The last progress. Tasks that failed are no error: see `failed`, and
    ///   ``BatchTasksClient/failures(inJob:stderrTail:)``.
    /// - Throws: An `AzureError` with the reason, or with `AzureErrorCode.deadlineExceeded`.
    @discardableResult
    public func waitForTasks(
        inJob jobID: String, until goal: BatchTaskGoal = .allCompleted, options: WaitOptions = .init(),
        onPoll: (BatchTaskProgress) -> Void = { _ in }
    ) async throws -> BatchTaskProgress {
        let watch = TaskWatch(connection: connection, jobID: jobID)
        var examined: BatchTaskProgress?
        return try await options.wait(for: "the tasks of job '\(jobID)'", by: connection.timeSource) {
            let progress = try await watch.progress()
            onPoll(progress)
            if goal.stopsAtFailure, progress.failed > 0 { return .done(progress) }
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

public import AzureCore
public import BatchModels

extension BatchJobSchedulesClient {
    /// Waits until a job schedule has ended.
    ///
    /// - Parameters:
    ///   - scheduleID: The job schedule.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`, or with
    ///   `AzureErrorCode.jobScheduleBeingDeleted` when the schedule is being deleted.
    @discardableResult
    public func waitUntilTerminated(
        _ scheduleID: String, options: WaitOptions = .init()
    ) async throws -> BatchJobSchedule {
        let goal = StateGoal<BatchJobScheduleState>(
            resource: "Job schedule '\(scheduleID)'", goals: [.completed], deadEnds: [.deleting],
            code: .jobScheduleBeingDeleted)
        return try await options.wait(for: "job schedule '\(scheduleID)' to end", by: connection.timeSource) {
            let schedule = try await get(scheduleID)
            return try goal.step(schedule, in: schedule.state)
        }
    }

    /// Waits until a job schedule that is being deleted is gone.
    ///
    /// - Parameters:
    ///   - scheduleID: The job schedule.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`.
    public func waitUntilDeleted(_ scheduleID: String, options: WaitOptions = .init()) async throws {
        try await options.wait(for: "job schedule '\(scheduleID)' to be deleted", by: connection.timeSource) {
            try await exists(scheduleID) ? .pending : .done(())
        }
    }
}

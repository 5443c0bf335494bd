public import AzureCore
public import BatchModels

extension BatchJobSchedulesClient {
    /// Waits until a job schedule has ended.
    ///
    /// - Parameters:
    ///   - scheduleID: The job schedule.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`, or with
    ///   `AzureErrorCode.jobScheduleBeingDeleted` when the schedule is being deleted.
    @discardableResult
    public func waitUntilTerminated(
        _ scheduleID: String, options: WaitOptions = .init(), call: CallOptions = .init()
    ) async throws -> BatchJobSchedule {
        let goal = StateGoal<BatchJobScheduleState>(
            resource: "Job schedule '\(scheduleID)'", goals: [.completed], deadEnds: [.deleting],
            code: .jobScheduleBeingDeleted)
        let schedules = BatchJobSchedulesClient(connection: connection.with(call))
        return try await goal.wait(options, by: connection.timeSource) {
            let schedule = try await schedules.get(scheduleID)
            return (schedule, schedule.state)
        }
    }

    /// Waits until a job schedule that is being deleted is gone.
    ///
    /// - Parameters:
    ///   - scheduleID: The job schedule.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`.
    public func waitUntilDeleted(_ scheduleID: String, options: WaitOptions = .init(), call: CallOptions = .init())
        async throws
    {
        let schedules = BatchJobSchedulesClient(connection: connection.with(call))
        try await options.wait(for: "job schedule '\(scheduleID)' to be deleted", by: connection.timeSource) {
            try await schedules.exists(scheduleID) ? .pending : .done(())
        }
    }
}

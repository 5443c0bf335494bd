public import AzureCore
public import BatchModels

extension BatchJobSchedulesClient {
    /// Creates a job schedule unless there is one of that id.
    ///
    /// The job schedule that exists is left as it is, however it differs. When the answer to an earlier try got lost,
    /// and the next one finds the job schedule, it counts as created.
    ///
    /// - Parameters:
    ///   - schedule: The job schedule.
    ///   - options: Time limits, retries, an id, a logger, and more.
    /// - Returns: Whether the job schedule is new.
    /// - Throws: An `AzureError`, with `AzureErrorCode.jobScheduleBeingDeleted` while a job schedule of that id is
    ///   being deleted.
    ///
    /// REST: `POST /jobschedules`.
    @discardableResult
    public func createIfNotExists(
        _ schedule: BatchJobScheduleCreateOptions, options: CallOptions = .init()
    ) async throws -> Bool {
        try await Existence.isNew(unless: .jobScheduleExists, options) { try await create(schedule, options: $0) }
    }

    /// Deletes a job schedule if it exists.
    ///
    /// Returns when the service has accepted it; `waitUntilDeleted` waits for the end.
    ///
    /// - Parameters:
    ///   - scheduleID: The job schedule.
    ///   - options: Conditions, time limits, retries, and more.
    /// - Returns: Whether there was one that was not being deleted already. When the answer to an earlier try got lost,
    ///   and the next one finds the job schedule gone or being deleted, it counts as deleted by this call.
    /// - Throws: An `AzureError`, with `AzureErrorCode.conditionNotMet` when a condition does not hold.
    ///
    /// REST: `DELETE /jobschedules/{jobScheduleId}`.
    @discardableResult
    public func deleteIfExists(_ scheduleID: String, options: DeleteOptions = .init()) async throws -> Bool {
        try await Existence.wasThere(unless: .jobScheduleBeingDeleted) {
            try await delete(scheduleID, options: options)
        }
    }
}

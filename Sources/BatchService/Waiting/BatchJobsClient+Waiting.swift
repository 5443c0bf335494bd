public import AzureCore
public import BatchModels

extension BatchJobsClient {
    /// Waits until a job that is being disabled is disabled.
    ///
    /// - Parameters:
    ///   - jobID: The job.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`, or with
    ///   `AzureErrorCode.jobNotActive` when the job has ended.
    @discardableResult
    public func waitUntilDisabled(_ jobID: String, options: WaitOptions = .init(), call: CallOptions = .init())
        async throws -> BatchJob
    {
        try await waitUntil(jobID, [.disabled], unless: [.terminating, .completed, .deleting], options, call)
    }

    /// Waits until a job that is being enabled is active.
    ///
    /// - Parameters:
    ///   - jobID: The job.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`, or with
    ///   `AzureErrorCode.jobNotActive` when the job has ended.
    @discardableResult
    public func waitUntilEnabled(_ jobID: String, options: WaitOptions = .init(), call: CallOptions = .init())
        async throws -> BatchJob
    {
        try await waitUntil(jobID, [.active], unless: [.terminating, .completed, .deleting], options, call)
    }

    /// Waits until a job has ended.
    ///
    /// - Parameters:
    ///   - jobID: The job.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`, or with
    ///   `AzureErrorCode.jobNotActive` when the job is being deleted.
    @discardableResult
    public func waitUntilTerminated(_ jobID: String, options: WaitOptions = .init(), call: CallOptions = .init())
        async throws -> BatchJob
    {
        try await waitUntil(jobID, [.completed], unless: [.deleting], options, call)
    }

    /// Waits until a job that is being deleted is gone.
    ///
    /// - Parameters:
    ///   - jobID: The job.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`.
    public func waitUntilDeleted(_ jobID: String, options: WaitOptions = .init(), call: CallOptions = .init())
        async throws
    {
        let jobs = BatchJobsClient(connection: connection.with(call))
        try await options.wait(for: "job '\(jobID)' to be deleted", by: connection.timeSource) {
            try await jobs.exists(jobID) ? .pending : .done(())
        }
    }

    private func waitUntil(
        _ jobID: String, _ goals: [BatchJobState], unless deadEnds: [BatchJobState], _ options: WaitOptions,
        _ call: CallOptions
    ) async throws -> BatchJob {
        let goal = StateGoal(resource: "Job '\(jobID)'", goals: goals, deadEnds: deadEnds, code: .jobNotActive)
        let jobs = BatchJobsClient(connection: connection.with(call))
        return try await goal.wait(options, by: connection.timeSource) {
            let job = try await jobs.get(jobID)
            return (job, job.state)
        }
    }
}

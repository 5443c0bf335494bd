public import AzureCore
public import BatchModels
import HTTPTypes

extension BatchJobsClient {
    /// Creates a job unless there is one of that id.
    ///
    /// The job that exists is left as it is, however it differs. When the answer to an earlier try got lost, and the
    /// next one finds the job, it counts as created.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - options: Time limits, retries, an id, a logger, and more.
    /// - Returns: Whether the job is new.
    /// - Throws: An `AzureError`, with `AzureErrorCode.jobBeingDeleted` while a job of that id is being deleted.
    ///
    /// REST: `POST /jobs`.
    @discardableResult
    public func createIfNotExists(
        _ job: BatchJobCreateOptions, options: CallOptions = .init()
    ) async throws -> Bool {
        try await Existence.isNew(unless: .jobExists, options) { try await create(job, options: $0) }
    }

    /// Deletes a job if it exists.
    ///
    /// Returns when the service has accepted it; `waitUntilDeleted` waits for the end.
    ///
    /// - Parameters:
    ///   - jobID: The job.
    ///   - options: Conditions, time limits, retries, and more.
    /// - Returns: Whether there was one that was not being deleted already. When the answer to an earlier try got lost,
    ///   and the next one finds the job gone or being deleted, it counts as deleted by this call.
    /// - Throws: An `AzureError`, with `AzureErrorCode.conditionNotMet` when a condition does not hold.
    ///
    /// REST: `DELETE /jobs/{jobId}`.
    @discardableResult
    public func deleteIfExists(_ jobID: String, options: DeleteOptions = .init()) async throws -> Bool {
        try await Existence.wasThere(unless: .jobBeingDeleted) { try await delete(jobID, options: options) }
    }

    /// Returns whether there is a job. One that is being deleted is still there.
    ///
    /// - Parameters:
    ///   - jobID: The job.
    ///   - options: Conditions, time limits, retries, and more.
    ///
    /// REST: `GET /jobs/{jobId}`, for its id only: the service has no `HEAD` for jobs.
    public func exists(_ jobID: String, options: ExistsOptions = .init()) async throws -> Bool {
        var call = try BatchCall("Batch.JobExists", .get, "/jobs/\(jobID)", options.call)
        call.add(select: ["id"], keys: [])
        call.add(options.conditions)
        return try await connection.exists(call)
    }

    /// Options for ``exists(_:options:)``.
    public struct ExistsOptions: Sendable {
        /// Conditions that must hold. The default is none.
        public var conditions: BatchAccessConditions
        /// Options that every operation has: time limits, retries, an id, a logger, and more.
        public var call: CallOptions

        /// Creates options.
        public init(conditions: BatchAccessConditions = .init(), call: CallOptions = .init()) {
            self.conditions = conditions
            self.call = call
        }
    }
}

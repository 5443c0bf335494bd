public import AzureCore
public import BatchModels

extension BatchPoolsClient {
    /// Creates a pool unless there is one of that id.
    ///
    /// The pool that exists is left as it is, however it differs. When the answer to an earlier try got lost, and the
    /// next one finds the pool, it counts as created.
    ///
    /// - Parameters:
    ///   - pool: The pool.
    ///   - options: Time limits, retries, an id, a logger, and more.
    /// - Returns: Whether the pool is new.
    /// - Throws: An `AzureError`, with `AzureErrorCode.poolBeingDeleted` while a pool of that id is being deleted.
    ///
    /// REST: `POST /pools`.
    @discardableResult
    public func createIfNotExists(
        _ pool: BatchPoolCreateOptions, options: CallOptions = .init()
    ) async throws -> Bool {
        try await Existence.isNew(unless: .poolExists, options) { try await create(pool, options: $0) }
    }

    /// Deletes a pool if it exists.
    ///
    /// Returns when the service has accepted it; `waitUntilDeleted` waits for the end.
    ///
    /// - Parameters:
    ///   - poolID: The pool.
    ///   - options: Conditions, time limits, retries, and more.
    /// - Returns: Whether there was one that was not being deleted already. When the answer to an earlier try got lost,
    ///   and the next one finds the pool gone or being deleted, it counts as deleted by this call.
    /// - Throws: An `AzureError`, with `AzureErrorCode.conditionNotMet` when a condition does not hold.
    ///
    /// REST: `DELETE /pools/{poolId}`.
    @discardableResult
    public func deleteIfExists(_ poolID: String, options: DeleteOptions = .init()) async throws -> Bool {
        try await Existence.wasThere(unless: .poolBeingDeleted) { try await delete(poolID, options: options) }
    }
}

public import AzureCore
public import BatchModels

extension BatchPoolsClient {
    /// Waits until a pool is steady: it is not being resized.
    ///
    /// - Parameters:
    ///   - poolID: The pool.
    ///   - acceptingResizeErrors: Whether a resize that failed is no error. The default is false. One that was stopped
    ///     never is.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    ///   - following: Receives the pool at each look, a sequence that ends with the wait. The default is none. A
    ///     slow reader gets the last 100 looks.
    /// - Returns: The pool.
    /// - Throws: An `AzureError` with the code of the resize error, with `AzureErrorCode.poolNotFound`,
    ///   `AzureErrorCode.poolBeingDeleted`, or with `AzureErrorCode.deadlineExceeded`.
    @discardableResult
    public func waitUntilSteady(
        _ poolID: String, acceptingResizeErrors: Bool = false, options: WaitOptions = .init(),
        following: (@Sendable (AsyncStream<BatchPool>) async -> Void)? = nil
    ) async throws -> BatchPool {
        try await Following.run(following, keeping: 100) { note in
            try await options.wait(for: "pool '\(poolID)' to be steady", by: connection.timeSource) {
                let pool = try await get(poolID)
                note(pool)
                try PoolCheck.refuseDeleted(pool)
                guard pool.allocationState == .steady else { return .pending }
                if !acceptingResizeErrors, let error = PoolCheck.resizeError(of: pool) { throw error }
                return .done(pool)
            }
        }
    }

    /// Waits until a number of nodes can run tasks.
    ///
    /// It fails at once when the pool cannot get there: when its resize failed, or when its start task failed after
    /// all retries on so many nodes that too few are left.
    ///
    /// - Parameters:
    ///   - poolID: The pool.
    ///   - count: How many nodes. The default is as many as the pool should have.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    ///   - following: Receives the number of nodes in each state at each look, a sequence that ends with the wait. The
    ///     default is none. A slow reader gets the last 100 looks.
    /// - Returns: The nodes that can run tasks.
    /// - Throws: An `AzureError`, as ``waitUntilSteady(_:acceptingResizeErrors:options:following:)`` does, or with
    ///   `AzureErrorCode.nodeStateUnusable` and the reason of the start task.
    @discardableResult
    public func waitUntilNodesReady(
        _ poolID: String, count: Int? = nil, options: WaitOptions = .init(),
        following: (@Sendable (AsyncStream<[BatchNodeState: Int]>) async -> Void)? = nil
    ) async throws -> [BatchNode] {
        try await Following.run(following, keeping: 100) { note in
            try await waitUntilNodesReady(poolID, count: count, options, note: note)
        }
    }

    private func waitUntilNodesReady(
        _ poolID: String, count: Int?, _ options: WaitOptions, note: ([BatchNodeState: Int]) -> Void
    ) async throws -> [BatchNode] {
        let nodesClient = BatchNodesClient(connection: connection)
        return try await options.wait(for: "the nodes of pool '\(poolID)'", by: connection.timeSource) {
            let pool = try await get(poolID)
            try PoolCheck.refuseDeleted(pool)
            var nodes: [BatchNode] = []
            for try await node in nodesClient.list(inPool: poolID, options: .init(select: PoolCheck.nodeProperties)) {
                nodes.append(node)
            }
            note(Dictionary(grouping: nodes) { $0.state ?? .unknown }.mapValues(\.count))
            let wanted = count ?? PoolCheck.targetNodes(of: pool)
            let ready = nodes.filter(PoolCheck.canRunTasks)
            if ready.count >= wanted, count != nil || pool.allocationState == .steady { return .done(ready) }
            guard pool.allocationState == .steady else { return .pending }
            if nodes.count < wanted, let error = PoolCheck.resizeError(of: pool) { throw error }
            if let error = PoolCheck.nodeError(of: nodes, wanted: wanted, poolID: poolID) { throw error }
            return .pending
        }
    }

    /// Waits until a pool that is being deleted is gone.
    ///
    /// - Parameters:
    ///   - poolID: The pool.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`.
    public func waitUntilDeleted(_ poolID: String, options: WaitOptions = .init()) async throws {
        try await options.wait(for: "pool '\(poolID)' to be deleted", by: connection.timeSource) {
            try await exists(poolID) ? .pending : .done(())
        }
    }
}

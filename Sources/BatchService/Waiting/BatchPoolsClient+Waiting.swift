public import AzureCore
public import BatchModels

extension BatchPoolsClient {
    /// Waits until a pool is not being resized any more.
    ///
    /// - Parameters:
    ///   - poolID: The pool.
    ///   - acceptingResizeErrors: Whether a resize that failed is no error. The default is false. One that was stopped
    ///     never is.
    ///   - options: How long and how often to look. The default is every 5 seconds for 30 minutes.
    ///   - onPoll: Is told what each look found. The default does nothing.
    /// - Returns: The pool.
    /// - Throws: An `AzureError` with the code of the resize error, with `AzureErrorCode.poolNotFound`,
    ///   `AzureErrorCode.poolBeingDeleted`, or with `AzureErrorCode.deadlineExceeded`.
    @discardableResult
    public func waitUntilSteady(
        _ poolID: String, acceptingResizeErrors: Bool = false, options: WaitOptions = .init(),
        onPoll: (BatchPool) -> Void = { _ in }
    ) async throws -> BatchPool {
        try await options.wait(for: "pool '\(poolID)' to be steady", by: connection.timeSource) {
            let pool = try await get(poolID)
            onPoll(pool)
            try PoolCheck.refuseDeleted(pool)
            guard pool.allocationState == .steady else { return .pending }
            if !acceptingResizeErrors, let error = PoolCheck.resizeError(of: pool) { throw error }
            return .done(pool)
        }
    }

    /// Waits until so many nodes can run tasks.
    ///
    /// It fails at once when the pool cannot get there: when its resize failed, or when its start task failed for good
    /// on so many nodes that too few are left.
    ///
    /// - Parameters:
    ///   - poolID: The pool.
    ///   - count: How many nodes. The default is as many as the pool should have.
    ///   - options: How long and how often to look. The default is every 5 seconds for 30 minutes.
    ///   - onPoll: Is told how many nodes are in each state at each look. The default does nothing.
    /// - Returns: The nodes that can run tasks.
    /// - Throws: An `AzureError`, as ``waitUntilSteady(_:acceptingResizeErrors:options:onPoll:)`` does, or with
    ///   `AzureErrorCode.nodeStateUnusable` and the reason of the start task.
    @discardableResult
    public func waitUntilNodesReady(
        _ poolID: String, count: Int? = nil, options: WaitOptions = .init(),
        onPoll: ([BatchNodeState: Int]) -> Void = { _ in }
    ) async throws -> [BatchNode] {
        let nodesClient = BatchNodesClient(connection: connection)
        return try await options.wait(for: "the nodes of pool '\(poolID)'", by: connection.timeSource) {
            let pool = try await get(poolID)
            try PoolCheck.refuseDeleted(pool)
            var nodes: [BatchNode] = []
            for try await node in nodesClient.list(inPool: poolID, options: .init(select: PoolCheck.nodeProperties)) {
                nodes.append(node)
            }
            onPoll(Dictionary(grouping: nodes) { $0.state ?? .unknown }.mapValues(\.count))
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
    ///   - options: How long and how often to look. The default is every 5 seconds for 30 minutes.
    /// - Throws: What looking throws, or an `AzureError` with `AzureErrorCode.deadlineExceeded`.
    public func waitUntilDeleted(_ poolID: String, options: WaitOptions = .init()) async throws {
        try await options.wait(for: "pool '\(poolID)' to be deleted", by: connection.timeSource) {
            try await exists(poolID) ? .pending : .done(())
        }
    }
}

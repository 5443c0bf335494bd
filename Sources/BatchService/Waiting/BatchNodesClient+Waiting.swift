public import AzureCore
public import BatchModels

extension BatchNodesClient {
    /// Waits until a node that is being restarted can run tasks again.
    ///
    /// A node that waits for its tasks to end before it restarts looks as if it had: give `requeue` or `terminate` when
    /// restarting a node that is to be waited for.
    ///
    /// - Parameters:
    ///   - nodeID: The node.
    ///   - poolID: Its pool.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`, or with
    ///   `AzureErrorCode.nodeStateUnusable` when the node or its start task failed.
    @discardableResult
    public func waitUntilRebooted(
        _ nodeID: String, inPool poolID: String, options: WaitOptions = .init()
    ) async throws -> BatchNode {
        try await waitUntilReady(nodeID, inPool: poolID, options)
    }

    /// Waits until a node that is being started can run tasks.
    ///
    /// - Parameters:
    ///   - nodeID: The node.
    ///   - poolID: Its pool.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`, or with
    ///   `AzureErrorCode.nodeStateUnusable` when the node or its start task failed.
    @discardableResult
    public func waitUntilStarted(
        _ nodeID: String, inPool poolID: String, options: WaitOptions = .init()
    ) async throws -> BatchNode {
        try await waitUntilReady(nodeID, inPool: poolID, options)
    }

    /// Waits until a node that is being reimaged can run tasks again.
    ///
    /// - Parameters:
    ///   - nodeID: The node.
    ///   - poolID: Its pool.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`, or with
    ///   `AzureErrorCode.nodeStateUnusable` when the node or its start task failed.
    @discardableResult
    public func waitUntilReimaged(
        _ nodeID: String, inPool poolID: String, options: WaitOptions = .init()
    ) async throws -> BatchNode {
        try await waitUntilReady(nodeID, inPool: poolID, options)
    }

    /// Waits until a node is deallocated.
    ///
    /// - Parameters:
    ///   - nodeID: The node.
    ///   - poolID: Its pool.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`, or with
    ///   `AzureErrorCode.nodeStateUnusable` when the node leaves its pool.
    @discardableResult
    public func waitUntilDeallocated(
        _ nodeID: String, inPool poolID: String, options: WaitOptions = .init()
    ) async throws -> BatchNode {
        try await waitUntil(nodeID, poolID, [.deallocated], unless: [.leavingPool, .preempted], options)
    }

    private func waitUntilReady(
        _ nodeID: String, inPool poolID: String, _ options: WaitOptions
    ) async throws -> BatchNode {
        try await waitUntil(
            nodeID, poolID, [.idle, .running, .offline],
            unless: [.startTaskFailed, .unusable, .leavingPool, .preempted], options)
    }

    private func waitUntil(
        _ nodeID: String, _ poolID: String, _ goals: [BatchNodeState], unless deadEnds: [BatchNodeState],
        _ options: WaitOptions
    ) async throws -> BatchNode {
        let goal = StateGoal(resource: "Node '\(nodeID)'", goals: goals, deadEnds: deadEnds, code: .nodeStateUnusable)
        return try await options.wait(for: "node '\(nodeID)' to be \(goals[0])", by: connection.timeSource) {
            let node = try await get(nodeID, inPool: poolID)
            if node.state == .startTaskFailed, !goals.contains(.startTaskFailed), deadEnds.contains(.startTaskFailed),
                let error = PoolCheck.nodeError(of: [node], wanted: 1, poolID: poolID)
            {
                throw error
            }
            return try goal.step(node, in: node.state)
        }
    }
}

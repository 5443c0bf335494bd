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
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`, or with
    ///   `AzureErrorCode.nodeStateUnusable` when the node or its start task failed; then `underlying` is a
    ///   ``BatchStartTaskFailure``.
    @discardableResult
    public func waitUntilRebooted(
        _ nodeID: String, inPool poolID: String, options: WaitOptions = .init(), call: CallOptions = .init()
    ) async throws -> BatchNode {
        try await waitUntilReady(nodeID, inPool: poolID, options, call)
    }

    /// Waits until a node that is being started can run tasks.
    ///
    /// - Parameters:
    ///   - nodeID: The node.
    ///   - poolID: Its pool.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`, or with
    ///   `AzureErrorCode.nodeStateUnusable` when the node or its start task failed; then `underlying` is a
    ///   ``BatchStartTaskFailure``.
    @discardableResult
    public func waitUntilStarted(
        _ nodeID: String, inPool poolID: String, options: WaitOptions = .init(), call: CallOptions = .init()
    ) async throws -> BatchNode {
        try await waitUntilReady(nodeID, inPool: poolID, options, call)
    }

    /// Waits until a node that is being reimaged can run tasks again.
    ///
    /// - Parameters:
    ///   - nodeID: The node.
    ///   - poolID: Its pool.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`, or with
    ///   `AzureErrorCode.nodeStateUnusable` when the node or its start task failed; then `underlying` is a
    ///   ``BatchStartTaskFailure``.
    @discardableResult
    public func waitUntilReimaged(
        _ nodeID: String, inPool poolID: String, options: WaitOptions = .init(), call: CallOptions = .init()
    ) async throws -> BatchNode {
        try await waitUntilReady(nodeID, inPool: poolID, options, call)
    }

    /// Waits until a node is deallocated.
    ///
    /// - Parameters:
    ///   - nodeID: The node.
    ///   - poolID: Its pool.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`, or with
    ///   `AzureErrorCode.nodeStateUnusable` when the node leaves its pool.
    @discardableResult
    public func waitUntilDeallocated(
        _ nodeID: String, inPool poolID: String, options: WaitOptions = .init(), call: CallOptions = .init()
    ) async throws -> BatchNode {
        try await waitUntil(nodeID, poolID, [.deallocated], unless: [.leavingPool, .preempted], options, call)
    }

    private func waitUntilReady(
        _ nodeID: String, inPool poolID: String, _ options: WaitOptions, _ call: CallOptions
    ) async throws -> BatchNode {
        try await waitUntil(
            nodeID, poolID, [.idle, .running, .offline],
            unless: [.startTaskFailed, .unusable, .leavingPool, .preempted], options, call)
    }

    private func waitUntil(
        _ nodeID: String, _ poolID: String, _ goals: [BatchNodeState], unless deadEnds: [BatchNodeState],
        _ options: WaitOptions, _ call: CallOptions
    ) async throws -> BatchNode {
        let connection = connection.with(call)
        let nodes = BatchNodesClient(connection: connection)
        let goal = StateGoal(
            resource: "Node '\(nodeID)' of pool '\(poolID)'", goals: goals, deadEnds: deadEnds, code: .nodeStateUnusable
        )
        return try await goal.wait(options, by: connection.timeSource) {
            let node = try await nodes.get(nodeID, inPool: poolID)
            if node.state == .startTaskFailed, !goals.contains(.startTaskFailed), deadEnds.contains(.startTaskFailed),
                let error = PoolCheck.nodeError(of: [node], wanted: 1, poolID: poolID)
            {
                throw try await connection.withStandardError(error)
            }
            return (node, node.state)
        }
    }
}

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
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    ///   - following: Receives the pool at each look, a sequence that ends with the wait. The default is none. A
    ///     slow reader gets the last 100 looks.
    /// - Returns: The pool.
    /// - Throws: An `AzureError` with the code of the resize error, with `AzureErrorCode.poolNotFound`,
    ///   `AzureErrorCode.poolBeingDeleted`, or with `AzureErrorCode.deadlineExceeded`.
    @discardableResult
    public func waitUntilSteady(
        _ poolID: String, acceptingResizeErrors: Bool = false, options: WaitOptions = .init(),
        call: CallOptions = .init(),
        following: (@Sendable (AsyncStream<BatchPool>) async -> Void)? = nil
    ) async throws -> BatchPool {
        let pools = BatchPoolsClient(connection: connection.with(call))
        return try await Following.run(following, keeping: 100) { note in
            var last: BatchPool?
            return try await options.wait(
                for: "pool '\(poolID)' to be steady", by: connection.timeSource,
                finding: { last.map(PoolCheck.sentence(about:)) }
            ) {
                let pool = try await pools.get(poolID)
                last = pool
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
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    ///   - following: Receives the number of nodes in each state at each look, a sequence that ends with the wait. The
    ///     default is none. A slow reader gets the last 100 looks.
    /// - Returns: The nodes that can run tasks.
    /// - Throws: An `AzureError`, as ``waitUntilSteady(_:acceptingResizeErrors:options:call:following:)`` does, or with
    ///   `AzureErrorCode.nodeStateUnusable` and the reason of the start task; then `underlying` is a
    ///   ``BatchStartTaskFailure`` with the end of what it wrote as errors.
    @discardableResult
    public func waitUntilNodesReady(
        _ poolID: String, count: Int? = nil, options: WaitOptions = .init(), call: CallOptions = .init(),
        following: (@Sendable (AsyncStream<[BatchNodeState: Int]>) async -> Void)? = nil
    ) async throws -> [BatchNode] {
        try await Following.run(following, keeping: 100) { note in
            try await waitUntilNodesReady(poolID, count: count, options, call, note: note)
        }
    }

    private func waitUntilNodesReady(
        _ poolID: String, count: Int?, _ options: WaitOptions, _ call: CallOptions,
        note: ([BatchNodeState: Int]) -> Void
    ) async throws -> [BatchNode] {
        let connection = connection.with(call)
        let pools = BatchPoolsClient(connection: connection)
        let nodesClient = BatchNodesClient(connection: connection)
        var last: String?
        return try await options.wait(
            for: "the nodes of pool '\(poolID)'", by: connection.timeSource, finding: { last }
        ) {
            let pool = try await pools.get(poolID)
            try PoolCheck.refuseDeleted(pool)
            var nodes: [BatchNode] = []
            for try await node in nodesClient.list(inPool: poolID, options: .init(select: PoolCheck.nodeProperties)) {
                nodes.append(node)
            }
            let states = Dictionary(grouping: nodes) { $0.state ?? .unknown }.mapValues(\.count)
            note(states)
            let wanted = count ?? PoolCheck.targetNodes(of: pool)
            last = PoolCheck.sentence(about: states, wanted: wanted, of: pool)
            let ready = nodes.filter(PoolCheck.canRunTasks)
            if ready.count >= wanted, count != nil || pool.allocationState == .steady { return .done(ready) }
            guard pool.allocationState == .steady else { return .pending }
            if nodes.count < wanted, let error = PoolCheck.resizeError(of: pool) { throw error }
            if let error = PoolCheck.nodeError(of: nodes, wanted: wanted, poolID: poolID) {
                throw try await connection.withStandardError(error)
            }
            return .pending
        }
    }

    /// Waits until a pool that is being deleted is gone.
    ///
    /// - Parameters:
    ///   - poolID: The pool.
    ///   - options: The deadline and the interval of looks. The default is every 5 seconds for 30 minutes.
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    /// - Throws: The error of a look, or an `AzureError` with `AzureErrorCode.deadlineExceeded`.
    public func waitUntilDeleted(_ poolID: String, options: WaitOptions = .init(), call: CallOptions = .init())
        async throws
    {
        let pools = BatchPoolsClient(connection: connection.with(call))
        try await options.wait(for: "pool '\(poolID)' to be deleted", by: connection.timeSource) {
            try await pools.exists(poolID) ? .pending : .done(())
        }
    }
}

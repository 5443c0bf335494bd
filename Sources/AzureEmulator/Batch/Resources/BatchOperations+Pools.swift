import AzureCore

extension BatchOperations {
    /// The most nodes that one request removes.
    static let maxRemovedNodes = 100

    func createPool(_ call: BatchCall) async throws -> BatchAnswer {
        let (body, mounts) = try await call.body(mountsBy: mountReader)
        try BatchValidation.pool(body, now: timeSource.now())
        _ = try catalog.packages(of: body)
        let autoscale = try BatchValidation.autoscale(body, names: call.autoscaleNames, now: timeSource.now())
        let id = body["id"]?.string ?? ""
        let version = try await engine.perform { state, now in
            try state.checkCertificates(of: body)
            var pool = PoolRecord(
                id: id, created: now, properties: body, version: BatchResourceVersion(now: now), stateTime: now,
                allocationTime: now, targetDedicated: Int(body["targetDedicatedNodes"]?.integer ?? 0),
                targetLowPriority: Int(body["targetLowPriorityNodes"]?.integer ?? 0), autoscale: autoscale)
            pool.mounts = mounts ?? []
            guard state.createPool(pool, now: now) else { throw BatchServiceError.exists("Pool") }
            return state.pools[id]?.version
        }
        return done(201, version, at: renderer.poolURL(id))
    }

    private var mountReader: MountReader { MountReader(storage: storage, now: timeSource.now()) }

    func listPools(_ call: BatchCall) async throws -> BatchAnswer {
        let pools = await engine.read { state, _ in Array(state.pools.records) }
        return list(pools.map { ($0.id, renderer.pool($0)) }, kind: "pools", call: call)
    }

    func getPool(_ call: BatchCall) async throws -> BatchAnswer {
        let pool = try await engine.read { state, _ in try state.pool(call) }
        guard call.operation == .getPool else { return done(200, pool.version) }
        return element(renderer.pool(pool), kind: "pools", call: call, version: pool.version)
    }

    func deletePool(_ call: BatchCall) async throws -> BatchAnswer {
        try await engine.perform { state, now in
            let pool = try state.pool(call)
            guard pool.state == .active else { throw BatchServiceError.beingDeleted("Pool") }
            state.deletePool(pool.id, now: now)
        }
        return done(202)
    }

    func updatePool(_ call: BatchCall) async throws -> BatchAnswer {
        let (body, mounts) = try await call.body(mountsBy: mountReader)
        try BatchValidation.poolChange(body, now: timeSource.now())
        _ = try catalog.packages(of: body)
        return try await changePool(call, status: 200, mounts: mounts) { properties in
            for (name, value) in body.object ?? [:] where !value.isNull { properties[name] = value }
        }
    }

    func replacePoolProperties(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        try BatchValidation.poolChange(body, now: timeSource.now())
        _ = try catalog.packages(of: body)
        return try await changePool(call, status: 204) { properties in
            for name in [
                "startTask", "applicationPackageReferences", "metadata", "certificateReferences",
                "targetNodeCommunicationMode",
            ] {
                properties[name] = body[name].flatMap { $0.isNull ? nil : $0 }
            }
        }
    }

    private func changePool(
        _ call: BatchCall, status: Int, mounts: [NodeMount]? = nil,
        _ change: @escaping @Sendable (inout JSONValue) -> Void
    ) async throws -> BatchAnswer {
        let (version, id) = try await engine.perform { state, now in
            let pool = try state.activePool(call)
            var properties = pool.properties
            change(&properties)
            state.changePool(pool.id, properties, mounts: mounts, now: now)
            return (state.pools[pool.id]?.version, pool.id)
        }
        return done(status, version, at: renderer.poolURL(id))
    }

    func resizePool(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        let dedicated = body["targetDedicatedNodes"]?.integer
        let lowPriority = body["targetLowPriorityNodes"]?.integer
        guard dedicated != nil || lowPriority != nil else {
            throw BatchServiceError.missingProperty("targetDedicatedNodes")
        }
        try BatchValidation.count(body, "targetDedicatedNodes", 0...Int64(Int32.max))
        try BatchValidation.count(body, "targetLowPriorityNodes", 0...Int64(Int32.max))
        let timeout = try BatchValidation.resizeTimeout(body)
        let (version, id) = try await engine.perform { state, now in
            let pool = try state.steadyPool(call)
            guard pool.autoscale == nil else { throw BatchServiceError.poolScalesItself }
            state.resizePool(
                pool.id, dedicated: dedicated.map { Int($0) } ?? pool.targetDedicated,
                lowPriority: lowPriority.map { Int($0) } ?? pool.targetLowPriority,
                removing: NodeRemoval(body), timeout: timeout, now: now)
            return (state.pools[pool.id]?.version, pool.id)
        }
        return done(202, version, at: renderer.poolURL(id))
    }

    func stopPoolResize(_ call: BatchCall) async throws -> BatchAnswer {
        let (version, id) = try await engine.perform { state, now in
            let pool = try state.activePool(call)
            guard pool.allocation == .resizing else {
                throw BatchServiceError.conflict(
                    "OperationInvalidForCurrentState", "The specified pool is not being resized.")
            }
            state.stopResize(pool.id, now: now)
            return (pool.version, pool.id)
        }
        return done(202, version, at: renderer.poolURL(id))
    }

    func removeNodes(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        let nodes = body["nodeList"]?.array?.compactMap(\.string) ?? []
        guard (1...Self.maxRemovedNodes).contains(nodes.count) else {
            throw BatchServiceError.invalidProperty(
                "nodeList", "\(nodes.count) nodes", "It must name 1 to \(Self.maxRemovedNodes) nodes")
        }
        let timeout = try BatchValidation.resizeTimeout(body)
        let (version, id) = try await engine.perform { state, now in
            let pool = try state.steadyPool(call)
            for node in nodes where pool.nodes[node] == nil { throw BatchServiceError.notFound("Node") }
            state.removeNodes(nodes, from: pool.id, removing: NodeRemoval(body), timeout: timeout, now: now)
            return (pool.version, pool.id)
        }
        return done(202, version, at: renderer.poolURL(id))
    }
}

extension BatchOperations {
    func listNodes(_ call: BatchCall) async throws -> BatchAnswer {
        let nodes = try await engine.read { [renderer] state, _ in
            let pool = try state.pool(call)
            return pool.nodes.records.map { ($0.id, renderer.node($0, pool: pool, state: state)) }
        }
        return list(nodes.map { (key: $0.0, value: $0.1) }, kind: "nodes", call: call)
    }

    func getNode(_ call: BatchCall) async throws -> BatchAnswer {
        let node = try await engine.read { [renderer] state, _ in
            let pool = try state.pool(call)
            guard let node = pool.nodes[call.ids[1]] else { throw BatchServiceError.notFound("Node") }
            return renderer.node(node, pool: pool, state: state)
        }
        return element(node, kind: "nodes", call: call, version: nil)
    }
}

extension BatchState {
    /// The pool that a path names, if the conditions of the request hold.
    func pool(_ call: BatchCall) throws -> PoolRecord {
        guard let pool = pools[call.ids[0]] else { throw BatchServiceError.notFound("Pool") }
        try call.check(pool.version)
        return pool
    }

    /// The same, unless it is being deleted.
    func activePool(_ call: BatchCall) throws -> PoolRecord {
        let pool = try pool(call)
        guard pool.state == .active else { throw BatchServiceError.beingDeleted("Pool") }
        return pool
    }

    /// The same, unless it is being resized.
    func steadyPool(_ call: BatchCall) throws -> PoolRecord {
        let pool = try activePool(call)
        guard pool.allocation == .steady else { throw BatchServiceError.poolBeingResized }
        return pool
    }
}

extension NodeRemoval {
    /// What a request says about the tasks of the nodes that go.
    init(_ body: JSONValue) {
        self = body["nodeDeallocationOption"]?.string.flatMap { NodeRemoval(rawValue: $0.lowercased()) } ?? .requeue
    }
}

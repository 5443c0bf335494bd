import Foundation

extension BatchOperations {
    /// Operations on the machine of a node.
    func restartNode(
        _ call: BatchCall, _ restart: NodeRestart, _ name: String
    ) async throws -> BatchAnswer {
        let body = try await call.optionalBody()
        let removal = body?[name]?.string.flatMap { NodeRemoval(rawValue: $0.lowercased()) } ?? .requeue
        let key = try await engine.perform { state, now in
            let (key, node) = try state.node(call)
            try node.checkRestart()
            state.restart(key, restart, removal, now: now)
            return key
        }
        return done(202, at: renderer.nodeURL(key))
    }

    func startNode(_ call: BatchCall) async throws -> BatchAnswer {
        let key = try await engine.perform { state, now in
            let (key, node) = try state.node(call)
            guard node.state == .deallocated else { throw BatchServiceError.notDeallocated }
            state.restart(key, .start, .requeue, now: now)
            return key
        }
        return done(202, at: renderer.nodeURL(key))
    }

    func setScheduling(_ call: BatchCall) async throws -> BatchAnswer {
        let enables = call.operation == .enableNodeScheduling
        let body = enables ? nil : try await call.optionalBody()
        let option = body?["nodeDisableSchedulingOption"]?.string?.lowercased()
        let removal = option.flatMap { NodeRemoval(rawValue: $0) } ?? .requeue
        let key = try await engine.perform { state, now in
            let (key, node) = try state.node(call)
            guard node.takesTasks != enables else { throw BatchServiceError.sameScheduling }
            state.setScheduling(key, takesTasks: enables, removal, now: now)
            return key
        }
        return done(200, at: renderer.nodeURL(key))
    }

    func remoteLogin(_ call: BatchCall) async throws -> BatchAnswer {
        let number = try await engine.read { state, _ in try state.node(call).node.number }
        let port = JSONValue.integer(Int64(BatchRenderer.firstLoginPort + number))
        return element(
            [
                "remoteLoginIPAddress": "127.0.0.1", "remoteLoginPort": port, "ipv6RemoteLoginIPAddress": "::1",
                "ipv6RemoteLoginPort": port,
            ], kind: "Microsoft.Azure.Batch.Protocol.Entities.ComputeNodeRemoteLoginSettings", call: call, version: nil)
    }
}

extension BatchOperations {
    func listExtensions(_ call: BatchCall) async throws -> BatchAnswer {
        let extensions = try await engine.read { state, _ in try state.extensions(call) }
        let shown = extensions.enumerated().map { (Self.key($0.offset), renderer.machineExtension($0.element)) }
        return list(shown.map { (key: $0.0, value: $0.1) }, kind: "extensions", call: call)
    }

    func getExtension(_ call: BatchCall) async throws -> BatchAnswer {
        let extensions = try await engine.read { state, _ in try state.extensions(call) }
        let name = call.ids[2].lowercased()
        guard let found = extensions.first(where: { $0["name"]?.string?.lowercased() == name }) else {
            throw BatchServiceError(404, "ResourceNotFound", "The specified extension does not exist on the node.")
        }
        return element(renderer.machineExtension(found), kind: "extensions", call: call, version: nil)
    }

    /// Puts what the emulator knows of a node into a container: what happened there, and what it is now. As on Azure, the
    /// answer says what is to be put there, and is the same when that fails; the log of the node then tells of it.
    func uploadLogs(_ call: BatchCall) async throws -> BatchAnswer {
        let body = try await call.body()
        try BatchValidation.refuse(body, ["identityReference": "identities"])
        let container = body["containerUrl"]?.string ?? ""
        guard NodeRequests.isAddress(container) else {
            throw BatchServiceError.invalidProperty("containerUrl", "", "It must be the address of a container")
        }
        let start = body["startTime"]?.string.flatMap { BatchTime.parse($0) } ?? .distantPast
        let end = body["endTime"]?.string.flatMap { BatchTime.parse($0) }
        let (key, log, json) = try await engine.read { [renderer] state, now in
            let (key, node) = try state.node(call)
            let pool = try state.pool(call)
            return (key, node.log.text(from: start, to: end ?? now), renderer.node(node, pool: pool, state: state))
        }
        let directory =
            "\(key.pool)/\(key.node.replacingOccurrences(of: "_", with: "-"))/\(UUID().uuidString.lowercased())"
        let files = [
            NodeLogFile(name: "\(directory)/agent-debug.log", content: Data(log.utf8)),
            NodeLogFile(name: "\(directory)/node.json", content: json.data),
        ]
        do {
            try await agent.upload(files, to: container)
        } catch let problem as NodeRequestProblem {
            try await engine.perform { state, now in
                state.note("The logs of the node could not be uploaded: \(problem)", inLogOf: key, now: now)
            }
        }
        return element(
            ["virtualDirectoryName": .string(directory), "numberOfFilesUploaded": .integer(Int64(files.count))],
            kind: "uploadbatchservicelogsresult", call: call, version: nil)
    }
}

extension BatchState {
    /// Adds a line to the log of a node.
    fileprivate mutating func note(_ text: String, inLogOf key: NodeKey, now: Date) {
        pools[key.pool]?.nodes[key.node]?.log.add(text, now: now)
    }

    /// The node that a path names.
    func node(_ call: BatchCall) throws -> (key: NodeKey, node: NodeRecord) {
        let pool = try pool(call)
        guard let node = pool.nodes[call.ids[1]] else { throw BatchServiceError.notFound("Node") }
        return (NodeKey(pool: pool.id, node: node.id), node)
    }

    /// The extensions of a node.
    fileprivate func extensions(_ call: BatchCall) throws -> [JSONValue] {
        _ = try node(call)
        let written = pools[call.ids[0]]?.properties["virtualMachineConfiguration"]?["extensions"]?.array ?? []
        return written + [BatchRenderer.agentExtension]
    }
}

extension NodeRecord {
    /// Refuses to restart a node that is on its way already, or gone.
    fileprivate func checkRestart() throws {
        switch state {
        case .idle, .running, .startTaskFailed, .unusable:
            if restart != nil {
                throw BatchServiceError.conflict("NodeBeingRebooted", "A restart of the node is waiting.")
            }
        case .creating: throw BatchServiceError.conflict("NodeBeingCreated", "The specified node is being created.")
        case .starting, .waitingForStartTask:
            throw BatchServiceError.conflict("NodeBeingStarted", "The specified node is being started.")
        case .rebooting: throw BatchServiceError.conflict("NodeBeingRebooted", "The specified node is being rebooted.")
        case .reimaging: throw BatchServiceError.conflict("NodeBeingReimaged", "The specified node is being reimaged.")
        case .leavingPool, .deallocating, .deallocated:
            throw BatchServiceError.conflict(
                "OperationInvalidForCurrentState", "The node is \(state.rawValue.lowercased()).")
        }
    }
}

extension BatchServiceError {
    fileprivate static let notDeallocated = conflict(
        "OperationInvalidForCurrentState", "Only a node that was deallocated can be started.")
    fileprivate static let sameScheduling = conflict(
        "NodeAlreadyInTargetSchedulingState", "The specified node is already in that scheduling state.")
}

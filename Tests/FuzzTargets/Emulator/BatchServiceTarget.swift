#if DEBUG
import AzureCore
import AzureTesting
import Foundation
import HTTPTypes

@testable import AzureEmulator

extension FuzzTarget {
    /// Requests to the Batch service, one after another, with a pool, a job and tasks to begin with. No node runs
    /// anything: what the service would do outside is left undone, and its results are made up.
    static let batchService = FuzzTarget.asynchronous(
        "batch-service", words: BatchRequestSeeds.words, seeds: BatchRequestSeeds.all
    ) { input in
        let service = try await IdleBatchService()
        for request in BatchRequestSeeds.beginning { try await service.send(request) }
        for part in input.parts.prefix(8) { try await service.send(part) }
    }
}

/// The Batch service behind its check of signatures, with an engine that does nothing outside.
private struct IdleBatchService {
    private let engine: BatchEngine
    private let operations: BatchOperations
    private let clock = ManualClock(advancesBySleeping: true)

    /// An agent whose directory is gone, which all inputs share.
    private static let agent = Task {
        let files = FileManager.default
        let outer = files.temporaryDirectory.appendingPathComponent("azure-fuzz-\(UUID().uuidString)")
        try files.createDirectory(at: outer, withIntermediateDirectories: true)
        defer { try? files.removeItem(at: outer) }
        let instance = EmulatorInstance()
        let directory = try await EmulatorDirectory.take(nil, for: instance, temporaryFiles: outer.path)
        await directory.release()
        return NodeAgent(
            directory: directory, instance: instance, runner: MissingProcessRunner(), account: "local",
            accountURL: "http://127.0.0.1:10100", transport: MockTransport { _ in MockResponse(201) },
            timeSource: .system)
    }

    init() async throws {
        let agent = try await Self.agent.value
        engine = BatchEngine(
            agent: agent, nodeQuota: 20, catalog: ApplicationCatalog(), timeSource: clock.timeSource)
        operations = BatchOperations(
            engine: engine, agent: agent, renderer: BatchRenderer(endpoint: "http://127.0.0.1:10100"),
            catalog: ApplicationCatalog(), timeSource: clock.timeSource)
        // From now on it keeps its state, but does nothing that follows from it.
        await engine.stop()
    }

    func send(_ text: [UInt8]) async throws {
        guard var request = RequestText(text) else { return }
        // Nothing that a target does may remove a file, be it by mistake.
        if request.head.method == .delete, request.head.path?.contains("/files") == true { return }
        request.setDefault("Content-Length", String(request.body.count))
        request.setDefault("Content-Type", "application/json; odata=minimalmetadata")
        if let path = request.head.path, !path.contains("api-version") {
            request.head.path = path + (path.contains("?") ? "&" : "?") + "api-version=2025-06-01"
        }
        guard let taken = EmulatorRequest(request.head, body: request.chunks) else { return }
        let now = clock.timeSource.now()
        let answer = try await acceptingRefusal { try await operations.answer(BatchCall(taken)) }
        if let answer {
            let response = answer.response(to: taken, requestID: "r", now: now)
            _ = try await checkAnswer(response, to: request.head)
        }
        try await makeProgress()
    }

    /// Has nodes come and go, and tasks start and end, as the outside would report it.
    private func makeProgress() async throws {
        try await engine.perform { state, now in
            for pool in Array(state.pools.records) {
                for node in pool.nodes.records {
                    let key = NodeKey(pool: pool.id, node: node.id)
                    switch node.state {
                    case .creating: state.nodeMade(key, now: now)
                    case .leavingPool where node.runs.isEmpty: state.nodeGone(key, now: now)
                    default: break
                    }
                }
            }
            for (index, key) in state.runs.keys.sorted(by: { $0.number < $1.number }).enumerated() {
                state.runStarted(key, now: now)
                state.instanceCoordinated(key, now: now)
                guard index.isMultiple(of: 2) || state.runs[key]?.ending != nil else { continue }
                state.runEnded(key, outcome: TaskOutcome(.exited(Int32(index % 3))), now: now)
            }
            for number in state.removals.keys.sorted() { state.filesRemoved(number, now: now) }
            state.checkTimes(now: now)
            for effect in state.takeEffects() { state.follow(effect, now: now) }
            _ = state.takeEffects()
        }
    }
}

extension BatchState {
    /// Reports that something has been done which the state itself does not show to be wanted.
    fileprivate mutating func follow(_ effect: BatchEffect, now: Date) {
        switch effect {
        case .drop(let run): runEnded(run, outcome: TaskOutcome(.stopped), now: now)
        case .mount(let node, _): nodeMounted(node, [], now: now)
        case .restartNode(let node, _): nodeRestarted(node, now: now)
        default: break
        }
    }
}
#endif

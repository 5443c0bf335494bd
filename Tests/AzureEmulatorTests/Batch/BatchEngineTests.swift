import AzureCore
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The end of the emulated Batch service", .timeLimit(.minutes(5)))
struct BatchEngineTests {
    /// A transport that is deaf to everything, also to cancellation, until it is let go.
    private final class DeafTransport: HTTPTransport {
        let asked: AsyncStream<Void>
        private let isAsked: AsyncStream<Void>.Continuation
        private let released: AsyncStream<Void>
        let release: AsyncStream<Void>.Continuation

        init() {
            (asked, isAsked) = AsyncStream.makeStream(of: Void.self)
            (released, release) = AsyncStream.makeStream(of: Void.self)
        }

        func send(
            _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
        ) async throws -> HTTPTransportResponse {
            isAsked.yield()
            await Task { [released] in for await _ in released {} }.value
            throw CancellationError()
        }
    }

    @Test("A run that cannot be ended does not keep the service from ending")
    func endlessRun() async throws {
        let transport = DeafTransport()
        let root = FileManager.default.temporaryDirectory.path + "/azure-engine-test-\(UUID().uuidString)"
        let directory = try await EmulatorDirectory.take(root, for: EmulatorInstance())
        defer { FileTree.remove(root) }
        let agent = NodeAgent(
            directory: directory, instance: EmulatorInstance(), runner: ScriptedRunner(), account: "local",
            accountURL: "http://127.0.0.1", transport: transport, timeSource: .system)
        let engine = BatchEngine(agent: agent, nodeQuota: 1, timeSource: .system)
        try await engine.perform { state, now in
            let version = BatchResourceVersion(now: now)
            _ = state.createPool(
                PoolRecord(
                    id: "pool", created: now, properties: [:], version: version, stateTime: now, allocationTime: now,
                    targetDedicated: 1, targetLowPriority: 0), now: now)
            _ = state.createJob(
                JobRecord(
                    id: "job", created: now, properties: ["poolInfo": ["poolId": "pool"]], version: version,
                    stateTime: now), now: now)
            let task: JSONValue = [
                "id": "task", "commandLine": "true", "resourceFiles": [["httpUrl": "http://h/f", "filePath": "f"]],
            ]
            _ = state.addTask(TaskRecord(id: "task", properties: task, now: now), to: "job", now: now)
        }
        for await _ in transport.asked { break }
        await engine.stop(within: .milliseconds(100))
        transport.release.finish()
        await engine.stop()
    }
}

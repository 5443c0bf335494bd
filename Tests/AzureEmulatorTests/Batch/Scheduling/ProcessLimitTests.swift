import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// What waits for a place is what the REST documentation calls "preparing": assigned to a node, and not yet running.
@Suite("The limit of processes", .timeLimit(.minutes(5)))
struct ProcessLimitTests {
    private struct World {
        let engine: BatchEngine
        let root: String

        /// An engine with a pool, and a job whose tasks are added.
        init(
            nodes: Int, limit: Int, pool: JSONValue = [:], job: JSONValue = [:], tasks: [String] = []
        ) async throws {
            root = FileManager.default.temporaryDirectory.path + "/azure-limit-test-\(UUID().uuidString)"
            let directory = try await EmulatorDirectory.take(root, for: EmulatorInstance())
            let agent = NodeAgent(
                directory: directory, instance: EmulatorInstance(), runner: ScriptedRunner(), account: "local",
                accountURL: "http://127.0.0.1",
                transport: ClosureTransport { _, _, _ in throw CancellationError() }, timeSource: .system)
            engine = BatchEngine(agent: agent, nodeQuota: 10, timeSource: .system, maxProcesses: limit)
            try await engine.perform { state, now in
                let version = BatchResourceVersion(now: now)
                _ = state.createPool(
                    PoolRecord(
                        id: "pool", created: now, properties: pool, version: version, stateTime: now,
                        allocationTime: now, targetDedicated: nodes, targetLowPriority: 0), now: now)
                var properties: JSONValue = ["poolInfo": ["poolId": "pool"]]
                for (name, value) in job.object ?? [:] { properties[name] = value }
                _ = state.createJob(
                    JobRecord(id: "job", created: now, properties: properties, version: version, stateTime: now),
                    now: now)
                for task in tasks {
                    let properties: JSONValue = ["id": .string(task), "commandLine": .string(task)]
                    _ = state.addTask(TaskRecord(id: task, properties: properties, now: now), to: "job", now: now)
                }
                state.schedule(now: now)
            }
        }

        func addJob(_ id: String) async throws {
            try await engine.perform { state, now in
                let job = JobRecord(
                    id: id, created: now, properties: ["poolInfo": ["poolId": "pool"]],
                    version: BatchResourceVersion(now: now), stateTime: now)
                _ = state.createJob(job, now: now)
            }
        }

        /// Adds a task that runs on several nodes at a time.
        func addTask(_ id: String, _ command: String, on nodes: Int64, to job: String = "job") async throws {
            let settings: JSONValue = [
                "numberOfInstances": .integer(nodes), "coordinationCommandLine": "true",
            ]
            let properties: JSONValue = [
                "id": .string(id), "commandLine": .string(command), "multiInstanceSettings": settings,
            ]
            try await engine.perform { state, now in
                _ = state.addTask(TaskRecord(id: id, properties: properties, now: now), to: job, now: now)
            }
        }

        func wait(for task: String, _ state: TaskRecord.State) async {
            await engine.wait { $0.jobs["job"]?.tasks[task]?.state == state }
        }

        func terminate(_ task: String) async throws {
            try await engine.perform { state, now in _ = state.terminateTask("job", task, now: now) }
        }

        func task(_ id: String) async -> TaskRecord? {
            await engine.read { state, _ in state.jobs["job"]?.tasks[id] }
        }

        func end() async {
            await engine.stop()
            FileTree.remove(root)
        }
    }

    @Test("A task beyond the limit is preparing until there is a place, and can be ended meanwhile")
    func waiting() async throws {
        let world = try await World(nodes: 3, limit: 1, tasks: ["sleep 1", "sleep 2", "sleep 3"])
        await world.wait(for: "sleep 1", .running)
        await world.wait(for: "sleep 2", .preparing)
        let second = try #require(await world.task("sleep 2"))
        #expect(second.execution.startTime == nil && second.execution.node != nil)
        try await world.terminate("sleep 2")
        await world.wait(for: "sleep 2", .completed)
        let ended = try #require(await world.task("sleep 2"))
        #expect(ended.execution.startTime == nil && ended.execution.outcome?.failure == .endedByUser)
        let ran = await world.engine.read { state, _ in
            state.pools["pool"]?.nodes.records.reduce(0) { $0 + $1.totalTasksRun }
        }
        #expect(ran == 0)
        await world.wait(for: "sleep 3", .preparing)
        try await world.terminate("sleep 1")
        await world.wait(for: "sleep 3", .running)
        await world.end()
    }

    @Test("A job manager does not keep the tasks waiting that it waits for")
    func manager() async throws {
        let manager: JSONValue = ["id": "manager", "commandLine": "sleep", "runExclusive": true]
        let world = try await World(nodes: 2, limit: 1, job: ["jobManagerTask": manager], tasks: ["true"])
        await world.wait(for: "manager", .running)
        await world.wait(for: "true", .completed)
        await world.end()
    }

    @Test("Parts of a task that are deleted while they wait run nowhere")
    func deletedGroup() async throws {
        let world = try await World(
            nodes: 6, limit: 4, pool: ["enableInterNodeCommunication": true], tasks: ["sleep 1", "sleep 2"])
        await world.wait(for: "sleep 1", .running)
        await world.wait(for: "sleep 2", .running)
        try await world.addJob("other")
        try await world.addTask("parts", "sleep", on: 4, to: "other")
        await world.engine.wait { $0.runs.count == 6 }
        try await world.engine.perform { state, now in state.deleteJob("other", now: now) }
        await world.engine.wait { $0.jobs["other"] == nil && $0.runs.count == 2 }
        #expect(await world.engine.executions.count == 2)
        await world.end()
    }

    @Test("Start tasks that nobody waits for, and that never end, keep nothing from running")
    func daemons() async throws {
        let world = try await World(
            nodes: 2, limit: 1, pool: ["startTask": ["commandLine": "sleep", "waitForSuccess": false]],
            tasks: ["true"])
        await world.wait(for: "true", .completed)
        await world.end()
    }

    @Test("What stood behind a task that has been ended, and could never start, starts")
    func behindImpossible() async throws {
        let world = try await World(nodes: 2, limit: 4, pool: ["enableInterNodeCommunication": true])
        try await world.addTask("five", "true", on: 5)
        try await world.addTask("two", "true", on: 2)
        #expect(try #require(await world.task("two")).state == .active)
        try await world.terminate("five")
        await world.wait(for: "two", .completed)
        await world.end()
    }

    @Test("What waits is left when the service ends")
    func end() async throws {
        let world = try await World(nodes: 2, limit: 1, tasks: ["sleep 1", "sleep 2"])
        await world.wait(for: "sleep 1", .running)
        await world.end()
        let second = try #require(await world.task("sleep 2"))
        #expect(second.execution.startTime == nil)
    }

    @Test("No process at all is no limit", arguments: [0, -1])
    func wrongLimit(limit: Int) {
        var configuration = EmulatorConfiguration()
        configuration.maxProcesses = limit
        #expect(throws: AzureError.self) { try BatchEmulator(configuration) }
    }
}

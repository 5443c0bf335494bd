#if Emulator && (DEBUG || AZURE_SWIFT_SIMULATION)
import Foundation

@testable import AzureEmulator

/// What it takes the emulated Batch service to keep many tasks in a job, and to go on with them.
package struct RestartMeasurement {
    /// How many of a hundred tasks have ended; the others wait.
    private static let finished = 90

    private let path: String

    /// - Parameter path: The file of the tables.
    package init(path: String) { self.path = path }

    /// Runs tasks, and keeps what becomes of them, a thousand changes at a time.
    package func fill(tasks: Int) async throws {
        let tables = try await SQLiteBatchTables(path)
        var state = BatchState(nodeQuota: 1000)
        let now = Date()
        let pool = PoolRecord(
            id: "pool", created: now, properties: ["id": "pool", "taskSlotsPerNode": 4],
            version: BatchResourceVersion(now: now), stateTime: now, allocationTime: now, targetDedicated: 100,
            targetLowPriority: 0)
        _ = state.createPool(pool, now: now)
        let job = JobRecord(
            id: "job", created: now, properties: ["id": "job", "poolInfo": ["poolId": "pool"]],
            version: BatchResourceVersion(now: now), stateTime: now)
        _ = state.createJob(job, now: now)
        var runs: [RunKey] = []
        settle(&state, &runs)
        for number in 0..<tasks {
            let properties: JSONValue = [
                "id": .string("task-\(number)"),
                "commandLine": .string("/bin/sh -c 'convert input-\(number).png -resize 50% output-\(number).png'"),
                "resourceFiles": [
                    ["filePath": "input.png", "httpUrl": "http://127.0.0.1:10000/account/pictures/input.png"]
                ],
            ]
            _ = state.addTask(TaskRecord(id: "task-\(number)", properties: properties, now: now), to: "job", now: now)
            if number.isMultiple(of: 1000) { try await tables.commit(state.takeChanges()) }
        }
        var ended = 0
        state.schedule(now: now)
        settle(&state, &runs)
        while ended < tasks * Self.finished / 100, let run = runs.popLast() {
            state.runStarted(run, now: now)
            state.runEnded(run, outcome: TaskOutcome(.exited(0)), now: now)
            settle(&state, &runs)
            ended += 1
            if ended.isMultiple(of: 1000) { try await tables.commit(state.takeChanges()) }
        }
        try await tables.commit(state.takeChanges())
    }

    /// Goes on with what was kept, up to the moment from which requests are answered.
    ///
    /// - Returns: How many tasks there are.
    package func start() async throws -> Int {
        let tables = try await SQLiteBatchTables(path)
        var state = BatchState(nodeQuota: 1000)
        state.restore(try await tables.load(), now: Date())
        state.schedule(now: Date())
        try await tables.commit(state.takeChanges())
        return state.jobs.records.reduce(0) { $0 + $1.tasks.count }
    }

    /// Makes nodes, and notes the runs that are asked for.
    private func settle(_ state: inout BatchState, _ runs: inout [RunKey]) {
        while state.hasEffects {
            for effect in state.takeEffects() {
                switch effect {
                case .makeNode(let key): state.nodeMade(key, now: Date())
                case .run(let key, _): runs.append(key)
                default: break
                }
            }
        }
    }
}
#endif

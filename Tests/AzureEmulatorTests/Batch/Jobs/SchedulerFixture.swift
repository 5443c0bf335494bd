import Foundation
import Testing

@testable import AzureEmulator

/// The scheduler with a pool, and a world outside that does at once what it asks for, but for the runs of tasks: those
/// end when a test says so.
struct SchedulerFixture {
    /// A run that the scheduler has asked for.
    struct Started {
        let run: RunKey
        /// As job/task, or `start`.
        let name: String
        let node: String
        let assignment: TaskAssignment
    }

    var state = BatchState(nodeQuota: 100)
    var now = Date(timeIntervalSince1970: 1_800_000_000)
    /// The runs that were to be ended.
    private(set) var stopped: [RunKey] = []
    /// The restarts that were asked for, which come to their end with ``finishRestarts()``.
    private(set) var restarts: [(node: NodeKey, restart: NodeRestart)] = []
    private(set) var wakes: [Duration] = []
    private var started: [Started] = []

    /// Makes a pool whose nodes are ready.
    init(nodes: Int = 1, lowPriority: Int = 0, slots: Int64 = 1, pool more: JSONValue = [:]) {
        var properties: JSONValue = ["id": "pool", "taskSlotsPerNode": .integer(slots)]
        for (name, value) in more.object ?? [:] { properties[name] = value }
        let pool = PoolRecord(
            id: "pool", created: now, properties: properties, version: BatchResourceVersion(now: now), stateTime: now,
            allocationTime: now, targetDedicated: nodes, targetLowPriority: lowPriority)
        let isCreated = state.createPool(pool, now: now)
        #expect(isCreated)
        settle()
    }

    /// Goes on with what was kept.
    init(restoring kept: KeptBatch, storage: String? = nil, now: Date) {
        self.now = now
        state.restore(kept, storage: storage, now: now)
        state.schedule(now: now)
        settle()
    }

    /// The ids of the nodes of the pool.
    var nodes: [String] { state.pools["pool"]?.nodes.records.map(\.id) ?? [] }

    func node(_ index: Int = 0) -> NodeRecord? { state.pools["pool"]?.nodes.records.map { $0 }[index] }

    func key(_ index: Int = 0) -> NodeKey { NodeKey(pool: "pool", node: nodes[index]) }

    mutating func addJob(_ id: String, _ more: JSONValue = [:]) {
        var properties: JSONValue = ["id": .string(id), "poolInfo": ["poolId": "pool"]]
        for (name, value) in more.object ?? [:] { properties[name] = value }
        let job = JobRecord(
            id: id, created: now, properties: properties, version: BatchResourceVersion(now: now), stateTime: now)
        let isCreated = state.createJob(job, now: now)
        #expect(isCreated)
        settle()
    }

    mutating func addTask(_ id: String, _ more: JSONValue = [:], to job: String) {
        var properties: JSONValue = ["id": .string(id), "commandLine": "true"]
        for (name, value) in more.object ?? [:] { properties[name] = value }
        let isAdded = state.addTask(TaskRecord(id: id, properties: properties, now: now), to: job, now: now)
        #expect(isAdded)
        state.schedule(now: now)
        settle()
    }

    /// Changes the state, and does what it asks for.
    mutating func change(_ body: (inout BatchState, Date) -> Void) {
        body(&state, now)
        settle()
    }

    /// Lets time pass, and tells the scheduler.
    mutating func pass(_ seconds: TimeInterval) {
        now += seconds
        state.checkTimes(now: now)
        settle()
    }

    /// The runs that were asked for since the last call; each of them begins.
    mutating func takeStarted() -> [Started] {
        defer { started = [] }
        for start in started { state.runStarted(start.run, now: now) }
        return started
    }

    /// Ends a run with an exit code.
    mutating func end(_ run: RunKey, _ code: Int32 = 0) {
        state.runEnded(run, outcome: TaskOutcome(.exited(code)), now: now)
        settle()
    }

    /// Ends the runs that were to be ended.
    mutating func endStopped() {
        while !stopped.isEmpty {
            let run = stopped.removeFirst()
            state.runEnded(run, outcome: TaskOutcome(.stopped), now: now)
            settle()
        }
    }

    /// Ends the restarts of nodes.
    mutating func finishRestarts() {
        while !restarts.isEmpty {
            let restart = restarts.removeFirst()
            state.nodeRestarted(restart.node, now: now)
            settle()
        }
    }

    func task(_ id: String, of job: String = "job") -> TaskRecord? { state.jobs[job]?.tasks[id] }

    private mutating func settle() {
        while true {
            let effects = state.takeEffects()
            if effects.isEmpty { return }
            for effect in effects { act(on: effect) }
        }
    }

    private mutating func act(on effect: BatchEffect) {
        switch effect {
        case .makeNode(let key): state.nodeMade(key, now: now)
        case .removeNode(let key): state.nodeGone(key, now: now)
        case .restartNode(let key, let restart): restarts.append((key, restart))
        case .run(let run, let assignment):
            let name = assignment.task.map { "\($0.job)/\($0.task)" } ?? "start"
            started.append(Started(run: run, name: name, node: assignment.node, assignment: assignment))
        case .stop(let run): stopped.append(run)
        case .drop(let run):
            var outcome = TaskOutcome(failure: .endedByUser)
            outcome.wasStopped = true
            state.runEnded(run, outcome: outcome, now: now)
        case .removeFiles(let number, _, _, _): state.filesRemoved(number, now: now)
        case .wake(let delay): wakes.append(delay)
        case .mount(let key, _): state.nodeMounted(key, [], now: now)
        case .measure, .proceed: break
        }
    }
}

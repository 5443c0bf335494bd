import Foundation
import Testing

@testable import AzureEmulator

@Suite("The scheduler")
struct BatchStateTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    /// A state with a pool whose nodes are ready.
    private func state(nodes: Int = 1, slots: Int64 = 1, packs: Bool = false) -> BatchState {
        var state = BatchState(nodeQuota: 100)
        var properties: JSONValue = ["id": "pool", "taskSlotsPerNode": .integer(slots)]
        if packs { properties["taskSchedulingPolicy"] = ["nodeFillType": "pack"] }
        let pool = PoolRecord(
            id: "pool", created: now, properties: properties, version: BatchResourceVersion(now: now), stateTime: now,
            allocationTime: now, targetDedicated: nodes, targetLowPriority: 0)
        let isCreated = state.createPool(pool, now: now)
        #expect(isCreated)
        makeNodes(&state)
        return state
    }

    private func makeNodes(_ state: inout BatchState) {
        for effect in state.takeEffects() {
            if case .makeNode(let key) = effect { state.nodeMade(key, now: now) }
        }
    }

    private func addJob(_ id: String, _ more: JSONValue = [:], to state: inout BatchState) {
        var properties: JSONValue = ["id": .string(id), "poolInfo": ["poolId": "pool"]]
        for (name, value) in more.object ?? [:] { properties[name] = value }
        let job = JobRecord(
            id: id, created: now, properties: properties, version: BatchResourceVersion(now: now), stateTime: now)
        let isCreated = state.createJob(job, now: now)
        #expect(isCreated)
    }

    private func addTask(_ id: String, _ more: JSONValue = [:], to job: String, of state: inout BatchState) {
        var properties: JSONValue = ["id": .string(id), "commandLine": "true"]
        for (name, value) in more.object ?? [:] { properties[name] = value }
        let isAdded = state.addTask(TaskRecord(id: id, properties: properties, now: now), to: job, now: now)
        #expect(isAdded)
    }

    /// The runs that the state asks for, as job/task and node.
    private func started(_ state: inout BatchState) -> [(run: RunKey, task: String, node: String)] {
        state.takeEffects().compactMap { effect in
            guard case .run(let run, let assignment) = effect else { return nil }
            return (run, assignment.task.map { "\($0.job)/\($0.task)" } ?? "start", assignment.node)
        }
    }

    private static func failed(_ code: Int32 = 1) -> TaskOutcome { TaskOutcome(.exited(code)) }

    @Test("Tasks run in the order in which they came, one a slot")
    func order() {
        var state = state(nodes: 2)
        addJob("job", to: &state)
        for id in ["a", "b", "c"] { addTask(id, to: "job", of: &state) }
        state.schedule(now: now)
        let first = started(&state)
        #expect(first.map(\.task) == ["job/a", "job/b"])
        #expect(Set(first.map(\.node)).count == 2)
        state.runEnded(first[1].run, outcome: TaskOutcome(.exited(0)), now: now)
        let next = started(&state)
        #expect(next.map(\.task) == ["job/c"] && next.first?.node == first[1].node)
        #expect(state.jobs["job"]?.counts.tasks == TaskCounts.Numbers(running: 2, completed: 1, succeeded: 1))
    }

    @Test("Jobs of higher priority come first, then older ones")
    func priorities() {
        var state = state(nodes: 0)
        addJob("old", to: &state)
        addJob("low", ["priority": -5], to: &state)
        addJob("high", ["priority": 5], to: &state)
        addJob("new", to: &state)
        for job in ["new", "low", "high", "old"] { addTask("t", to: job, of: &state) }
        state.resizePool("pool", dedicated: 4, lowPriority: 0, removing: .requeue, now: now)
        makeNodes(&state)
        let runs1 = started(&state)
        #expect(runs1.map(\.task) == ["high/t", "old/t", "new/t", "low/t"])
    }

    @Test("Slots are filled by spreading or by packing", arguments: [(false, [1, 1, 0]), (true, [2, 0, 0])])
    func filling(packs: Bool, expected: [Int]) {
        var state = state(nodes: 3, slots: 2, packs: packs)
        addJob("job", to: &state)
        for id in ["a", "b"] { addTask(id, to: "job", of: &state) }
        state.schedule(now: now)
        #expect(state.pools["pool"]?.nodes.records.map(\.usedSlots).sorted(by: >) == expected)
    }

    @Test("A task that takes several slots waits for them, and fails where no node has as many")
    func slots() {
        var state = state(slots: 2)
        addJob("job", to: &state)
        addTask("small", to: "job", of: &state)
        addTask("large", ["requiredSlots": 2], to: "job", of: &state)
        addTask("huge", ["requiredSlots": 3], to: "job", of: &state)
        state.schedule(now: now)
        let first = started(&state)
        #expect(first.map(\.task) == ["job/small"])
        state.runEnded(first[0].run, outcome: TaskOutcome(.exited(0)), now: now)
        let second = started(&state)
        #expect(second.map(\.task) == ["job/large"])
        state.runEnded(second[0].run, outcome: TaskOutcome(.exited(0)), now: now)
        let runs2 = started(&state)
        #expect(runs2.isEmpty)
        #expect(state.jobs["job"]?.tasks["huge"]?.execution.outcome?.failure == .unschedulable)
    }

    @Test("A job runs no more tasks at a time than it may")
    func parallelTasks() {
        var state = state(nodes: 5)
        addJob("job", ["maxParallelTasks": 2], to: &state)
        for id in ["a", "b", "c"] { addTask(id, to: "job", of: &state) }
        state.schedule(now: now)
        let runs3 = started(&state)
        #expect(runs3.count == 2)
    }

    @Test("A failed task is tried again before the others, until it may no more")
    func retries() {
        var state = state()
        addJob("job", ["constraints": ["maxTaskRetryCount": 1]], to: &state)
        for id in ["a", "b"] { addTask(id, to: "job", of: &state) }
        state.schedule(now: now)
        let first = started(&state)
        state.runEnded(first[0].run, outcome: Self.failed(), now: now)
        let second = started(&state)
        #expect(second.map(\.task) == ["job/a"])
        state.runEnded(second[0].run, outcome: Self.failed(), now: now)
        let runs4 = started(&state)
        #expect(runs4.map(\.task) == ["job/b"])
        let task = state.jobs["job"]?.tasks["a"]
        #expect(task?.state == .completed && task?.execution.retryCount == 1 && task?.hasSucceeded == false)
    }

    @Test("The tasks of a node that is taken away go back into the queue")
    func shrinking() {
        var state = state()
        addJob("job", to: &state)
        addTask("a", to: "job", of: &state)
        state.schedule(now: now)
        let run = started(&state)[0].run
        state.resizePool("pool", dedicated: 0, lowPriority: 0, removing: .requeue, now: now)
        #expect(state.pools["pool"]?.allocation == .resizing)
        var outcome = Self.failed(137)
        outcome.wasStopped = true
        state.runEnded(run, outcome: outcome, now: now)
        let task = state.jobs["job"]?.tasks["a"]
        #expect(task?.state == .active && task?.execution.requeueCount == 1)
        for effect in state.takeEffects() {
            if case .removeNode(let key) = effect { state.nodeGone(key, now: now) }
        }
        #expect(state.pools["pool"]?.allocation == .steady && state.pools["pool"]?.nodes.isEmpty == true)
        state.resizePool("pool", dedicated: 1, lowPriority: 0, removing: .requeue, now: now)
        makeNodes(&state)
        let runs5 = started(&state)
        #expect(runs5.map(\.task) == ["job/a"])
    }

    @Test("A node may be left to finish its tasks first")
    func shrinkingLater() {
        var state = state()
        addJob("job", to: &state)
        for id in ["a", "b"] { addTask(id, to: "job", of: &state) }
        state.schedule(now: now)
        let run = started(&state)[0].run
        state.resizePool("pool", dedicated: 0, lowPriority: 0, removing: .taskCompletion, now: now)
        state.runEnded(run, outcome: TaskOutcome(.exited(0)), now: now)
        let runs6 = started(&state)
        #expect(runs6.isEmpty)
        #expect(state.pools["pool"]?.nodes.records.allSatisfy { $0.state == .leavingPool } == true)
        #expect(state.jobs["job"]?.tasks["b"]?.state == .active)
    }

    @Test("A task waits for those that it depends on")
    func dependencies() {
        var state = state(nodes: 3)
        addJob("job", ["usesTaskDependencies": true], to: &state)
        addTask(
            "last", ["dependsOn": ["taskIds": ["a"], "taskIdRanges": [["start": 1, "end": 2]]]], to: "job", of: &state)
        for id in ["a", "1", "2"] { addTask(id, to: "job", of: &state) }
        state.schedule(now: now)
        let first = started(&state)
        #expect(first.map(\.task) == ["job/a", "job/1", "job/2"])
        for run in first.dropLast() { state.runEnded(run.run, outcome: TaskOutcome(.exited(0)), now: now) }
        let runs7 = started(&state)
        #expect(runs7.isEmpty)
        state.runEnded(first[2].run, outcome: TaskOutcome(.exited(0)), now: now)
        let runs8 = started(&state)
        #expect(runs8.map(\.task) == ["job/last"])
    }

    @Test("A failed task blocks those that depend on it, unless its exit conditions say otherwise")
    func failedDependency() {
        var state = state(nodes: 2)
        addJob("job", ["usesTaskDependencies": true], to: &state)
        addTask(
            "a", ["exitConditions": ["exitCodes": [["code": 3, "exitOptions": ["dependencyAction": "satisfy"]]]]],
            to: "job", of: &state)
        addTask("b", to: "job", of: &state)
        addTask("afterA", ["dependsOn": ["taskIds": ["a"]]], to: "job", of: &state)
        addTask("afterB", ["dependsOn": ["taskIds": ["b"]]], to: "job", of: &state)
        state.schedule(now: now)
        for run in started(&state) { state.runEnded(run.run, outcome: Self.failed(3), now: now) }
        let runs9 = started(&state)
        #expect(runs9.map(\.task) == ["job/afterA"])
    }

    @Test("A job ends with its tasks when it is to, when its time is up, and when a task asks for it")
    func jobEnds() {
        var state = state()
        addJob("job", to: &state)
        addTask("a", to: "job", of: &state)
        state.schedule(now: now)
        state.changeJob("job", now: now) { $0["onAllTasksComplete"] = "terminatejob" }
        #expect(state.jobs["job"]?.state == .active)
        state.runEnded(started(&state)[0].run, outcome: TaskOutcome(.exited(0)), now: now)
        #expect(state.jobs["job"]?.state == .completed && state.jobs["job"]?.terminateReason == "AllTasksComplete")

        addJob("short", ["constraints": ["maxWallClockTime": "PT1M"]], to: &state)
        addTask("a", to: "short", of: &state)
        state.checkTimes(now: now.addingTimeInterval(59))
        #expect(state.jobs["short"]?.state == .active)
        state.checkTimes(now: now.addingTimeInterval(60))
        #expect(state.jobs["short"]?.state == .completed)
        #expect(state.jobs["short"]?.terminateReason == "MaxWallClockTimeExpiry")
        #expect(state.jobs["short"]?.tasks["a"]?.execution.outcome?.failure == .endedByUser)

        addJob("strict", ["onTaskFailure": "performexitoptionsjobaction"], to: &state)
        addTask("a", ["exitConditions": ["default": ["jobAction": "terminate"]]], to: "strict", of: &state)
        state.schedule(now: now)
        state.runEnded(started(&state)[0].run, outcome: Self.failed(), now: now)
        #expect(state.jobs["strict"]?.state == .completed && state.jobs["strict"]?.terminateReason == "TaskFailed")
    }

    @Test("A disabled job holds its tasks until it is enabled")
    func disabling() {
        var state = state()
        addJob("job", to: &state)
        for id in ["a", "b"] { addTask(id, to: "job", of: &state) }
        state.schedule(now: now)
        let run = started(&state)[0].run
        state.disableJob("job", .requeue, now: now)
        #expect(state.jobs["job"]?.state == .disabling)
        var outcome = Self.failed(137)
        outcome.wasStopped = true
        state.runEnded(run, outcome: outcome, now: now)
        let runs10 = started(&state)
        #expect(state.jobs["job"]?.state == .disabled && runs10.isEmpty)
        state.enableJob("job", now: now)
        let runs11 = started(&state)
        #expect(runs11.map(\.task) == ["job/a"])
    }

    @Test("Twenty thousand tasks are queued and found", .timeLimit(.minutes(5)))
    func manyTasks() {
        var state = state(nodes: 0)
        addJob("job", to: &state)
        for number in 0..<20_000 {
            let task = TaskRecord(id: "t\(number)", properties: ["id": "t", "commandLine": "true"], now: now)
            guard state.addTask(task, to: "job", now: now) else { return #expect(Bool(false)) }
        }
        #expect(state.jobs["job"]?.counts.tasks.active == 20_000)
        #expect(state.jobs["job"]?.tasks["T19999"]?.id == "t19999")
        // Many at once on one node: each end brings the next, and none copies the whole queue.
        state.resizePool("pool", dedicated: 1, lowPriority: 0, removing: .requeue, now: now)
        makeNodes(&state)
        var current = started(&state)
        #expect(current.count == 1)
        for _ in 0..<2000 {
            state.runEnded(current[0].run, outcome: TaskOutcome(.exited(0)), now: now)
            current = started(&state)
        }
        #expect(state.jobs["job"]?.counts.tasks.succeeded == 2000)
    }
}

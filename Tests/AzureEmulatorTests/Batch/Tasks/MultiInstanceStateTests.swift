import Foundation
import Testing

@testable import AzureEmulator

/// What is expected here stands in the article on multi-instance tasks (MPI) in Batch: which pools take them, when the
/// application runs, what fails the task.
@Suite("Multi-instance tasks in the scheduler")
struct MultiInstanceStateTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    private typealias Start = (run: RunKey, assignment: TaskAssignment)

    private func state(
        nodes: Int, talks: Bool = true, slots: Int64 = 1, job: JSONValue = [:]
    ) -> BatchState {
        var state = BatchState(nodeQuota: 100)
        _ = state.createPool(
            PoolRecord(
                id: "pool", created: now,
                properties: [
                    "id": "pool", "enableInterNodeCommunication": .bool(talks), "taskSlotsPerNode": .integer(slots),
                ], version: BatchResourceVersion(now: now), stateTime: now, allocationTime: now,
                targetDedicated: nodes, targetLowPriority: 0), now: now)
        makeNodes(&state)
        var properties: JSONValue = ["id": "job", "poolInfo": ["poolId": "pool"]]
        for (name, value) in job.object ?? [:] { properties[name] = value }
        _ = state.createJob(
            JobRecord(
                id: "job", created: now, properties: properties, version: BatchResourceVersion(now: now), stateTime: now
            ),
            now: now)
        return state
    }

    private func makeNodes(_ state: inout BatchState) {
        for effect in state.takeEffects() {
            if case .makeNode(let key) = effect { state.nodeMade(key, now: now) }
        }
    }

    private func add(_ id: String, instances: Int64? = nil, _ more: JSONValue = [:], to state: inout BatchState) {
        var properties: JSONValue = ["id": .string(id), "commandLine": "true"]
        for (name, value) in more.object ?? [:] { properties[name] = value }
        if let instances {
            properties["multiInstanceSettings"] = [
                "numberOfInstances": .integer(instances), "coordinationCommandLine": "true",
            ]
        }
        _ = state.addTask(TaskRecord(id: id, properties: properties, now: now), to: "job", now: now)
        state.schedule(now: now)
    }

    private func started(_ state: inout BatchState) -> [Start] {
        state.takeEffects().compactMap { effect in
            if case .run(let run, let assignment) = effect { (run, assignment) } else { nil }
        }
    }

    /// The runs that may go on, and those that are to end.
    private func signals(_ state: inout BatchState) -> (proceed: [RunKey], stop: [RunKey]) {
        var (proceed, stop): ([RunKey], [RunKey]) = ([], [])
        for effect in state.takeEffects() {
            if case .proceed(let run) = effect { proceed.append(run) }
            if case .stop(let run) = effect { stop.append(run) }
        }
        return (proceed, stop)
    }

    private static let good = TaskOutcome(.exited(0))
    private static let stopped = TaskOutcome(.stopped)

    @Test("A task waits for all its nodes, runs when all are coordinated, and ends its subtasks")
    func life() throws {
        var state = state(nodes: 3)
        add("before", to: &state)
        let before = started(&state)
        add("wide", instances: 3, to: &state)
        add("after", to: &state)
        #expect(started(&state).isEmpty)
        state.runEnded(before[0].run, outcome: Self.good, now: now)
        let parts = started(&state)
        #expect(parts.map(\.assignment.instance?.index) == [0, 1, 2] && Set(parts.map(\.assignment.node)).count == 3)
        for part in parts { state.runStarted(part.run, now: now) }
        #expect(state.jobs["job"]?.tasks["wide"]?.state == .running)
        #expect(state.jobs["job"]?.counts.tasks.running == 1)
        for part in parts.dropLast() { state.instanceCoordinated(part.run, now: now) }
        #expect(signals(&state).proceed.isEmpty)
        state.instanceCoordinated(parts[2].run, now: now)
        #expect(signals(&state).proceed == [parts[0].run])
        state.runEnded(parts[0].run, outcome: TaskOutcome(.exited(0)), now: now)
        let end = signals(&state)
        #expect(Set(end.proceed) == [parts[1].run, parts[2].run] && end.stop.isEmpty)
        #expect(state.jobs["job"]?.tasks["wide"]?.state == .running)
        state.runEnded(parts[1].run, outcome: Self.good, now: now)
        state.runEnded(parts[2].run, outcome: Self.good, now: now)
        let task = try #require(state.jobs["job"]?.tasks["wide"])
        #expect(task.hasSucceeded && task.execution.run == nil && task.execution.node?.node == parts[0].assignment.node)
        #expect(task.execution.instances.allSatisfy { $0.state == .completed && $0.outcome?.exitCode == 0 })
        #expect(state.runs.count == 1 && state.jobs["job"]?.tasks["after"]?.state == .preparing)
    }

    @Test("A pool without talk between nodes, or with several slots, never runs it; tasks behind it go on")
    func unfitPools() {
        for (talks, slots) in [(false, Int64(1)), (true, 2)] {
            var state = state(nodes: 2, talks: talks, slots: slots)
            add("wide", instances: 2, to: &state)
            add("other", to: &state)
            #expect(started(&state).map(\.assignment.task?.task) == ["other"])
            #expect(state.jobs["job"]?.tasks["wide"]?.state == .active)
            // Once the pool takes it, it runs.
            state.pools["pool"]?.properties["enableInterNodeCommunication"] = true
            state.pools["pool"]?.properties["taskSlotsPerNode"] = 1
            state.resizePool("pool", dedicated: 3, lowPriority: 0, removing: .requeue, now: now)
            for effect in state.takeEffects() {
                if case .makeNode(let key) = effect { state.nodeMade(key, now: now) }
            }
            #expect(started(&state).count == 2)
        }
    }

    @Test("One failed coordination command fails all, and the task is tried again from the start")
    func failedSubtask() throws {
        var state = state(nodes: 2)
        add("wide", instances: 2, ["constraints": ["maxTaskRetryCount": 1]], to: &state)
        for retry in 0...1 {
            let parts = started(&state)
            try #require(parts.count == 2)
            state.instanceCoordinated(parts[0].run, now: now)
            state.runEnded(parts[1].run, outcome: TaskOutcome(.exited(7)), now: now)
            // The primary task is coordinated, but in the middle of its part.
            #expect(signals(&state).stop == [parts[0].run])
            state.runEnded(parts[0].run, outcome: Self.stopped, now: now)
            let task = try #require(state.jobs["job"]?.tasks["wide"])
            #expect(task.execution.retryCount == 1 && task.state == (retry == 0 ? .preparing : .completed))
        }
        let outcome = state.jobs["job"]?.tasks["wide"]?.execution.outcome
        #expect(outcome?.exitCode == 7 && outcome?.failure == .exitCode && state.runs.isEmpty)
    }

    @Test("A node that goes takes the whole task back into the queue")
    func lostNode() throws {
        var state = state(nodes: 3)
        add("wide", instances: 2, to: &state)
        let parts = started(&state)
        let lost = NodeKey(pool: "pool", node: parts[1].assignment.node)
        state.remove(lost, .requeue, now: now)
        #expect(signals(&state).stop == [parts[1].run])
        state.runEnded(parts[1].run, outcome: Self.stopped, now: now)
        #expect(signals(&state).stop == [parts[0].run])
        state.runEnded(parts[0].run, outcome: Self.stopped, now: now)
        let again = started(&state)
        #expect(again.count == 2 && !again.map(\.assignment.node).contains(lost.node))
        #expect(state.jobs["job"]?.tasks["wide"]?.execution.requeueCount == 1)
    }

    @Test("Ending, deleting and expiry reach all parts and the files on all nodes")
    func endings() throws {
        var state = state(nodes: 2)
        add("wide", instances: 2, to: &state)
        var parts = started(&state)
        let isEnded = state.terminateTask("job", "wide", now: now)
        #expect(isEnded)
        state.runEnded(parts[0].run, outcome: Self.stopped, now: now)
        let again = state.terminateTask("job", "wide", now: now)
        #expect(again && state.jobs["job"]?.tasks["wide"]?.state == .preparing)
        state.runEnded(parts[1].run, outcome: Self.stopped, now: now)
        #expect(state.jobs["job"]?.tasks["wide"]?.execution.outcome?.failure == .endedByUser)
        state.checkTimes(now: now.addingTimeInterval(8 * 86_400))
        #expect(removals(&state) == 2)
        state.deleteTask("job", "wide", now: now)
        #expect(removals(&state) == 0)

        add("second", instances: 2, to: &state)
        parts = started(&state)
        state.deleteTask("job", "second", now: now)
        #expect(signals(&state).stop.count == 2)
        for part in parts { state.runEnded(part.run, outcome: Self.stopped, now: now) }
        #expect(removals(&state) == 2 && state.runs.isEmpty)
        let nodes = state.pools["pool"]?.nodes.records.map { $0 } ?? []
        #expect(nodes.allSatisfy { $0.usedSlots == 0 && $0.state == .idle })
    }

    private func removals(_ state: inout BatchState) -> Int {
        state.takeEffects().count { effect in
            if case .removeFiles = effect { true } else { false }
        }
    }
}

import Foundation
import Testing

@testable import AzureEmulator

@Suite("Tasks that depend on others, and tasks that are tried again")
struct BatchDependencyTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    /// A state with a pool whose nodes are ready, and a job in which tasks may depend on others.
    private func state(nodes: Int = 1, _ job: JSONValue = [:]) -> BatchState {
        var state = BatchState(nodeQuota: 100)
        let pool = PoolRecord(
            id: "pool", created: now, properties: ["id": "pool"], version: BatchResourceVersion(now: now),
            stateTime: now, allocationTime: now, targetDedicated: nodes, targetLowPriority: 0)
        let isPoolCreated = state.createPool(pool, now: now)
        #expect(isPoolCreated)
        for case .makeNode(let key) in state.takeEffects() { state.nodeMade(key, now: now) }
        var properties: JSONValue = ["id": "job", "poolInfo": ["poolId": "pool"], "usesTaskDependencies": true]
        for (name, value) in job.object ?? [:] { properties[name] = value }
        let record = JobRecord(
            id: "job", created: now, properties: properties, version: BatchResourceVersion(now: now), stateTime: now)
        let isJobCreated = state.createJob(record, now: now)
        #expect(isJobCreated)
        return state
    }

    private func add(_ id: String, _ more: JSONValue = [:], to state: inout BatchState) {
        var properties: JSONValue = ["id": .string(id), "commandLine": "true"]
        for (name, value) in more.object ?? [:] { properties[name] = value }
        let isAdded = state.addTask(TaskRecord(id: id, properties: properties, now: now), to: "job", now: now)
        #expect(isAdded)
    }

    private func started(_ state: inout BatchState) -> [(run: RunKey, task: String, node: String)] {
        state.takeEffects().compactMap { effect in
            guard case .run(let run, let assignment) = effect else { return nil }
            return (run, assignment.task?.task ?? "", assignment.node)
        }
    }

    /// Runs everything that can run, to a good end.
    private func runAll(_ state: inout BatchState) -> [String] {
        var order: [String] = []
        state.schedule(now: now)
        var open = started(&state)
        while !open.isEmpty {
            for run in open {
                order.append(run.task)
                state.runEnded(run.run, outcome: TaskOutcome(.exited(0)), now: now)
            }
            open = started(&state)
        }
        return order
    }

    // The witness is the service as its users report it; no page of the documentation was found that says so: ranges
    // are resolved by number, so that 4, 04 and 004 are all task 4, and the first one to complete satisfies the
    // dependency.
    @Test("Leading zeros of ids do not count for a range, and one task of a number is enough")
    func leadingZeros() {
        var state = state()
        add("last", ["dependsOn": ["taskIdRanges": [["start": 4, "end": 5]]]], to: &state)
        add("4", to: &state)
        add("05", to: &state)
        add("005", ["dependsOn": ["taskIds": ["never"]]], to: &state)
        #expect(runAll(&state) == ["4", "05", "last"])
        #expect(state.jobs["job"]?.tasks["005"]?.state == .active)
    }

    @Test("An id in a list is that task alone, whatever its case, and not one of the same number")
    func listedIDs() {
        var state = state()
        add("byCase", ["dependsOn": ["taskIds": ["A"]]], to: &state)
        add("byNumber", ["dependsOn": ["taskIds": ["4"]]], to: &state)
        for id in ["a", "04"] { add(id, to: &state) }
        #expect(runAll(&state) == ["a", "04", "byCase"])
        #expect(state.jobs["job"]?.tasks["byNumber"]?.state == .active)
    }

    @Test("A task that waits can be ended, deleted and queued again, and waits again for what it depends on")
    func changesWhileWaiting() {
        var state = state()
        add("ended", ["dependsOn": ["taskIds": ["a"]]], to: &state)
        add("deleted", ["dependsOn": ["taskIds": ["a"]]], to: &state)
        add("again", ["dependsOn": ["taskIds": ["a", "b"]]], to: &state)
        for id in ["ended", "again"] {
            let isEnded = state.terminateTask("job", id, now: now)
            #expect(isEnded)
        }
        state.reactivateTask("job", "again", now: now)
        state.deleteTask("job", "deleted", now: now)
        add("a", to: &state)
        #expect(runAll(&state) == ["a"])
        #expect(state.jobs["job"]?.tasks["again"]?.state == .active)
        add("b", to: &state)
        #expect(runAll(&state) == ["b", "again"])
    }

    @Test("Those that depend on a failed task stay active, and run once it was done again with success")
    func failedDependency() throws {
        var state = state()
        add("first", to: &state)
        add("second", ["dependsOn": ["taskIds": ["first"]]], to: &state)
        add("third", ["dependsOn": ["taskIds": ["second"]]], to: &state)
        state.schedule(now: now)
        let run = try #require(started(&state).first)
        state.runEnded(run.run, outcome: TaskOutcome(.exited(1)), now: now)
        #expect(runAll(&state).isEmpty)
        #expect(["second", "third"].allSatisfy { state.jobs["job"]?.tasks[$0]?.state == .active })
        state.reactivateTask("job", "first", now: now)
        let again = started(&state)
        #expect(again.map(\.task) == ["first"])
        state.runEnded(try #require(again.first).run, outcome: TaskOutcome(.exited(0)), now: now)
        let rest = started(&state)
        #expect(rest.map(\.task) == ["second"])
    }

    @Test("Three thousand tasks in a chain cost no more than their number", .timeLimit(.minutes(5)))
    func longChain() {
        var state = state()
        let count = 3000
        add("t0", to: &state)
        for number in 1..<count {
            add("t\(number)", ["dependsOn": ["taskIds": [.string("t\(number - 1)")]]], to: &state)
        }
        #expect(runAll(&state).count == count)
    }

    @Test(
        "Ranges that overlap, and one over all numbers, cost no more than the tasks that there are",
        .timeLimit(.minutes(5)))
    func wideRanges() {
        var state = state(nodes: 0)
        let ranges: [JSONValue] = (0..<4000).map { ["start": 0, "end": .integer(Int64(Int32.max) - $0)] }
        for number in 0..<1000 { add("\(number)", to: &state) }
        add("last", ["dependsOn": ["taskIdRanges": .array(ranges)]], to: &state)
        for number in 0..<1000 {
            guard let place = state.jobs["job"]?.tasks.index(of: "\(number)") else { continue }
            state.complete("job", place, TaskOutcome(exitCode: 0), now: now)
        }
        #expect(state.jobs["job"]?.tasks["last"]?.state == .active)
    }

    @Test(
        "Numbers of ids are read whole, or not at all",
        arguments: [
            ("0", 0), ("000", 0), ("007", 7), ("2147483647", 2_147_483_647), ("", nil), ("x", nil), ("1x", nil),
            ("-1", nil), ("+1", nil), ("99999999999", nil), ("٣", nil),
            (String(repeating: "0", count: 63) + "1", 1),
        ] as [(String, Int64?)])
    func numbers(id: String, number: Int64?) {
        #expect(TaskDependencies.number(id) == number)
    }

    // The witness is the service's maintainers (issue 14 of the repository Azure/Batch): a retry that the user asked
    // for is local, in the same directory, so that nothing has to be downloaded again.
    @Test("A task is tried again on its node, though another is free, and elsewhere only when that takes no tasks")
    func retriesStayOnTheirNode() throws {
        var state = state(nodes: 2, ["constraints": ["maxTaskRetryCount": 3]])
        for id in ["a", "b"] { add(id, to: &state) }
        state.schedule(now: now)
        let first = started(&state)
        let b = try #require(first.first { $0.task == "b" })
        let a = try #require(first.first { $0.task == "a" })
        state.runEnded(a.run, outcome: TaskOutcome(.exited(0)), now: now)
        state.runEnded(b.run, outcome: TaskOutcome(.exited(1)), now: now)
        let second = started(&state)
        #expect(second.map(\.node) == [b.node])
        #expect(state.jobs["job"]?.tasks["b"]?.execution.retryCount == 1)
        state.pools["pool"]?.nodes[b.node]?.takesTasks = false
        state.runEnded(try #require(second.first).run, outcome: TaskOutcome(.exited(1)), now: now)
        let third = started(&state)
        #expect(third.map(\.node) == [a.node])
    }
}

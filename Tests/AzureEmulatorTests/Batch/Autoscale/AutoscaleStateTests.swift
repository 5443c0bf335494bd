import Foundation
import Testing

@testable import AzureEmulator

@Suite("Pools that scale themselves, in simulated time")
struct AutoscaleStateTests {
    /// The scheduler, with a world that makes nodes at once and runs tasks until it is told otherwise.
    private struct World {
        var state = BatchState(nodeQuota: 100)
        var now = Date(timeIntervalSince1970: 1_800_000_000)
        var running: [RunKey] = []
        /// The measurements that the state has asked for and not got.
        var measurements = 0

        static let pendingTasks = """
            $samples = $PendingTasks.GetSamplePercent(TimeInterval_Minute * 2);
            $TargetDedicatedNodes = $samples < 70 ? 0 : min(5, avg($PendingTasks.GetSample(TimeInterval_Minute * 2)));
            $NodeDeallocationOption = taskcompletion;
            """

        mutating func makePool(_ formula: String? = pendingTasks, minutes: Int64 = 5) throws {
            let autoscale = try formula.map {
                PoolAutoscale(
                    formula: try AutoscaleFormula($0), interval: .seconds(minutes * 60), names: .current, now: now)
            }
            let pool = PoolRecord(
                id: "pool", created: now, properties: ["id": "pool"], version: BatchResourceVersion(now: now),
                stateTime: now, allocationTime: now, targetDedicated: 0, targetLowPriority: 0, autoscale: autoscale)
            let isCreated = state.createPool(pool, now: now)
            #expect(isCreated)
            settle()
        }

        mutating func addTasks(_ ids: [String], _ more: JSONValue = [:], toJob job: String = "job") {
            if state.jobs[job] == nil {
                let properties: JSONValue = [
                    "id": .string(job), "poolInfo": ["poolId": "POOL"], "usesTaskDependencies": true,
                ]
                let record = JobRecord(
                    id: job, created: now, properties: properties, version: BatchResourceVersion(now: now),
                    stateTime: now)
                _ = state.createJob(record, now: now)
            }
            for id in ids {
                var properties: JSONValue = ["id": .string(id), "commandLine": "true"]
                for (name, value) in more.object ?? [:] { properties[name] = value }
                _ = state.addTask(TaskRecord(id: id, properties: properties, now: now), to: job, now: now)
            }
            state.schedule(now: now)
            settle()
        }

        /// Does what the state asks for.
        mutating func settle() {
            while case let effects = state.takeEffects(), !effects.isEmpty {
                for effect in effects {
                    switch effect {
                    case .makeNode(let key): state.nodeMade(key, now: now)
                    case .removeNode(let key): state.nodeGone(key, now: now)
                    case .run(let key, _): running.append(key)
                    case .measure(let delay):
                        #expect(delay == .seconds(30))
                        measurements += 1
                    default: break
                    }
                }
            }
        }

        mutating func endRuns() {
            while let run = running.popLast() {
                state.runEnded(run, outcome: TaskOutcome(.exited(0)), now: now)
                settle()
            }
        }

        /// Lets time pass in steps of half a minute, in each of which the pools are measured.
        mutating func pass(minutes: Double) {
            for _ in 0..<Int(minutes * 2) {
                now += 30
                measurements -= 1
                state.measurePools(now: now)
                settle()
            }
        }

        var pool: PoolRecord? { state.pools["pool"] }
        var nodes: Int? { pool?.nodes.count }
        var results: String { pool?.autoscale?.run?.results ?? "" }
    }

    @Test("A pool goes from 0 to 5 nodes with its tasks, and back to 0 when they have ended")
    func upAndDown() throws {
        var world = World()
        try world.makePool()
        world.addTasks((0..<8).map { "t\($0)" })
        #expect(world.nodes == 0 && world.results.hasPrefix("$TargetDedicatedNodes=0;"))
        world.pass(minutes: 4.5)
        #expect(world.nodes == 0)
        world.pass(minutes: 0.5)
        #expect(world.nodes == 5 && world.running.count == 5 && world.pool?.targetDedicated == 5)
        #expect(world.results.contains(";$NodeDeallocationOption=taskcompletion;$samples=100"))
        world.endRuns()
        #expect(world.state.jobs["job"]?.counts.tasks.succeeded == 8)
        world.pass(minutes: 4.5)
        #expect(world.nodes == 5)
        world.pass(minutes: 0.5)
        #expect(world.nodes == 0 && world.pool?.targetDedicated == 0 && world.pool?.allocation == .steady)
        #expect(world.measurements == 1)
    }

    @Test("With taskcompletion a node with a task stays until that has ended, with requeue it goes at once")
    func deallocationOptions() throws {
        for (option, nodes) in [("taskcompletion", 1), ("requeue", 0)] {
            var world = World()
            try world.makePool(
                "$NodeDeallocationOption=\(option);$TargetDedicatedNodes=time()<time(\"2027-01-15T08:05:00Z\")?1:0")
            world.addTasks(["t"])
            #expect(world.nodes == 1 && world.running.count == 1)
            world.pass(minutes: 5)
            // A run that is being ended still has its node.
            #expect(world.pool?.targetDedicated == 0 && world.nodes == 1)
            #expect(world.pool?.nodes.records.contains { $0.leavesWhenEmpty } == (nodes == 1))
            world.endRuns()
            #expect(world.nodes == 0)
        }
    }

    @Test(
        "A pool that is to grow again keeps the nodes that were to go with their tasks, and has its number in the end")
    func growsAgain() throws {
        var world = World()
        try world.makePool(
            "m=time().minute;$NodeDeallocationOption=taskcompletion;$TargetDedicatedNodes=m==5?0:m==10?2:3")
        world.addTasks(["a", "b", "c"])
        #expect(world.running.count == 3)
        world.pass(minutes: 5)
        #expect(world.pool?.nodes.records.count { $0.leavesWhenEmpty } == 3)
        world.pass(minutes: 5)
        #expect(world.pool?.nodes.records.count { $0.leavesWhenEmpty } == 1)
        world.endRuns()
        #expect(world.nodes == 2 && world.pool?.allocation == .steady)
        world.addTasks(["d"])
        #expect(world.running.count == 1)
        world.pass(minutes: 5)
        #expect(world.nodes == 3)
    }

    @Test("A resize that is stopped leaves the nodes that were to go with their tasks, as it says")
    func stoppedResize() throws {
        var world = World()
        try world.makePool("$TargetDedicatedNodes=1")
        world.addTasks(["a", "b"])
        world.state.disableAutoscale("pool", now: world.now)
        world.state.resizePool("pool", dedicated: 0, lowPriority: 0, removing: .taskCompletion, now: world.now)
        world.state.stopResize("pool", now: world.now)
        #expect(world.pool?.targetDedicated == 1 && world.pool?.allocation == .steady)
        world.endRuns()
        #expect(world.nodes == 1 && world.state.jobs["job"]?.counts.tasks.succeeded == 2)
    }

    @Test("A pool that got too few nodes for want of quota gets the rest at an evaluation after some are free")
    func quota() throws {
        var world = World(state: BatchState(nodeQuota: 3))
        let other = PoolRecord(
            id: "other", created: world.now, properties: ["id": "other"], version: BatchResourceVersion(now: world.now),
            stateTime: world.now, allocationTime: world.now, targetDedicated: 2, targetLowPriority: 0)
        let isCreated = world.state.createPool(other, now: world.now)
        #expect(isCreated)
        world.settle()
        try world.makePool("$TargetDedicatedNodes=3")
        #expect(world.nodes == 1 && world.pool?.resizeErrors.count == 1)
        world.state.deletePool("other", now: world.now)
        world.settle()
        world.pass(minutes: 5)
        #expect(world.nodes == 3 && world.pool?.resizeErrors.isEmpty == true)
    }

    @Test("Samples count the tasks of the pool's jobs; those that wait for other tasks are not active")
    func samples() throws {
        var world = World()
        try world.makePool("$TargetDedicatedNodes=1")
        world.addTasks(["a", "b"])
        world.addTasks(["c"], ["dependsOn": ["taskIds": ["b"]]])
        world.addTasks(["d"], toJob: "other")
        world.pass(minutes: 0.5)
        let first = try #require(world.pool?.history.samples.last?.values)
        #expect(
            first
                == AutoscaleSample.Values(activeTasks: 2, runningTasks: 1, dedicatedNodes: 1, usableNodes: 1))
        world.endRuns()
        world.pass(minutes: 0.5)
        let last = try #require(world.pool?.history.samples.last?.values)
        #expect(last == AutoscaleSample.Values(succeededTasks: 4, dedicatedNodes: 1, usableNodes: 1))
    }

    @Test("A formula that fails leaves the pool as it is and says why; the next evaluation tries again")
    func failure() throws {
        var world = World()
        try world.makePool("$TargetDedicatedNodes=3;x=$ActiveTasks.GetSample(TimeInterval_Minute*4, 90)")
        #expect(world.nodes == 0)
        #expect(world.pool?.autoscale?.run?.error?.code == "InsufficientSampleData")
        world.pass(minutes: 5)
        #expect(world.nodes == 3 && world.pool?.autoscale?.run?.error == nil)
    }

    @Test("The schedule keeps its distances, skips what was missed and outlives a clock that is set back")
    func schedule() throws {
        var world = World()
        try world.makePool("$TargetDedicatedNodes=0")
        let start = world.now
        func last() -> TimeInterval? { world.pool?.autoscale?.run?.timestamp.timeIntervalSince(start) }
        #expect(last() == 0)
        // The machine sleeps for half an hour.
        world.now += 1795
        world.pass(minutes: 0.5)
        #expect(last() == 1825)
        world.pass(minutes: 4.5)
        #expect(last() == 1825)
        world.pass(minutes: 0.5)
        #expect(last() == 2125)
        let day: TimeInterval = 86_400
        world.now -= day
        world.pass(minutes: 0.5)
        #expect(last() == 2155 - day)
        world.pass(minutes: 5)
        #expect(last() == 2455 - day)
    }

    @Test("Pools without a formula are measured, too; without any pool nothing is, until there is one again")
    func measuring() throws {
        var world = World()
        try world.makePool(nil)
        world.pass(minutes: 2)
        #expect(world.pool?.history.samples.count == 4 && world.measurements == 1)
        world.state.deletePool("pool", now: world.now)
        world.settle()
        #expect(world.nodes == nil)
        world.pass(minutes: 0.5)
        #expect(world.measurements == 0)
        try world.makePool(nil)
        #expect(world.measurements == 1)
    }

    @Test("A pool that scales itself no more keeps its nodes")
    func disabled() throws {
        var world = World()
        try world.makePool()
        world.addTasks(["t"])
        world.pass(minutes: 5)
        #expect(world.nodes == 1)
        world.endRuns()
        world.state.disableAutoscale("pool", now: world.now)
        world.pass(minutes: 20)
        #expect(world.nodes == 1 && world.pool?.autoscale == nil)
    }
}

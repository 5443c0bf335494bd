import Foundation
import Testing

@testable import AzureEmulator

/// What is expected is what the reference of the REST API says of the properties of `JobManagerTask`, of a job's
/// `allowTaskPreemption` and of `AutoPoolSpecification`.
@Suite("Job managers, preemption and pools of jobs in the scheduler")
struct JobManagerStateTests {
    private static func manager(_ more: JSONValue = [:]) -> JSONValue {
        var task: JSONValue = ["id": "manager", "commandLine": "manage"]
        for (name, value) in more.object ?? [:] { task[name] = value }
        return ["jobManagerTask": task]
    }

    @Test("The job manager is there as soon as its job, has its node for itself, and ends the job with it")
    func manager() {
        var fixture = SchedulerFixture(nodes: 2, slots: 4)
        fixture.addJob("job", Self.manager())
        let manager = fixture.takeStarted()
        #expect(manager.map(\.name) == ["job/manager"])
        #expect(fixture.task("manager")?.properties["runExclusive"] == nil)
        for id in ["a", "b", "c", "d", "e"] { fixture.addTask(id, to: "job") }
        let tasks = fixture.takeStarted()
        #expect(tasks.count == 4 && tasks.allSatisfy { $0.node != manager[0].node })
        fixture.end(manager[0].run)
        #expect(fixture.state.jobs["job"]?.state == .terminating)
        #expect(fixture.task("e")?.state == .completed && fixture.stopped.count == 4)
        fixture.endStopped()
        #expect(fixture.state.jobs["job"]?.terminateReason == "JMComplete")
        #expect(fixture.state.jobs["job"]?.state == .completed)
    }

    @Test("A job manager may share its node, leave the job as it is, and keep off nodes that may go away")
    func modestManager() {
        var fixture = SchedulerFixture(nodes: 0, lowPriority: 1, slots: 4)
        fixture.addJob(
            "job",
            Self.manager([
                "runExclusive": false, "killJobOnCompletion": false, "allowLowPriorityNode": false, "requiredSlots": 2,
            ]))
        fixture.addTask("a", to: "job")
        // The queue is one of the job: what comes after the manager waits, too.
        let runs1 = fixture.takeStarted()
        #expect(runs1.isEmpty)
        fixture.change { state, now in
            state.resizePool("pool", dedicated: 1, lowPriority: 1, removing: .requeue, now: now)
        }
        let started = fixture.takeStarted()
        #expect(started.map(\.name) == ["job/manager", "job/a"])
        #expect(fixture.node(1)?.id == started[0].node && fixture.node(1)?.isDedicated == true)
        fixture.end(started[0].run)
        #expect(fixture.state.jobs["job"]?.state == .active)
    }

    @Test("A manager that fails is tried again before it ends its job")
    func managerRetry() {
        var fixture = SchedulerFixture()
        fixture.addJob("job", Self.manager(["constraints": ["maxTaskRetryCount": 1]]))
        fixture.end(fixture.takeStarted()[0].run, 1)
        #expect(fixture.state.jobs["job"]?.state == .active)
        fixture.end(fixture.takeStarted()[0].run, 1)
        #expect(fixture.state.jobs["job"]?.state == .completed)
    }

    @Test("Tasks of a job that allows it make room for those of a job of higher priority, the youngest first")
    func preemption() {
        var fixture = SchedulerFixture(nodes: 2)
        fixture.addJob("low", ["priority": -10, "allowTaskPreemption": true])
        fixture.addJob("firm", ["priority": -20])
        fixture.addTask("a", to: "firm")
        fixture.addTask("b", to: "low")
        let runs2 = fixture.takeStarted()
        #expect(runs2.map(\.name) == ["firm/a", "low/b"])
        fixture.addJob("equal", ["priority": -10])
        fixture.addTask("c", to: "equal")
        #expect(fixture.stopped.isEmpty)
        fixture.addJob("high", ["priority": 10])
        for id in ["d", "e"] { fixture.addTask(id, to: "high") }
        #expect(fixture.stopped.count == 1)
        fixture.endStopped()
        let runs3 = fixture.takeStarted()
        #expect(runs3.map(\.name) == ["high/d"])
        let preempted = fixture.task("b", of: "low")
        #expect(preempted?.state == .active && preempted?.execution.requeueCount == 1)
        #expect(fixture.task("e", of: "high")?.state == .active)
    }

    @Test("Only as many tasks go as make room, and on one node")
    func preemptedSlots() {
        var fixture = SchedulerFixture(nodes: 2, slots: 4)
        fixture.addJob("low", ["allowTaskPreemption": true])
        for number in 0..<8 { fixture.addTask("t\(number)", to: "low") }
        let runs4 = fixture.takeStarted()
        #expect(runs4.count == 8)
        fixture.addJob("high", ["priority": 1])
        fixture.addTask("wide", ["requiredSlots": 3], to: "high")
        #expect(fixture.stopped.count == 3)
        fixture.endStopped()
        let started = fixture.takeStarted()
        #expect(started.map(\.name) == ["high/wide"])
        #expect(fixture.state.jobs["low"]?.counts.tasks.running == 5)
    }

    @Test("A pool of a job goes with it, unless it is to be kept", arguments: [false, true])
    func autoPool(keepAlive: Bool) throws {
        var fixture = SchedulerFixture(nodes: 0)
        let specification: JSONValue = [
            "autoPoolIdPrefix": "mine", "poolLifetimeOption": "job", "keepAlive": .bool(keepAlive),
            "pool": ["vmSize": "standard_d2s_v3", "targetDedicatedNodes": 1],
        ]
        let pool = AutoPool(specification, autoscale: nil, unique: UUID())
        #expect(pool.id.hasPrefix("mine_") && pool.id.utf8.count <= BatchValidation.maxID)
        fixture.change { state, now in
            let properties: JSONValue = ["id": "job", "poolInfo": ["autoPoolSpecification": specification]]
            var job = JobRecord(
                id: "job", created: now, properties: properties, version: BatchResourceVersion(now: now),
                stateTime: now)
            job.autoPool = try? state.createAutoPool(pool, now: now)
            _ = state.createJob(job, now: now)
        }
        fixture.addTask("a", to: "job")
        #expect(fixture.state.jobs["job"]?.poolID == pool.id)
        fixture.end(fixture.takeStarted()[0].run)
        #expect(fixture.state.pools[pool.id] != nil)
        fixture.change { state, now in state.terminateJob("job", reason: "enough", now: now) }
        #expect((fixture.state.pools[pool.id] != nil) == keepAlive)
        #expect(fixture.state.jobs["job"]?.poolID == pool.id)
    }
}

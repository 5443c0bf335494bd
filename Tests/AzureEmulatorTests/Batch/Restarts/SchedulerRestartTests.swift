import Foundation
import Testing

@testable import AzureEmulator

/// The witness is the REST documentation: what it says of tasks on a node that has rebooted (Tasks - Add), of the job
/// preparation task (Jobs - Add, `rerunOnNodeRebootAfterSuccess`), and of the start task (Pools - Add).
@Suite("The emulated scheduler goes on as after a reboot of its nodes")
struct SchedulerRestartTests {
    /// Tables that keep what a fixture does.
    private struct Life {
        var fixture: SchedulerFixture
        private var rows = KeptRows()

        init(_ fixture: SchedulerFixture) { self.fixture = fixture }

        /// Ends the process, and goes on with what was kept.
        ///
        /// - Parameter time: How many seconds later.
        mutating func restart(after time: TimeInterval = 60, storage: String? = nil) throws {
            rows.apply(fixture.state.takeChanges())
            fixture = SchedulerFixture(restoring: try rows.load(), storage: storage, now: fixture.now + time)
        }
    }

    private func life(_ fixture: SchedulerFixture, _ body: (inout SchedulerFixture) -> Void) -> Life {
        var life = Life(fixture)
        body(&life.fixture)
        return life
    }

    @Test("A task that ran runs again once its node is back, which counts neither as a retry nor as a requeue")
    func running() throws {
        var life = life(SchedulerFixture(pool: ["startTask": ["commandLine": "start"]])) { fixture in
            fixture.end(fixture.takeStarted()[0].run)
            fixture.addJob("job")
            fixture.addTask("ran", to: "job")
            fixture.addTask("waited", to: "job")
            #expect(fixture.takeStarted().map(\.name) == ["job/ran"])
        }
        try life.restart()
        #expect(life.fixture.node()?.state == .rebooting)
        #expect(life.fixture.restarts.map(\.restart) == [.reboot])
        #expect(life.fixture.task("ran")?.state == .active)
        #expect(life.fixture.takeStarted().isEmpty)
        life.fixture.finishRestarts()
        let start = life.fixture.takeStarted()
        #expect(start.map(\.name) == ["start"])
        life.fixture.end(start[0].run)
        let again = life.fixture.takeStarted()
        #expect(again.map(\.name) == ["job/ran"])
        life.fixture.end(again[0].run)
        #expect(life.fixture.task("ran")?.state == .completed)
        #expect(life.fixture.task("ran")?.execution.requeueCount == 0)
        #expect(life.fixture.task("ran")?.execution.retryCount == 0)
        #expect(life.fixture.takeStarted().map(\.name) == ["job/waited"])
    }

    @Test("A task that was to end has ended, and one that was to go has gone")
    func ending() throws {
        var life = life(SchedulerFixture(nodes: 2)) { fixture in
            fixture.addJob("job")
            for id in ["ended", "deleted"] { fixture.addTask(id, to: "job") }
            _ = fixture.takeStarted()
            fixture.change { state, now in
                _ = state.terminateTask("job", "ended", now: now)
                state.deleteTask("job", "deleted", now: now)
            }
        }
        try life.restart()
        #expect(life.fixture.task("deleted") == nil)
        #expect(life.fixture.task("ended")?.state == .completed)
        #expect(life.fixture.task("ended")?.execution.outcome?.failure == .endedByUser)
    }

    @Test("Finished tasks stay as they were, files and all; those that depend on them are told apart")
    func finished() throws {
        var life = life(SchedulerFixture(nodes: 2)) { fixture in
            fixture.addJob("job", ["usesTaskDependencies": true])
            for id in ["1", "2"] { fixture.addTask(id, to: "job") }
            let runs = fixture.takeStarted()
            fixture.end(runs[0].run)
            fixture.end(runs[1].run, 1)
            fixture.addTask("after1", ["dependsOn": ["taskIdRanges": [["start": 1, "end": 1]]]], to: "job")
            _ = fixture.takeStarted()
            fixture.addTask("after2", ["dependsOn": ["taskIds": ["2"]]], to: "job")
        }
        let before = try [#require(life.fixture.task("1")), #require(life.fixture.task("2"))].map(RecordWriter.data)
        try life.restart()
        #expect([life.fixture.task("1"), life.fixture.task("2")].compactMap { $0 }.map(RecordWriter.data) == before)
        life.fixture.finishRestarts()
        #expect(life.fixture.takeStarted().map(\.name) == ["job/after1"])
        #expect(life.fixture.state.jobs["job"]?.blocked.count == 1)
        #expect(life.fixture.state.jobs["job"]?.counts.tasks.failed == 1)
    }

    @Test("A preparation task runs again after the reboot unless its job says otherwise", arguments: [true, false])
    func preparation(isRerun: Bool) throws {
        var life = life(SchedulerFixture()) { fixture in
            fixture.addJob(
                "job",
                ["jobPreparationTask": ["commandLine": "p", "rerunOnNodeRebootAfterSuccess": .bool(isRerun)]])
            fixture.addTask("task", to: "job")
            fixture.end(fixture.takeStarted()[0].run)
            #expect(fixture.takeStarted().map(\.name) == ["job/task"])
        }
        try life.restart()
        life.fixture.finishRestarts()
        let started = life.fixture.takeStarted()
        #expect((started.first?.name == "job/task") == !isRerun)
        if isRerun {
            life.fixture.end(started[0].run)
            #expect(life.fixture.takeStarted().map(\.name) == ["job/task"])
        }
    }

    @Test("A preparation or release task that was interrupted runs again")
    func interruptedSupport() throws {
        var life = life(SchedulerFixture()) { fixture in
            fixture.addJob("job", ["jobPreparationTask": ["commandLine": "p"], "jobReleaseTask": ["commandLine": "r"]])
            fixture.addTask("task", to: "job")
            #expect(fixture.takeStarted().count == 1)
        }
        try life.restart()
        #expect(life.fixture.task("task")?.state == .active)
        life.fixture.finishRestarts()
        life.fixture.end(life.fixture.takeStarted()[0].run)
        life.fixture.end(life.fixture.takeStarted()[0].run)
        life.fixture.change { $0.terminateJob("job", reason: "UserTerminate", now: $1) }
        #expect(life.fixture.takeStarted().count == 1)
        try life.restart()
        #expect(life.fixture.state.jobs["job"]?.state == .terminating)
        life.fixture.finishRestarts()
        life.fixture.end(life.fixture.takeStarted()[0].run)
        #expect(life.fixture.state.jobs["job"]?.state == .completed)
        #expect(life.fixture.task("task")?.state == .completed)
    }

    @Test("What was being removed goes, and what was being made comes, with numbers that no node has had")
    func underWay() throws {
        var life = life(SchedulerFixture(nodes: 2)) { fixture in
            fixture.addJob("job")
            fixture.addTask("task", to: "job")
            _ = fixture.takeStarted()
            fixture.change { state, now in
                state.resizePool("pool", dedicated: 0, lowPriority: 0, removing: .terminate, now: now)
                state.deleteJob("job", now: now)
            }
            #expect(fixture.nodes.count == 1)
        }
        let first = life.fixture.nodes
        try life.restart()
        #expect(life.fixture.nodes.isEmpty)
        #expect(life.fixture.state.jobs["job"] == nil)
        #expect(life.fixture.state.pools["pool"]?.allocation == .steady)
        life.fixture.state.resizePool("pool", dedicated: 1, lowPriority: 0, removing: .requeue, now: life.fixture.now)
        try life.restart()
        #expect(life.fixture.node()?.state == .idle)
        #expect(life.fixture.nodes.first.map { !first.contains($0) && $0 > first[0] } == true)
        life.fixture.addJob("job")
        life.fixture.addTask("task", to: "job")
        _ = life.fixture.takeStarted()
        life.fixture.change { $0.deletePool("pool", now: $1) }
        try life.restart()
        #expect(life.fixture.state.pools["pool"] == nil)
        #expect(life.fixture.task("task")?.state == .active)
    }

    @Test("Nodes that were to be reimaged are, and those that were deallocated stay so")
    func restarts() throws {
        var life = life(SchedulerFixture(nodes: 3)) { fixture in
            fixture.addJob("job")
            fixture.addTask("task", to: "job")
            _ = fixture.takeStarted()
            let keys = (0..<3).map { fixture.key($0) }
            fixture.change { state, now in
                state.restart(keys[0], .reimage, .taskCompletion, now: now)
                state.restart(keys[1], .deallocate, .requeue, now: now)
            }
            fixture.finishRestarts()
            #expect(fixture.node(1)?.state == .deallocated)
        }
        try life.restart()
        #expect(life.fixture.restarts.map(\.restart) == [.reimage, .reboot])
        #expect(life.fixture.node(1)?.state == .deallocated)
        // Again, in the middle of that.
        try life.restart()
        #expect(life.fixture.restarts.map(\.restart) == [.reimage, .reboot])
        life.fixture.finishRestarts()
        #expect([0, 2].allSatisfy { [.idle, .running].contains(life.fixture.node($0)?.state) })
    }

    @Test("Times go on by the clock on the wall: of jobs, of schedules, and of files")
    func times() throws {
        var life = life(SchedulerFixture(nodes: 2)) { fixture in
            fixture.addJob("short", ["constraints": ["maxWallClockTime": "PT1H"]])
            fixture.addTask("waits", ["constraints": ["retentionTime": "PT2H"]], to: "short")
            fixture.addJob("long")
            fixture.addTask("done", ["constraints": ["retentionTime": "PT2H"]], to: "long")
            fixture.end(fixture.takeStarted()[1].run)
            fixture.change { state, now in
                let schedule = JobScheduleRecord(
                    id: "daily",
                    properties: [
                        "schedule": ["recurrenceInterval": "P1D"],
                        "jobSpecification": ["poolInfo": ["poolId": "pool"], "onAllTasksComplete": "terminatejob"],
                    ], now: now)
                _ = state.createSchedule(schedule, now: now)
            }
        }
        try life.restart(after: 3599)
        #expect(life.fixture.state.jobs["short"]?.state == .active)
        #expect(life.fixture.wakes.contains(.seconds(1)))
        try life.restart(after: 2)
        #expect(life.fixture.state.jobs["short"]?.terminateReason == "MaxWallClockTimeExpiry")
        #expect(life.fixture.state.schedules["daily"]?.jobCount == 1)
        try life.restart(after: 86_400)
        #expect(life.fixture.state.schedules["daily"]?.jobCount == 2)
        #expect(life.fixture.task("done", of: "long")?.execution.hasFiles == false)
    }

    @Test("A multi-instance task that ran begins anew with all of its parts")
    func instances() throws {
        var life = life(SchedulerFixture(nodes: 2, pool: ["enableInterNodeCommunication": true])) { fixture in
            fixture.addJob("job")
            fixture.addTask(
                "task", ["multiInstanceSettings": ["numberOfInstances": 2, "coordinationCommandLine": "c"]], to: "job")
            let parts = fixture.takeStarted()
            fixture.change { $0.instanceCoordinated(parts[0].run, now: $1) }
        }
        try life.restart()
        #expect(life.fixture.task("task")?.state == .active)
        #expect(life.fixture.task("task")?.execution.runs.isEmpty == true)
        life.fixture.finishRestarts()
        #expect(life.fixture.takeStarted().map(\.name) == ["job/task", "job/task"])
        #expect(life.fixture.task("task")?.execution.instances.allSatisfy { !$0.isCoordinated } == true)
    }

    @Test("Mounted containers are where the storage account is by now")
    func mounts() throws {
        var life = life(SchedulerFixture()) { fixture in
            fixture.change { state, now in
                state.changePool(
                    "pool", ["id": "pool"],
                    mounts: [
                        NodeMount(
                            path: "a", kind: "k", source: .container(url: "http://127.0.0.1:1/account/box?sig=a/b")),
                        NodeMount(path: "b", kind: "k", source: .unavailable("none")),
                    ], now: now)
            }
        }
        try life.restart(storage: "http://127.0.0.1:2/account")
        #expect(
            life.fixture.state.pools["pool"]?.mounts.map(\.source) == [
                .container(url: "http://127.0.0.1:2/account/box?sig=a/b"), .unavailable("none"),
            ])
    }
}

import Foundation
import Testing

@testable import AzureEmulator

/// What is expected is what the reference of the REST API says of the properties of `JobPreparationTask` and
/// `JobReleaseTask`, and of the task state `preparing`.
@Suite("Preparation and release tasks in the scheduler")
struct JobSupportStateTests {
    private static let both: JSONValue = [
        "jobPreparationTask": ["commandLine": "prepare"], "jobReleaseTask": ["commandLine": "release"],
    ]

    private static func preparation(_ more: JSONValue) -> JSONValue {
        var task: JSONValue = ["commandLine": "prepare"]
        for (name, value) in more.object ?? [:] { task[name] = value }
        return ["jobPreparationTask": task]
    }

    @Test("The preparation task runs once on each node, before the tasks of the job")
    func preparation() {
        var fixture = SchedulerFixture(nodes: 1, slots: 2)
        fixture.addJob("job", Self.both)
        for id in ["a", "b", "c"] { fixture.addTask(id, to: "job") }
        let first = fixture.takeStarted()
        #expect(first.map(\.name) == ["job/jobpreparation"])
        #expect(fixture.task("a")?.state == .preparing && fixture.task("b")?.state == .preparing)
        #expect(fixture.node()?.usedSlots == 2 && fixture.node()?.state == .running)
        fixture.end(first[0].run)
        let second = fixture.takeStarted()
        #expect(second.map(\.name) == ["job/a", "job/b"])
        #expect(second.allSatisfy { $0.assignment.preparation == "jobpreparation" })
        fixture.end(second[0].run)
        let runs1 = fixture.takeStarted()
        #expect(runs1.map(\.name) == ["job/c"])
        #expect(fixture.state.jobs["job"]?.counts.tasks.completed == 1)
    }

    @Test(
        "A job that ends does not wait for a node that is gone, or that cannot be used any more",
        arguments: [true, false])
    func lostNode(isGone: Bool) {
        var fixture = SchedulerFixture(nodes: 1)
        fixture.addJob("job", Self.both)
        fixture.addTask("a", to: "job")
        for _ in 0..<2 {
            let started = fixture.takeStarted()
            fixture.end(started[0].run)
        }
        let key = fixture.key()
        fixture.change { state, now in
            state.restart(key, .reboot, .requeue, now: now)
            state.terminateJob("job", reason: "x", now: now)
        }
        #expect(fixture.state.jobs["job"]?.state == .terminating)
        fixture.change { state, now in
            if isGone { state.remove(key, .requeue, now: now) } else { state.nodeFailed(key, now: now) }
        }
        #expect(fixture.state.jobs["job"]?.state == .completed)
    }

    @Test("A job that ends with its tasks ends with one that no node can take")
    func unschedulable() {
        var fixture = SchedulerFixture()
        fixture.addJob("other")
        fixture.addTask("a", to: "other")
        let other = fixture.takeStarted()
        fixture.addJob("job")
        fixture.addTask("a", ["requiredSlots": 2], to: "job")
        fixture.change { state, now in
            state.changeJob("job", now: now) { $0["onAllTasksComplete"] = "terminatejob" }
        }
        #expect(fixture.state.jobs["job"]?.state == .active)
        fixture.end(other[0].run)
        #expect(fixture.task("a")?.state == .completed && fixture.state.jobs["job"]?.state == .completed)
    }

    @Test("A node that is to restart later runs the release task before")
    func releaseBeforeRestart() {
        var fixture = SchedulerFixture(nodes: 1)
        fixture.addJob("job", Self.both)
        fixture.addTask("a", to: "job")
        let preparation = fixture.takeStarted()
        fixture.end(preparation[0].run)
        let task = fixture.takeStarted()
        fixture.end(task[0].run)
        let key = fixture.key()
        fixture.change { state, now in
            state.restart(key, .reboot, .retainedData, now: now)
            state.terminateJob("job", reason: "x", now: now)
        }
        let release = fixture.takeStarted()
        #expect(release.map(\.name) == ["job/jobrelease"])
        fixture.end(release[0].run)
        #expect(fixture.state.jobs["job"]?.state == .completed)
    }

    @Test("A node that cannot be prepared gets no task of the job, which goes elsewhere and counts no requeue")
    func ineligible() {
        var fixture = SchedulerFixture(nodes: 2)
        fixture.addJob("job", Self.preparation(["constraints": ["maxTaskRetryCount": 1]]))
        fixture.addTask("a", to: "job")
        let first = fixture.takeStarted()
        fixture.end(first[0].run, 1)
        let again = fixture.takeStarted()
        #expect(again.map(\.name) == ["job/jobpreparation"] && again[0].node == first[0].node)
        fixture.end(again[0].run, 1)
        let other = fixture.takeStarted()
        #expect(other.map(\.name) == ["job/jobpreparation"] && other[0].node != first[0].node)
        let execution = fixture.state.jobs["job"]?.jobNodes[NodeKey(pool: "pool", node: first[0].node)]?.preparation
        #expect(execution?.retryCount == 1 && execution?.isRunning == false && execution?.outcome?.exitCode == 1)
        fixture.end(other[0].run)
        let tasks = fixture.takeStarted()
        #expect(tasks.map(\.name) == ["job/a"] && fixture.task("a")?.execution.requeueCount == 0)
        fixture.end(tasks[0].run)
        // The node takes tasks of other jobs.
        fixture.addJob("other")
        for id in ["a", "b"] { fixture.addTask(id, to: "other") }
        let runs2 = fixture.takeStarted()
        #expect(Set(runs2.map(\.node)).count == 2)
    }

    @Test("Where no node can be prepared the tasks wait, until one is reimaged")
    func reimaging() {
        var fixture = SchedulerFixture()
        fixture.addJob("job", Self.preparation([:]))
        fixture.addTask("a", to: "job")
        fixture.end(fixture.takeStarted()[0].run, 1)
        let runs3 = fixture.takeStarted()
        #expect(runs3.isEmpty && fixture.task("a")?.state == .active)
        fixture.change { [key = fixture.key()] state, now in state.restart(key, .reboot, .requeue, now: now) }
        fixture.finishRestarts()
        let runs4 = fixture.takeStarted()
        #expect(runs4.isEmpty)
        fixture.change { [key = fixture.key()] state, now in state.restart(key, .reimage, .requeue, now: now) }
        fixture.finishRestarts()
        let runs5 = fixture.takeStarted()
        #expect(runs5.map(\.name) == ["job/jobpreparation"])
    }

    @Test("Tasks do not wait for a preparation task that is not to be waited for, nor does its failure matter")
    func withoutWaiting() {
        var fixture = SchedulerFixture()
        fixture.addJob("job", Self.preparation(["waitForSuccess": false, "id": "mine"]))
        fixture.addTask("a", to: "job")
        let started = fixture.takeStarted()
        #expect(Set(started.map(\.name)) == ["job/mine", "job/a"])
        for run in started { fixture.end(run.run, 1) }
        fixture.addTask("b", to: "job")
        let runs6 = fixture.takeStarted()
        #expect(runs6.map(\.name) == ["job/b"])
    }

    @Test("The preparation runs again after a reboot unless told otherwise", arguments: [true, false])
    func rebooting(reruns: Bool) {
        var fixture = SchedulerFixture()
        fixture.addJob("job", Self.preparation(reruns ? [:] : ["rerunOnNodeRebootAfterSuccess": false]))
        fixture.addTask("a", to: "job")
        fixture.end(fixture.takeStarted()[0].run)
        let runs7 = fixture.takeStarted()
        #expect(runs7.map(\.name) == ["job/a"])
        fixture.change { [key = fixture.key()] state, now in state.restart(key, .reboot, .requeue, now: now) }
        fixture.endStopped()
        #expect(fixture.node()?.state == .rebooting)
        fixture.finishRestarts()
        let runs8 = fixture.takeStarted()
        #expect(runs8.map(\.name) == [reruns ? "job/jobpreparation" : "job/a"])
        #expect(fixture.task("a")?.execution.requeueCount == 1)
    }

    @Test("A task that waits for its node is ended, requeued or deleted without having run")
    func waitingTasks() {
        var fixture = SchedulerFixture(slots: 3)
        fixture.addJob("job", Self.both)
        for id in ["a", "b", "c"] { fixture.addTask(id, to: "job") }
        let preparation = fixture.takeStarted()
        fixture.change { state, now in _ = state.terminateTask("job", "a", now: now) }
        #expect(fixture.task("a")?.execution.outcome?.failure == .endedByUser && fixture.task("a")?.state == .completed)
        fixture.change { state, now in state.deleteTask("job", "b", now: now) }
        #expect(fixture.state.jobs["job"]?.tasks.count == 2)
        fixture.change { state, now in state.disableJob("job", .requeue, now: now) }
        #expect(fixture.task("c")?.state == .active && fixture.state.jobs["job"]?.state == .disabled)
        #expect(fixture.node()?.usedSlots == 0 && fixture.node()?.totalTasksRun == 0)
        fixture.end(preparation[0].run)
        fixture.change { state, now in state.enableJob("job", now: now) }
        let runs9 = fixture.takeStarted()
        #expect(runs9.map(\.name) == ["job/c"])
    }
}

@Suite("The end of jobs with release tasks")
struct JobReleaseStateTests {
    private static let job: JSONValue = [
        "jobPreparationTask": ["commandLine": "prepare"],
        "jobReleaseTask": ["commandLine": "release", "maxWallClockTime": "PT5M"],
    ]

    /// A job that has run a task on each of two nodes of three.
    private func started(_ more: JSONValue = [:]) -> SchedulerFixture {
        var fixture = SchedulerFixture(nodes: 3)
        var job = Self.job
        for (name, value) in more.object ?? [:] { job[name] = value }
        fixture.addJob("job", job)
        for id in ["a", "b"] { fixture.addTask(id, to: "job") }
        for run in fixture.takeStarted() { fixture.end(run.run) }
        return fixture
    }

    @Test("A job is terminating until its release tasks have run where it was prepared")
    func termination() {
        var fixture = started()
        let tasks = fixture.takeStarted()
        #expect(tasks.map(\.name) == ["job/a", "job/b"])
        fixture.change { state, now in state.terminateJob("job", reason: "enough", now: now) }
        let runs10 = fixture.takeStarted()
        #expect(runs10.isEmpty)
        fixture.endStopped()
        let releases = fixture.takeStarted()
        #expect(releases.map(\.name) == ["job/jobrelease", "job/jobrelease"])
        #expect(Set(releases.map(\.node)) == Set(tasks.map(\.node)))
        #expect(releases.allSatisfy { $0.assignment.timeLimit == .seconds(300) })
        #expect(fixture.state.jobs["job"]?.state == .terminating && fixture.node()?.usedSlots == 0)
        fixture.end(releases[0].run)
        #expect(fixture.state.jobs["job"]?.state == .terminating)
        fixture.end(releases[1].run, 1)
        #expect(fixture.state.jobs["job"]?.state == .completed)
        #expect(fixture.state.jobs["job"]?.terminateReason == "enough")
        let failed = fixture.state.jobs["job"]?.jobNodes.values.filter { $0.release?.outcome?.failure != nil }
        #expect(failed?.count == 1)
        // A second end runs no second release task.
        fixture.change { state, now in state.deleteJob("job", now: now) }
        let runs11 = fixture.takeStarted()
        #expect(runs11.isEmpty && fixture.state.jobs["job"] == nil)
    }

    @Test("Release tasks run when an active job is deleted, and when all its tasks are done")
    func otherEnds() {
        var deleted = started()
        deleted.change { state, now in state.deleteJob("job", now: now) }
        _ = deleted.takeStarted()
        deleted.endStopped()
        let releases = deleted.takeStarted()
        #expect(releases.count == 2 && deleted.state.jobs["job"]?.state == .deleting)
        for release in releases { deleted.end(release.run) }
        #expect(deleted.state.jobs["job"] == nil)

        var done = started()
        done.change { state, now in state.changeJob("job", now: now) { $0["onAllTasksComplete"] = "terminatejob" } }
        for task in done.takeStarted() { done.end(task.run) }
        #expect(done.state.jobs["job"]?.state == .terminating)
        for release in done.takeStarted() { done.end(release.run) }
        #expect(done.state.jobs["job"]?.terminateReason == "AllTasksComplete")
        #expect(done.state.jobs["job"]?.state == .completed)
    }

    @Test("A release task that a reboot interrupts runs again; a node that has gone or was reimaged is not waited for")
    func nodesThatGo() {
        var fixture = started()
        for task in fixture.takeStarted() { fixture.end(task.run) }
        let nodes = fixture.state.jobs["job"]?.jobNodes.values.sorted { $0.number < $1.number }.map(\.node) ?? []
        #expect(nodes.count == 2)
        fixture.change { state, now in state.restart(nodes[1], .reimage, .requeue, now: now) }
        fixture.finishRestarts()
        fixture.change { state, now in state.terminateJob("job", reason: "enough", now: now) }
        let first = fixture.takeStarted()
        #expect(first.map(\.node) == [nodes[0].node])
        fixture.change { state, now in state.restart(nodes[0], .reboot, .requeue, now: now) }
        fixture.endStopped()
        #expect(fixture.state.jobs["job"]?.state == .terminating)
        fixture.finishRestarts()
        let again = fixture.takeStarted()
        #expect(again.map(\.name) == ["job/jobrelease"])
        fixture.change { state, now in
            state.removeNodes([nodes[0].node], from: "pool", removing: .requeue, now: now)
        }
        fixture.endStopped()
        #expect(fixture.state.jobs["job"]?.state == .completed)
    }

    @Test("A preparation task that runs still is ended with its job, and nothing is released")
    func endWhilePreparing() {
        var fixture = SchedulerFixture()
        fixture.addJob("job", Self.job)
        fixture.addTask("a", to: "job")
        let preparation = fixture.takeStarted()
        fixture.change { state, now in state.terminateJob("job", reason: "enough", now: now) }
        #expect(fixture.stopped == preparation.map(\.run) && fixture.task("a")?.state == .completed)
        fixture.endStopped()
        let runs12 = fixture.takeStarted()
        #expect(runs12.isEmpty && fixture.state.jobs["job"]?.state == .completed)
    }
}

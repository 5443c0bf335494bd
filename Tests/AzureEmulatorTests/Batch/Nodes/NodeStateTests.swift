import Foundation
import Testing

@testable import AzureEmulator

/// What is expected is what the reference of the REST API says of the options of Reboot, Reimage, Deallocate and Start
/// Node, of Remove Nodes and of the states of nodes.
@Suite("Restarts of nodes in the scheduler")
struct NodeStateTests {
    private func started(pool: JSONValue = [:], task: JSONValue = [:]) -> (SchedulerFixture, RunKey) {
        var fixture = SchedulerFixture(pool: pool)
        for run in fixture.takeStarted() { fixture.end(run.run) }
        fixture.addJob("job")
        for id in ["a", "b"] { fixture.addTask(id, task, to: "job") }
        let run = fixture.takeStarted()[0].run
        return (fixture, run)
    }

    @Test("A reboot has the tasks requeued, and the start task run again")
    func reboot() {
        let (fixtureStart, run) = started(pool: ["startTask": ["commandLine": "start"]])
        var fixture = fixtureStart
        let key = fixture.key()
        fixture.now += 60
        fixture.change { state, now in state.restart(key, .reboot, .requeue, now: now) }
        #expect(fixture.stopped == [run] && fixture.node()?.state == .running && fixture.restarts.isEmpty)
        fixture.endStopped()
        #expect(fixture.node()?.state == .rebooting && fixture.restarts.map(\.restart) == [.reboot])
        let runs1 = fixture.takeStarted()
        #expect(runs1.isEmpty)
        fixture.finishRestarts()
        #expect(fixture.node()?.state == .waitingForStartTask && fixture.node()?.bootTime == fixture.now)
        let start = fixture.takeStarted()
        #expect(start.map(\.name) == ["start"])
        fixture.end(start[0].run)
        let runs2 = fixture.takeStarted()
        #expect(runs2.map(\.name) == ["job/a"])
        #expect(fixture.task("a")?.execution.requeueCount == 1)
    }

    @Test("Tasks may be ended for it instead, or be waited for while no new ones come")
    func options() {
        let (terminatedStart, _) = started()
        var terminated = terminatedStart
        let first = terminated.key()
        terminated.change { state, now in state.restart(first, .reimage, .terminate, now: now) }
        terminated.endStopped()
        #expect(terminated.task("a")?.execution.outcome?.failure == .endedByUser)
        #expect(terminated.task("a")?.state == .completed && terminated.node()?.state == .reimaging)

        let (waitingStart, run) = started()
        var waiting = waitingStart
        let second = waiting.key()
        waiting.change { state, now in state.restart(second, .reboot, .taskCompletion, now: now) }
        #expect(waiting.stopped.isEmpty && waiting.node()?.state == .running)
        waiting.end(run)
        let runs3 = waiting.takeStarted()
        #expect(waiting.node()?.state == .rebooting && runs3.isEmpty)
        waiting.finishRestarts()
        let runs4 = waiting.takeStarted()
        #expect(runs4.map(\.name) == ["job/b"])
    }

    @Test("A node waits until the files of its tasks may go, when it is to, before it restarts or leaves")
    func retainedData() throws {
        let (fixtureStart, run) = started(task: ["constraints": ["retentionTime": "PT1H"]])
        var fixture = fixtureStart
        let key = fixture.key()
        fixture.change { state, now in state.restart(key, .reimage, .retainedData, now: now) }
        fixture.end(run)
        #expect(fixture.node()?.state == .idle && fixture.wakes.contains(.seconds(3600)))
        fixture.pass(3599)
        #expect(fixture.node()?.state == .idle)
        fixture.pass(1)
        #expect(fixture.node()?.state == .reimaging)
        fixture.finishRestarts()
        fixture.end(fixture.takeStarted()[0].run)
        fixture.change { state, now in
            state.resizePool("pool", dedicated: 0, lowPriority: 0, removing: .retainedData, now: now)
        }
        #expect(fixture.nodes.count == 1 && fixture.state.pools["pool"]?.allocation == .resizing)
        fixture.pass(3600)
        #expect(fixture.nodes.isEmpty && fixture.state.pools["pool"]?.allocation == .steady)
    }

    @Test("A node that was deallocated stays without tasks until it is started")
    func deallocation() {
        let (fixtureStart, _) = started()
        var fixture = fixtureStart
        let key = fixture.key()
        fixture.change { state, now in state.setUser("me", NodeUser(isAdmin: false, expires: now), of: key) }
        fixture.change { state, now in state.restart(key, .deallocate, .requeue, now: now) }
        fixture.endStopped()
        #expect(fixture.node()?.state == .deallocating)
        fixture.finishRestarts()
        #expect(fixture.node()?.state == .deallocated && fixture.node()?.users.isEmpty == true)
        let runs5 = fixture.takeStarted()
        #expect(runs5.isEmpty)
        fixture.change { state, now in state.restart(key, .start, .requeue, now: now) }
        #expect(fixture.node()?.state == .starting)
        fixture.finishRestarts()
        let runs6 = fixture.takeStarted()
        #expect(runs6.map(\.name) == ["job/a"])
    }

    @Test("A node that leaves its pool while it restarts does not come back")
    func leaving() {
        let (fixtureStart, _) = started()
        var fixture = fixtureStart
        let key = fixture.key()
        fixture.change { state, now in state.restart(key, .reboot, .requeue, now: now) }
        fixture.endStopped()
        fixture.change { state, now in
            state.resizePool("pool", dedicated: 0, lowPriority: 0, removing: .requeue, now: now)
        }
        fixture.finishRestarts()
        #expect(fixture.nodes.isEmpty && fixture.state.pools["pool"]?.allocation == .steady)
    }

    @Test(
        "Scheduling is stopped with or without the running tasks, and goes on",
        arguments: ["requeue", "terminate", "taskcompletion"])
    func scheduling(option: String) throws {
        let (fixtureStart, run) = started()
        var fixture = fixtureStart
        let key = fixture.key()
        let removal = try #require(NodeRemoval(rawValue: option))
        fixture.change { state, now in state.setScheduling(key, takesTasks: false, removal, now: now) }
        #expect(fixture.stopped.isEmpty == (removal == .taskCompletion))
        fixture.endStopped()
        if removal == .taskCompletion { fixture.end(run) }
        let runs7 = fixture.takeStarted()
        #expect(runs7.isEmpty)
        #expect(fixture.task("a")?.state == (removal == .requeue ? .active : .completed))
        fixture.change { state, now in state.setScheduling(key, takesTasks: true, .requeue, now: now) }
        let runs8 = fixture.takeStarted()
        #expect(runs8.map(\.name) == [removal == .requeue ? "job/a" : "job/b"])
    }

    @Test("What happened on a node is kept, up to a bound")
    func log() {
        var log = NodeLog()
        let start = Date(timeIntervalSince1970: 1_800_000_000)
        for number in 0..<2500 { log.add("entry \(number)", now: start + Double(number)) }
        #expect(log.entries.count <= NodeLog.limit && log.entries.last?.text == "entry 2499")
        let text = log.text(from: start + 2498, to: start + 2498)
        #expect(text == "2027-01-15T08:41:38.0000000Z INFO entry 2498\n")
    }
}

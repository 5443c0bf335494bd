import Foundation
import Testing

@testable import AzureEmulator

@Suite("What the emulated Batch service remembers")
struct BatchHistoryTests {
    @Test("A list keeps the last of what was added", arguments: [0, 1, 9, 10, 11, 20, 21, 95])
    func recentList(count: Int) {
        var list = RecentList<Int>(limit: 10)
        for element in 0..<count { list.add(element) }
        #expect(Array(list.elements) == Array((0..<count).suffix(10)))
        #expect(list.total == count)
        list.changeLast { $0 = -1 }
        #expect(list.elements.last == (count == 0 ? nil : -1))
    }

    @Test("Runs of tasks on a node have slots of their own, and free ones are given again")
    func slots() throws {
        var fixture = SchedulerFixture(slots: 4)
        fixture.addJob("job")
        fixture.addTask("a", to: "job")
        fixture.addTask("b", ["requiredSlots": 2], to: "job")
        fixture.addTask("c", to: "job")
        fixture.addTask("d", ["requiredSlots": 2], to: "job")
        let first = fixture.takeStarted()
        #expect(first.map { fixture.state.runs[$0.run]?.places } == [[0], [1, 2], [3]])
        fixture.pass(60)
        fixture.end(first[0].run)
        fixture.end(first[2].run)
        let second = fixture.takeStarted()
        #expect(second.map { fixture.state.runs[$0.run]?.places } == [[0, 3]])
    }

    @Test("A task remembers where and when its runs were")
    func runs() throws {
        var fixture = SchedulerFixture(nodes: 1, slots: 2)
        fixture.addJob("job")
        fixture.addTask("task", ["constraints": ["maxTaskRetryCount": 1]], to: "job")
        let start = fixture.now
        let first = try #require(fixture.takeStarted().first)
        fixture.pass(10)
        fixture.end(first.run, 1)
        let second = try #require(fixture.takeStarted().first)
        #expect(fixture.task("task")?.execution.history.elements.count == 1)
        fixture.pass(5)
        fixture.end(second.run, 0)
        let node = fixture.key()
        #expect(
            fixture.task("task")?.execution.history.elements.map { $0 } == [
                TaskRun(node: node, slots: [0], placed: start, start: start, end: start + 10),
                TaskRun(node: node, slots: [0], placed: start + 10, start: start + 10, end: start + 15),
            ])
    }

    @Test("A pool remembers its resizes, with what kept it from its targets")
    func resizes() throws {
        var fixture = SchedulerFixture(nodes: 2)
        let start = fixture.now
        fixture.pass(60)
        fixture.change { state, now in
            state.resizePool("pool", dedicated: 200, lowPriority: 1, removing: .requeue, now: now)
        }
        let resizes = try #require(fixture.state.pools["pool"]?.resizes.elements.map { $0 })
        #expect(
            resizes == [
                PoolResize(start: start, end: start, targetDedicated: 2, targetLowPriority: 0),
                PoolResize(
                    start: start + 60, end: start + 60, targetDedicated: 200, targetLowPriority: 1,
                    errors: ["AccountCoreQuotaReached", "AccountLowPriorityCoreQuotaReached"]),
            ])
        for count in 0..<150 {
            fixture.change { state, now in
                state.resizePool("pool", dedicated: count % 3, lowPriority: 0, removing: .requeue, now: now)
            }
        }
        #expect(fixture.state.pools["pool"]?.resizes.elements.count == 100)
    }

    @Test("Time limits that are due are seen without a wake, as after a clock was set back")
    func clockSetBack() throws {
        var fixture = SchedulerFixture()
        fixture.addJob("job", ["constraints": ["maxWallClockTime": "PT1M"]])
        fixture.now -= 3600
        // The wake comes after a minute, for which the clock says that it is too early.
        fixture.pass(60)
        #expect(fixture.state.jobs["job"]?.state == .active)
        fixture.now += 3600 + 60
        fixture.change { state, now in state.measurePools(now: now) }
        #expect(fixture.state.jobs["job"]?.state == .completed)
    }
}

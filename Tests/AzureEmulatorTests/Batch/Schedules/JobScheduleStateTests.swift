import Foundation
import Testing

@testable import AzureEmulator

/// The rules are those of the REST documentation of job schedules: one job at a time, an interval from job to job, a window
/// in which a job has to be made, and a time after which none is.
@Suite("Job schedules in the emulated Batch service's state")
struct JobScheduleStateTests {
    private static let start = Date(timeIntervalSince1970: 1_767_323_045)

    private static func after(_ minutes: Double) -> Date { start.addingTimeInterval(minutes * 60) }

    private static func state(_ schedule: JSONValue, specification: JSONValue = [:]) -> BatchState {
        var state = BatchState(nodeQuota: 1)
        var job = specification
        job["poolInfo"] = ["poolId": "pool"]
        let properties: JSONValue = ["id": "s", "schedule": schedule, "jobSpecification": job]
        let isMade = state.createSchedule(JobScheduleRecord(id: "s", properties: properties, now: start), now: start)
        #expect(isMade)
        return state
    }

    private static func jobs(_ state: BatchState) -> [String] { state.jobs(ofSchedule: "s").map(\.id) }

    @Test("A schedule without an interval makes one job, and completes with it")
    func once() {
        var state = Self.state([:], specification: ["priority": 5])
        #expect(Self.jobs(state) == ["s:job-1"] && state.jobs["s:job-1"]?.priority == 5)
        #expect(state.schedules["s"]?.state == .active && state.schedules["s"]?.nextRunTime == nil)
        state.terminateJob("s:job-1", reason: "x", now: Self.after(1))
        #expect(state.schedules["s"]?.state == .completed && state.schedules["s"]?.endTime == Self.after(1))
        state.checkTimes(now: Self.after(1000))
        #expect(Self.jobs(state) == ["s:job-1"])
    }

    @Test("A recurring schedule makes a job in each interval, once the last one has ended")
    func recurring() {
        var state = Self.state(["recurrenceInterval": "PT10M"])
        state.checkTimes(now: Self.after(10))
        #expect(Self.jobs(state) == ["s:job-1"])
        state.terminateJob("s:job-1", reason: "x", now: Self.after(12))
        #expect(Self.jobs(state) == ["s:job-1", "s:job-2"])
        #expect(state.schedules["s"]?.nextRunTime == Self.after(20) && state.schedules["s"]?.recentJob == "s:job-2")
        state.terminateJob("s:job-2", reason: "x", now: Self.after(15))
        state.checkTimes(now: Self.after(19.9))
        #expect(Self.jobs(state).count == 2)
        state.checkTimes(now: Self.after(20))
        #expect(Self.jobs(state).count == 3)
    }

    @Test("A schedule that is terminated leaves a job alone that is being deleted")
    func deletedJob() {
        var fixture = SchedulerFixture()
        let properties: JSONValue = [
            "id": "s", "schedule": [:], "jobSpecification": ["poolInfo": ["poolId": "pool"]],
        ]
        fixture.change { state, now in
            let isMade = state.createSchedule(JobScheduleRecord(id: "s", properties: properties, now: now), now: now)
            #expect(isMade)
        }
        fixture.addTask("a", to: "s:job-1")
        _ = fixture.takeStarted()
        fixture.change { state, now in state.deleteJob("s:job-1", now: now) }
        fixture.change { state, now in state.terminateSchedule("s", now: now) }
        #expect(fixture.state.jobs["s:job-1"]?.state == .deleting)
        fixture.endStopped()
        #expect(fixture.state.jobs["s:job-1"]?.state == nil && fixture.state.schedules["s"]?.state == .completed)
    }

    @Test("A job that is not made in its window is left out")
    func window() {
        var state = Self.state(["recurrenceInterval": "PT10M", "startWindow": "PT2M"])
        state.terminateJob("s:job-1", reason: "x", now: Self.after(13))
        #expect(Self.jobs(state).count == 1 && state.schedules["s"]?.nextRunTime == Self.after(20))
        state.checkTimes(now: Self.after(20))
        state.terminateJob("s:job-2", reason: "x", now: Self.after(31))
        #expect(Self.jobs(state).count == 3)
    }

    @Test("What was missed is not made up for, however long it was")
    func missed() {
        var state = Self.state(["recurrenceInterval": "PT1M"])
        state.terminateJob("s:job-1", reason: "x", now: Self.after(1_000_000.5))
        #expect(Self.jobs(state).count == 2 && state.schedules["s"]?.nextRunTime == Self.after(1_000_001))
    }

    @Test("No job is made before the first time, nor after the last; then the schedule completes")
    func bounds() {
        var state = Self.state([
            "doNotRunUntil": .string(BatchTime.format(Self.after(5))), "recurrenceInterval": "PT10M",
            "doNotRunAfter": .string(BatchTime.format(Self.after(20))),
        ])
        #expect(Self.jobs(state).isEmpty && state.schedules["s"]?.nextRunTime == Self.after(5))
        state.checkTimes(now: Self.after(5))
        state.terminateJob("s:job-1", reason: "x", now: Self.after(6))
        state.checkTimes(now: Self.after(15))
        #expect(Self.jobs(state).count == 2)
        state.checkTimes(now: Self.after(20))
        #expect(state.schedules["s"]?.state == .active && state.schedules["s"]?.nextRunTime == nil)
        state.terminateJob("s:job-2", reason: "x", now: Self.after(40))
        #expect(Self.jobs(state).count == 2 && state.schedules["s"]?.state == .completed)
    }

    @Test("A disabled schedule makes no job, and goes on when it is enabled")
    func disabled() {
        var state = Self.state(["recurrenceInterval": "PT10M"])
        state.disableSchedule("s", now: Self.after(1))
        state.terminateJob("s:job-1", reason: "x", now: Self.after(2))
        state.checkTimes(now: Self.after(25))
        #expect(Self.jobs(state).count == 1 && state.schedules["s"]?.state == .disabled)
        state.enableSchedule("s", now: Self.after(26))
        #expect(Self.jobs(state).count == 2 && state.schedules["s"]?.nextRunTime == Self.after(30))
    }

    @Test("Jobs of no tasks that end with their tasks come one in each interval")
    func empty() {
        var state = Self.state(["recurrenceInterval": "PT1M"], specification: ["onAllTasksComplete": "terminatejob"])
        for minute in 1...5 { state.checkTimes(now: Self.after(Double(minute))) }
        #expect(Self.jobs(state).count == 6)
    }

    @Test("The outside is told once of each moment, however often the state is looked at")
    func wakes() {
        var state = Self.state(["recurrenceInterval": "PT10M"])
        func wakes() -> Int { state.takeEffects().count { if case .wake = $0 { true } else { false } } }
        #expect(wakes() == 1)
        for second in 1...60 { state.checkTimes(now: Self.start.addingTimeInterval(Double(second))) }
        #expect(wakes() == 0)
        state.checkTimes(now: Self.after(10))
        #expect(wakes() == 1)
    }

    @Test("A deleted schedule is there until its jobs are gone")
    func deleted() {
        var state = Self.state(["recurrenceInterval": "PT10M"])
        state.deleteSchedule("s", now: Self.after(1))
        #expect(state.schedules["s"] == nil && state.jobs.isEmpty)
    }
}

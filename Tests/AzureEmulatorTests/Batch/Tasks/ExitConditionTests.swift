import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// What is expected here stands in the REST reference of `ExitConditions`, `ExitOptions`, `BatchTaskFailureMode` and
/// `BatchTaskConstraints`.
@Suite("What follows from the end of a task")
struct ExitConditionTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func conditions(_ json: JSONValue) throws -> ExitConditions { try #require(ExitConditions(json)) }

    private var uploadFailed: TaskOutcome { TaskOutcome(exitCode: 0).withUpload(.uploadFailed("x")) }

    @Test("Exit codes come before ranges, named ones before a failed upload, and the default after all")
    func precedence() throws {
        let all = try conditions([
            "exitCodes": [["code": 3, "exitOptions": ["jobAction": "none"]]],
            "exitCodeRanges": [
                ["start": 3, "end": 5, "exitOptions": ["jobAction": "disable"]],
                ["start": -2, "end": -1, "exitOptions": ["jobAction": "disable"]],
            ],
            "preProcessingError": ["dependencyAction": "satisfy"], "fileUploadError": ["jobAction": "disable"],
            "default": ["jobAction": "terminate"],
        ])
        #expect(all.options(after: TaskOutcome(.exited(3)))?.jobAction == ExitConditions.JobAction.none)
        #expect(all.options(after: TaskOutcome(.exited(5)))?.jobAction == .disable)
        #expect(all.options(after: TaskOutcome(.exited(-1)))?.jobAction == .disable)
        #expect(all.options(after: TaskOutcome(.exited(6)))?.jobAction == .terminate)
        #expect(all.options(after: TaskOutcome(.exited(0))) == nil)
        #expect(all.options(after: uploadFailed)?.jobAction == .disable)
        #expect(
            all.options(after: TaskOutcome(.exited(3)).withUpload(.uploadFailed("x")))?.jobAction
                == ExitConditions.JobAction.none)
        #expect(all.options(after: TaskOutcome(.programNotFound("x")))?.dependencyAction == .satisfy)
        let few = try conditions(["default": ["jobAction": "disable"]])
        #expect(few.options(after: uploadFailed)?.jobAction == .disable)
        #expect(few.options(after: TaskOutcome(.launchFailed("x")))?.jobAction == .disable)
        #expect(few.options(after: TaskOutcome(.exited(0))) == nil)
    }

    private func state(_ job: JSONValue) -> BatchState {
        var state = BatchState(nodeQuota: 100)
        _ = state.createPool(
            PoolRecord(
                id: "pool", created: now, properties: ["id": "pool"], version: BatchResourceVersion(now: now),
                stateTime: now, allocationTime: now, targetDedicated: 1, targetLowPriority: 0), now: now)
        for effect in state.takeEffects() {
            if case .makeNode(let key) = effect { state.nodeMade(key, now: now) }
        }
        var properties: JSONValue = ["id": "job", "poolInfo": ["poolId": "pool"]]
        for (name, value) in job.object ?? [:] { properties[name] = value }
        _ = state.createJob(
            JobRecord(
                id: "job", created: now, properties: properties, version: BatchResourceVersion(now: now), stateTime: now
            ),
            now: now)
        return state
    }

    private func run(_ task: JSONValue, _ outcome: TaskOutcome, _ state: inout BatchState, now: Date? = nil) {
        var properties: JSONValue = ["id": "t", "commandLine": "true"]
        for (name, value) in task.object ?? [:] { properties[name] = value }
        _ = state.addTask(
            TaskRecord(id: "t", properties: properties, now: now ?? self.now), to: "job", now: now ?? self.now)
        state.schedule(now: now ?? self.now)
        for effect in state.takeEffects() {
            if case .run(let run, _) = effect { state.runEnded(run, outcome: outcome, now: now ?? self.now) }
        }
    }

    @Test("A job acts as its tasks say: by default failures end it, also those that are no exit codes")
    func jobActions() {
        let acts: JSONValue = ["onTaskFailure": "performExitOptionsJobAction"]
        var state = state(acts)
        run([:], TaskOutcome(.programNotFound("x")), &state)
        #expect(state.jobs["job"]?.state == .completed && state.jobs["job"]?.terminateReason == "TaskFailed")
        state = self.state(acts)
        run(["exitConditions": ["fileUploadError": ["jobAction": "disable"]]], uploadFailed, &state)
        #expect(state.jobs["job"]?.state == .disabled)
        // An exit code of 0 has to be named to count.
        state = self.state(acts)
        run(
            ["exitConditions": ["exitCodes": [["code": 0, "exitOptions": ["jobAction": "terminate"]]]]],
            TaskOutcome(.exited(0)), &state)
        #expect(state.jobs["job"]?.state == .completed)
        state = self.state(acts)
        run(["exitConditions": ["default": ["jobAction": "none"]]], TaskOutcome(.exited(1)), &state)
        #expect(state.jobs["job"]?.state == .active)
        state = self.state([:])
        run([:], TaskOutcome(.exited(1)), &state)
        #expect(state.jobs["job"]?.state == .active)
    }

    @Test("Dependents wait for, or go on after, what the conditions say, success included")
    func dependencyActions() {
        var state = state(["usesTaskDependencies": true])
        run(
            ["exitConditions": ["exitCodes": [["code": 0, "exitOptions": ["dependencyAction": "block"]]]]],
            TaskOutcome(.exited(0)), &state)
        #expect(state.jobs["job"]?.tasks["t"]?.satisfiesDependents == false)
        state = self.state(["usesTaskDependencies": true])
        run(
            ["exitConditions": ["fileUploadError": ["dependencyAction": "satisfy"]]], uploadFailed, &state)
        #expect(state.jobs["job"]?.tasks["t"]?.satisfiesDependents == true)
    }

    @Test("Files are removed when their time is over, and not before; those of a task that ran again later")
    func retention() throws {
        var state = state([:])
        run(["constraints": ["retentionTime": "PT1H"]], TaskOutcome(.exited(1)), &state)
        let wake = state.takeEffects().contains { effect in
            if case .wake(let after) = effect { after == .seconds(3600) } else { false }
        }
        #expect(wake)
        state.reactivateTask("job", "t", now: now.addingTimeInterval(60))
        for effect in state.takeEffects() {
            if case .run(let run, _) = effect {
                state.runEnded(run, outcome: TaskOutcome(.exited(0)), now: now.addingTimeInterval(120))
            }
        }
        state.checkTimes(now: now.addingTimeInterval(3600))
        #expect(state.jobs["job"]?.tasks["t"]?.execution.hasFiles == true && removals(&state).isEmpty)
        state.checkTimes(now: now.addingTimeInterval(3720))
        #expect(state.jobs["job"]?.tasks["t"]?.execution.hasFiles == false && removals(&state) == ["t"])
        state.checkTimes(now: now.addingTimeInterval(9999))
        #expect(removals(&state).isEmpty)
    }

    @Test(
        "Files are kept for a week unless a task says otherwise; a year is for ever; nothing is kept of a deleted task")
    func usualRetention() {
        var state = state([:])
        run([:], TaskOutcome(.exited(0)), &state)
        state.checkTimes(now: now.addingTimeInterval(7 * 86_400 - 1))
        #expect(removals(&state).isEmpty)
        state.checkTimes(now: now.addingTimeInterval(7 * 86_400))
        #expect(removals(&state) == ["t"])
        state = self.state([:])
        run(["constraints": ["retentionTime": "P10675199DT2H48M5.4775807S"]], TaskOutcome(.exited(0)), &state)
        state.checkTimes(now: .distantFuture)
        #expect(removals(&state).isEmpty)
        state = self.state([:])
        run([:], TaskOutcome(.exited(0)), &state)
        state.deleteTask("job", "t", now: now)
        #expect(removals(&state) == ["t"])
        state.checkTimes(now: .distantFuture)
        #expect(removals(&state).isEmpty)
    }

    private func removals(_ state: inout BatchState) -> [String] {
        state.takeEffects().compactMap { effect in
            if case .removeFiles(_, _, _, let task) = effect { task } else { nil }
        }
    }

    @Test("Actions that the job cannot take are refused with the task")
    func refusals() async throws {
        try await BatchFixture.with { fixture in
            try await fixture.makeJob()
            func add(_ conditions: JSONValue, to job: String) async throws -> String? {
                let body: JSONValue = ["id": "t", "commandLine": "true", "exitConditions": conditions]
                return try await fixture.send(.post, "/jobs/\(job)/tasks", body: body).code
            }
            #expect(try await add(["default": ["jobAction": "none"]], to: "job") == "InvalidPropertyValue")
            #expect(
                try await add(
                    ["exitCodes": [["code": 1, "exitOptions": ["dependencyAction": "satisfy"]]]], to: "job")
                    == "InvalidPropertyValue")
            let job: JSONValue = [
                "id": "acts", "poolInfo": ["poolId": "pool"], "onTaskFailure": "performexitoptionsjobaction",
                "usesTaskDependencies": true,
            ]
            #expect(try await fixture.send(.post, "/jobs", body: job).status == 201)
            #expect(
                try await add(
                    ["exitCodeRanges": [["start": 2, "end": 1, "exitOptions": ["jobAction": "none"]]]], to: "acts")
                    == "InvalidPropertyValue")
            #expect(
                try await add(["default": ["jobAction": "none", "dependencyAction": "satisfy"]], to: "acts") == nil)
        }
    }

    #if Emulator
    @Test("The files of a task are really gone after their time, and the service says so", .timeLimit(.minutes(5)))
    func removedFiles() async throws {
        let clock = ManualClock()
        try await BatchFixture.with(timeSource: clock.timeSource) { fixture in
            try await fixture.makeJob()
            let task = try await fixture.run("true", ["constraints": ["retentionTime": "PT2H"]])
            #expect(task["state"] == "completed")
            #expect(try await fixture.taskFile("stdout.txt").status == 200)
            clock.advance(by: .seconds(7201))
            await fixture.emulator.wait { state in
                state.jobs["job"]?.tasks["task"]?.execution.hasFiles == false
                    && !state.isRemoving(job: "job", task: "task")
            }
            #expect(try await fixture.taskFile("stdout.txt").code == "TaskFilesCleanedup")
            let list = try await fixture.send(.get, "/pools/pool/nodes/tvmps_00000001_d/files", "recursive=true")
            #expect(!list.text.contains("job-1/task"))
        }
    }
    #endif
}

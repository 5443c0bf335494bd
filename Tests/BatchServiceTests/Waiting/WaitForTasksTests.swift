import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Foundation
import Synchronization
import Testing

@Suite("Waiting for tasks")
struct WaitForTasksTests {
    private func counts(_ active: Int, _ running: Int, _ completed: Int, failed: Int = 0) -> String {
        #"""
        {"taskCounts":{"active":\#(active),"running":\#(running),"completed":\#(completed),
        "succeeded":\#(completed - failed),"failed":\#(failed)}}
        """#
    }

    private let activeJob = #"{"id":"j","state":"active","poolInfo":{"poolId":"p"},"executionInfo":{"poolId":"p"}}"#
    private let steadyPool = #"{"id":"p","state":"active","allocationState":"steady","currentDedicatedNodes":1}"#

    /// Waits on a service with these answers and gives the progress at each look.
    private func wait(
        _ answers: [String: [String]], orOneFailed: Bool = false, timeout: Duration = .seconds(60)
    ) async throws -> (result: BatchTaskProgress, seen: [BatchTaskProgress]) {
        let clock = ManualClock(advancesBySleeping: true)
        let client = try makeClient(ScriptedService(answers).transport, clock: clock)
        let seen = Mutex<[BatchTaskProgress]>([])
        let options = WaitOptions(timeout: timeout, pollInterval: .seconds(5), timeSource: clock.timeSource)
        let result = try await client.jobs
            .waitUntilTasksCompleted("j", orOneFailed: orOneFailed, options: options) { looks in
                for await look in looks { seen.withLock { $0.append(look) } }
            }
        return (result, seen.withLock { $0 })
    }

    private func failure(_ answers: [String: [String]]) async throws -> AzureError {
        let error = await #expect(throws: AzureError.self) { _ = try await wait(answers) }
        return try #require(error)
    }

    @Test("ends when all have completed, and tells the progress of each look")
    func success() async throws {
        let (result, seen) = try await wait([
            "/jobs/j/taskcounts": [counts(2, 0, 0), counts(1, 1, 0), counts(0, 0, 2)], "/jobs/j/tasks": [page()],
            "/jobs/j": [activeJob], "/pools/p": [steadyPool], "/pools/p/nodes": [page(#"{"id":"n","state":"idle"}"#)],
        ])
        #expect(result == BatchTaskProgress(completed: 2, succeeded: 2))
        #expect(seen.map(\.active) == [2, 1, 0])
        #expect(seen.map(\.total) == [2, 2, 2])
    }

    @Test("does not trust figures that lag behind the list")
    func lag() async throws {
        let running = #"{"id":"t","state":"running"}"#
        let (result, seen) = try await wait([
            "/jobs/j/taskcounts": [counts(0, 0, 0), counts(0, 0, 1), counts(0, 1, 1)],
            "/jobs/j/tasks": [
                page(running), page(), page(#"{"id":"t","executionInfo":{"result":"failure"}}"#),
            ], "/jobs/j": [activeJob], "/pools/p": [steadyPool],
            "/pools/p/nodes": [page(#"{"id":"n","state":"running"}"#)],
        ])
        #expect(seen.count == 2)
        #expect(result == BatchTaskProgress(completed: 2, succeeded: 1, failed: 1))
    }

    @Test("ends at the first failure when asked to")
    func firstFailure() async throws {
        let (result, _) = try await wait(
            ["/jobs/j/taskcounts": [counts(5, 1, 1, failed: 1)]], orOneFailed: true)
        #expect(result.failed == 1)
        #expect(result.active == 5)
    }

    @Test("a job without tasks is done")
    func noTasks() async throws {
        let (result, _) = try await wait([
            "/jobs/j/taskcounts": [counts(0, 0, 0)], "/jobs/j/tasks": [page()], "/jobs/j": [activeJob],
        ])
        #expect(result.total == 0)
    }

    @Test("ends with an error when the time is up")
    func deadline() async throws {
        let answers = [
            "/jobs/j/taskcounts": [counts(0, 1, 0)], "/jobs/j": [activeJob],
        ]
        let error = await #expect(throws: AzureError.self) { _ = try await wait(answers, timeout: .seconds(12)) }
        #expect(error?.code == .deadlineExceeded)
    }

    @Test(
        "fails at once when the job has ended, is disabled or deleted",
        arguments: [
            (#"{"id":"j","state":"deleting"}"#, AzureErrorCode.jobBeingDeleted, "being deleted"),
            (#"{"id":"j","state":"disabled"}"#, .jobDisabled, "disabled"),
            (#"{"id":"j","state":"disabling"}"#, .jobDisabled, "disabled"),
            (
                #"{"id":"j","state":"completed","executionInfo":{"terminateReason":"MaxWallClockTimeExpiry"}}"#,
                .jobCompleted, "MaxWallClockTimeExpiry"
            ),
            (
                #"{"id":"j","state":"active","executionInfo":{"schedulingError":{"code":"AutoPoolFailed","message":"no"}}}"#,
                AzureErrorCode("AutoPoolFailed"), "could not be started: no"
            ),
        ])
    func job(answer: String, code: AzureErrorCode, text: String) async throws {
        let error = try await failure([
            "/jobs/j/taskcounts": [counts(1, 1, 0)], "/jobs/j": [answer],
            "/jobs/j/tasks": [page(#"{"id":"t","state":"active"}"#)],
        ])
        #expect(error.code == code)
        #expect(error.message.contains(text))
    }

    @Test("says when tasks failed because the job was ended")
    func forcedEnd() async throws {
        let error = try await failure([
            "/jobs/j/taskcounts": [counts(0, 0, 2, failed: 1)],
            "/jobs/j/tasks": [page(), page(#"{"id":"t","executionInfo":{"result":"failure"}}"#)],
            "/jobs/j": [#"{"id":"j","state":"completed","executionInfo":{"terminateReason":"UserTerminate"}}"#],
        ])
        #expect(error.code == .jobCompleted)
        #expect(error.message.contains("UserTerminate"))
        #expect(error.message.contains("1 of its 2"))
    }

    @Test("fails at once when the job is gone")
    func jobGone() async throws {
        #expect(try await failure([:]).code == .resourceNotFound)
    }

    @Test(
        "fails at once when the pool cannot run tasks",
        arguments: [
            ("", AzureErrorCode.resourceNotFound, "Pool 'p', on which job 'j' runs, does not exist."),
            (#"{"id":"p","state":"deleting"}"#, .poolBeingDeleted, "being deleted"),
            (
                #"{"id":"p","state":"active","allocationState":"steady","currentDedicatedNodes":0,"resizeErrors":"#
                    + #"[{"code":"AccountCoreQuotaReached","message":"too few cores","values":[{"name":"a","value":"b"}]}]}"#,
                AzureErrorCode("AccountCoreQuotaReached"), "could not be resized: too few cores"
            ),
            (
                #"{"id":"p","state":"active","allocationState":"steady","autoScaleRun":{"error":"#
                    + #"{"code":"AutoScalingFormulaEvaluationError","message":"bad"}}}"#,
                AzureErrorCode("AutoScalingFormulaEvaluationError"), "formula of pool 'p' failed: bad"
            ),
        ])
    func pool(answer: String, code: AzureErrorCode, text: String) async throws {
        var answers = ["/jobs/j/taskcounts": [counts(1, 0, 0)], "/jobs/j": [activeJob]]
        if !answer.isEmpty { answers["/pools/p"] = [answer] }
        let error = try await failure(answers)
        #expect(error.code == code)
        #expect(error.message.contains(text), "\(error.message)")
    }

    @Test("fails at once when the start task failed on every node, with its reason")
    func startTask() async throws {
        let failed = #"""
            {"id":"n1","state":"starttaskfailed","startTaskInfo":{"exitCode":7,"failureInfo":
            {"category":"usererror","code":"FailureExitCode","message":"apt failed"}}}
            """#
        let answers = [
            "/jobs/j/taskcounts": [counts(1, 0, 0)], "/jobs/j": [activeJob], "/pools/p": [steadyPool],
            "/pools/p/nodes": [page(failed, #"{"id":"n2","state":"unusable"}"#)],
        ]
        let error = try await failure(answers)
        #expect(error.code == .nodeStateUnusable)
        #expect(error.message.contains("2 of the 2 nodes"))
        #expect(error.message.contains("exit code 7, apt failed"))
    }

    private let dependentJob =
        #"{"id":"j","state":"active","usesTaskDependencies":true,"poolInfo":{"poolId":"p"},"executionInfo":{"poolId":"p"}}"#

    @Test("fails at once when the tasks that are left depend on one that failed, as the service blocks them by default")
    func blocked() async throws {
        let error = try await failure([
            "/jobs/j/taskcounts": [counts(1, 0, 1, failed: 1)], "/jobs/j": [dependentJob], "/pools/p": [steadyPool],
            "/pools/p/nodes": [page(#"{"id":"n","state":"idle"}"#)],
            "/jobs/j/tasks": [
                page(#"{"id":"b","state":"active","dependsOn":{"taskIds":["a"]}}"#),
                page(#"{"id":"a","state":"completed","executionInfo":{"exitCode":1,"result":"failure"}}"#),
            ],
        ])
        #expect(error.code == .waitingInVain)
        #expect(
            error.message
                == "Job 'j' does not go on: 1 task waits in vain: 'b' depends on task 'a', which failed.")
        #expect(error.operation == "Batch.WaitForTasks")
    }

    @Test("looks at dependencies again only when the figures have changed, and goes on while a task can run")
    func dependenciesGoOn() async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let transport = ScriptedService([
            "/jobs/j/taskcounts": [counts(1, 0, 1), counts(1, 0, 1), counts(0, 0, 2)], "/jobs/j": [dependentJob],
            "/pools/p": [steadyPool], "/pools/p/nodes": [page(#"{"id":"n","state":"idle"}"#)],
            "/jobs/j/tasks": [
                page(#"{"id":"b","state":"active","dependsOn":{"taskIds":["a"]}}"#),
                page(#"{"id":"a","state":"completed","executionInfo":{"exitCode":0,"result":"success"}}"#), page(),
            ],
        ]).transport
        let client = try makeClient(transport, clock: clock)
        let progress = try await client.jobs.waitUntilTasksCompleted("j", options: waitOptions(clock))
        #expect(progress.completed == 2)
        #expect(transport.requests.filter { $0.pathOnly == "/jobs/j/tasks" }.count == 4)
    }

    @Test(
        "fails at once when a pool that does not scale is to have no nodes, or none of its nodes takes tasks",
        arguments: [
            (
                #""currentDedicatedNodes":0,"targetDedicatedNodes":0"#, "", AzureErrorCode.waitingInVain,
                "is to have none"
            ),
            (
                #""currentDedicatedNodes":2"#,
                #"{"id":"n1","state":"offline","schedulingState":"disabled"},{"id":"n2","state":"unusable"}"#,
                .nodeStateUnusable, "None of the 2 nodes of pool 'p' takes tasks; 'n1' is offline."
            ),
            (
                #""currentLowPriorityNodes":1"#, #"{"id":"n1","state":"deallocated"}"#, .nodeStateUnusable,
                "'n1' is deallocated."
            ),
        ])
    func idlePool(figures: String, nodes: String, code: AzureErrorCode, text: String) async throws {
        let pool = #"{"id":"p","state":"active","allocationState":"steady","enableAutoScale":false,\#(figures)}"#
        let error = try await failure([
            "/jobs/j/taskcounts": [counts(1, 0, 0)], "/jobs/j": [activeJob], "/pools/p": [pool],
            "/pools/p/nodes": [#"{"value":[\#(nodes)]}"#],
        ])
        #expect(error.code == code)
        #expect(error.message.contains(text), "\(error.message)")
    }

    @Test("waits for nodes that a pool will get by itself")
    func scalingPool() async throws {
        let pool =
            #"{"id":"p","state":"active","allocationState":"steady","enableAutoScale":true,"currentDedicatedNodes":0}"#
        let (result, _) = try await wait([
            "/jobs/j/taskcounts": [counts(1, 0, 0), counts(0, 0, 1)], "/jobs/j": [activeJob], "/pools/p": [pool],
            "/jobs/j/tasks": [page()],
        ])
        #expect(result.completed == 1)
    }

    @Test("counts with any figures that a service may send")
    func hugeFigures() async throws {
        let huge = BatchTaskProgress(active: .max, running: .max, completed: 1)
        #expect(huge.total == .max)
        let pool =
            #"{"id":"p","state":"active","allocationState":"steady","currentDedicatedNodes":9223372036854775807,"#
            + #""currentLowPriorityNodes":9223372036854775807}"#
        let (result, _) = try await wait([
            "/jobs/j/taskcounts": [
                #"{"taskCounts":{"active":9223372036854775807,"running":0,"completed":9223372036854775807}}"#,
                counts(0, 0, 1),
            ], "/jobs/j": [activeJob], "/pools/p": [pool], "/pools/p/nodes": [page(#"{"id":"n","state":"idle"}"#)],
            "/jobs/j/tasks": [page()],
        ])
        #expect(result.completed == 1)
    }

    @Test("goes on while a node may still come to run tasks")
    func oneGoodNode() async throws {
        let (result, _) = try await wait([
            "/jobs/j/taskcounts": [counts(1, 0, 0), counts(0, 0, 1)], "/jobs/j": [activeJob],
            "/jobs/j/tasks": [page()], "/pools/p": [steadyPool],
            "/pools/p/nodes": [
                page(#"{"id":"n1","state":"starttaskfailed"}"#, #"{"id":"n2","state":"waitingforstarttask"}"#)
            ],
        ])
        #expect(result.completed == 1)
    }

    @Test("throws what looking throws, and stops when cancelled")
    func failures() async throws {
        let clock = ManualClock()
        let service = ScriptedService(["/jobs/j/taskcounts": [counts(0, 1, 0)], "/jobs/j": [activeJob]])
        let client = try makeClient(service.transport, clock: clock)
        let options = WaitOptions(timeSource: clock.timeSource)
        let waiting = Task { try await client.jobs.waitUntilTasksCompleted("j", options: options) }
        await clock.waitForSleepers(1)
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }
}

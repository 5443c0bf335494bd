import AzureCore
import AzureTesting
import BatchModels
import BatchService
import Testing

/// What a wait says is what the service answered last; the states are those of the REST documentation.
@Suite("Waits whose time is up")
struct WaitTimeoutTests {
    private let clock = ManualClock(advancesBySleeping: true)
    private var options: WaitOptions { waitOptions(clock, timeout: .seconds(12)) }

    private func message(
        _ answers: [String: [String]], _ wait: (BatchClient) async throws -> Void
    ) async throws -> String {
        let batch = try makeClient(ScriptedService(answers).transport, clock: clock)
        let error = try #require(await #expect(throws: AzureError.self) { try await wait(batch) })
        #expect(error.code == .deadlineExceeded)
        return error.message
    }

    @Test("tasks: the figures of the last look")
    func tasks() async throws {
        func counts(_ running: Int, _ completed: Int) -> String {
            #"{"taskCounts":{"active":1,"running":\#(running),"completed":\#(completed),"succeeded":1,"failed":2}}"#
        }
        let answers = [
            "/jobs/j/taskcounts": [counts(9, 0), counts(2, 3)],
            "/jobs/j": [#"{"id":"j","state":"active","poolInfo":{"poolId":"p"}}"#],
        ]
        #expect(
            try await message(answers) { try await $0.jobs.waitUntilTasksCompleted("j", options: options) }
                == "Waiting for the tasks of job 'j' took longer than 12 s, its limit (WaitOptions.timeout). At the last look 1 of its 6 tasks was active, "
                + "2 running and 3 completed, of which 2 had failed.")
    }

    @Test(
        "nodes: how many there are in each state, and what the pool does",
        arguments: [
            (
                "steady",
                page(
                    #"{"id":"a","state":"starting"}"#, #"{"id":"b","state":"idle"}"#, #"{"id":"c","state":"starting"}"#),
                "At the last look 1 idle, 2 starting, of 3 that are to be ready."
            ),
            (
                "resizing", page(),
                "At the last look there was none, of 3 that are to be ready, while the pool was 'resizing'."
            ),
        ])
    func nodes(state: String, nodes: String, sentence: String) async throws {
        let answers = [
            "/pools/p": [#"{"id":"p","allocationState":"\#(state)","targetDedicatedNodes":3}"#],
            "/pools/p/nodes": [nodes],
        ]
        #expect(
            try await message(answers) { try await $0.pools.waitUntilNodesReady("p", options: options) }
                == "Waiting for the nodes of pool 'p' took longer than 12 s, its limit (WaitOptions.timeout). \(sentence)"
        )
    }

    @Test("pools: the state, and how many nodes there are")
    func steady() async throws {
        let pool = #"""
            {"id":"p","allocationState":"resizing","targetDedicatedNodes":3,"currentDedicatedNodes":1,
            "targetLowPriorityNodes":2}
            """#
        #expect(
            try await message(["/pools/p": [pool]]) { try await $0.pools.waitUntilSteady("p", options: options) }
                == "Waiting for pool 'p' to be steady took longer than 12 s, its limit (WaitOptions.timeout). At the last look it was 'resizing', with 1 of "
                + "5 nodes.")
    }

    @Test("jobs, job schedules, nodes: the state")
    func states() async throws {
        #expect(
            try await message(["/jobs/j": [#"{"id":"j","state":"disabling"}"#]]) {
                try await $0.jobs.waitUntilDisabled("j", options: options)
            }
                == "Waiting for job 'j' to be 'disabled' took longer than 12 s, its limit (WaitOptions.timeout). At the last look it was 'disabling'."
        )
        #expect(
            try await message(["/jobschedules/s": [#"{"id":"s","state":"terminating"}"#]]) {
                try await $0.jobSchedules.waitUntilTerminated("s", options: options)
            }
                == "Waiting for job schedule 's' to be 'completed' took longer than 12 s, its limit (WaitOptions.timeout). At the last look it was "
                + "'terminating'.")
        #expect(
            try await message(["/pools/p/nodes/n": [#"{"id":"n","state":"rebooting"}"#]]) {
                try await $0.nodes.waitUntilRebooted("n", inPool: "p", options: options)
            }
                == "Waiting for node 'n' of pool 'p' to be 'idle' took longer than 12 s, its limit (WaitOptions.timeout). At the last look it was "
                + "'rebooting'.")
    }
}

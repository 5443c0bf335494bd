import ExampleTestSupport
import Foundation
import SampleSupport
import Testing

@Suite("When the nodes of the tutorial fail")
struct NodeFailureTests {
    @Test("A start task that fails is reported at once, with what it wrote as errors")
    func startTask() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let program = try directory.writeProgram("echo 'no such luck' >&2; exit 3", to: "TutorialTask")
                let start = ContinuousClock.now
                let run = try await TutorialRun.run(
                    ["--task-program", program, "--output", directory.path("results")],
                    environment: accounts.environment)
                #expect(!run.succeeded)
                #expect(ContinuousClock.now - start < .seconds(60))
                let lines = run.terminal.errorLines
                #expect(lines.first?.contains("exit code 3") == true, "\(lines)")
                #expect(lines.first?.contains("ends with: no such luck") == true, "\(lines)")
                #expect(lines.contains("    | no such luck"), "\(lines)")
                try await expectNothingLeft(in: accounts)
            }
        }
    }

    @Test("Signatures that have expired fail the start task, which says so")
    func expiredSignatures() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                var timing = SampleTiming.test
                timing.now = { Date(timeIntervalSinceNow: -3 * 3600) }
                let run = try await TutorialRun.run(
                    ["--output", directory.path("results")], environment: accounts.environment, timing: timing)
                #expect(!run.succeeded)
                #expect(run.terminal.errorLines.first?.contains("start task failed") == true, "\(run.terminal.errors)")
                try await expectNothingLeft(in: accounts)
            }
        }
    }

    @Test("A task that fails is reported with what it wrote as errors, and the results of the others are there")
    func task() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let inputs = try [
                    directory.write(Data([0x61, 0x20, 0xFF]), to: "bad.txt"), directory.write("a b a", to: "good.txt"),
                ]
                let run = try await TutorialRun.run(
                    ["--output", directory.path("results"), "--input"] + inputs, environment: accounts.environment)
                #expect(!run.succeeded)
                let errors = run.terminal.errors
                #expect(
                    run.terminal.errorLines.first?
                        .wholeMatch(of: /Error: Task \[topNtask0\] of job \[SwiftTutorialJob-[a-z2-9]{10}\] failed\./)
                        != nil)
                #expect(errors.contains("exit code 1") && errors.contains("bad.txt' is not valid UTF-8 at byte 2"))
                #expect(try directory.directory("results").names() == ["good_OUTPUT.txt"])
                try await expectNothingLeft(in: accounts)
            }
        }
    }
}

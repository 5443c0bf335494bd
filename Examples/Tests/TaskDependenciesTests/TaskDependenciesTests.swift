import ArgumentParser
import BatchModels
import ExampleTestSupport
import Foundation
import SampleSupport
import Testing

@testable import TaskDependencies

/// How many primes, twins and gaps there are is published: sequences A006880, A007508 and A002386 of the OEIS. What ranges
/// of ids, dependencies, retries and output files do says the REST documentation of Batch: Tasks - Create Task.
@Suite("Tasks that wait for each other", .timeLimit(.minutes(3)))
struct TaskDependenciesTests {
    @Test("A hundred tasks search, four put together, one takes stock; those out of luck are tried again")
    func primes() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let (code, terminal) = try await TaskDependencies.run(
                    [
                        "--tasks", "100", "--nodes", "4", "--unlucky", "20", "--run", "r1", "--output",
                        directory.path("results"),
                    ], in: accounts)
                #expect(code == 0, "\(terminal.errors)")
                let result = """
                    9592 primes up to 100000
                    1224 pairs of twins
                    widest gap: 72, after 31397

                    """
                #expect(try directory.read("results/result.txt") == result)
                #expect(
                    terminal.output.hasSuffix(
                        "result.txt\n\(result)Deleting job [TaskDependenciesJob-r1]...\n"
                            + "Deleting pool [TaskDependenciesPool-r1]...\n"), "\(terminal.output)")
                #expect(terminal.output.contains("Adding 105 tasks to job [TaskDependenciesJob-r1]...\n"))
                #expect(
                    terminal.output.contains(
                        "Tasks that were tried again: 5; errors that failed tries left in [failed/]: 5.\n"),
                    "\(terminal.output)")
                try await expectNothingLeft(in: accounts)
            }
        }
    }

    @Test("Tasks that fail for good are named, with what they wrote, and what depends on them is not waited for")
    func failures() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let (code, terminal) = try await TaskDependencies.run(
                    [
                        "--tasks", "30", "--nodes", "2", "--unlucky", "15", "--retries", "0", "--run", "r1", "--output",
                        directory.path("results"),
                    ], in: accounts)
                #expect(code == 1)
                #expect(
                    terminal.errorLines.first == "Error: Tasks [15], [30] of job [TaskDependenciesJob-r1] failed.",
                    "\(terminal.errors)")
                #expect(terminal.errors.contains("| task 15 is out of luck"))
                #expect(!FileManager.default.fileExists(atPath: directory.path("results/result.txt")))
                try await expectNothingLeft(in: accounts)
            }
        }
    }

    @Test("The second stage names its tasks by a range of ids, the last one by ids; numbers are searched once")
    func tasks() throws {
        let plan = try TaskDependencies.parse(["--tasks", "26", "--unlucky", "0"]).plan(
            TaskDependencies.names(of: .random()))
        let tasks = PrimeTasks(plan: plan, writing: "https://w", reading: "https://r").all
        #expect(tasks.map(\.id) == (1...26).map(String.init) + ["group-1", "group-2", "total"])
        let ranges = tasks[26...27].compactMap { $0.dependsOn?.taskIDRanges?.first }
        #expect(ranges.map(\.start) == [1, 26] && ranges.map(\.end) == [25, 26])
        #expect(tasks[28].dependsOn?.taskIDs == ["group-1", "group-2"])
        #expect(tasks[0].commandLine.contains("from=1 -v to=1000 "))
        #expect(tasks[25].commandLine.contains("from=25001 -v to=26000 "))
        #expect(tasks.prefix(26).allSatisfy { $0.constraints?.maxTaskRetryCount == 2 && $0.dependsOn == nil })
    }

    @Test("What cannot be done is refused, and cleaning up needs the id of a run")
    func arguments() throws {
        for arguments in [
            ["--tasks", "0"], ["--tasks", "100001"], ["--nodes", "0"], ["--slots", "0"], ["--unlucky", "-1"],
            ["--retries", "-1"], ["--timeout", "0"],
        ] {
            #expect(throws: (any Error).self, "\(arguments)") { try TaskDependencies.parse(arguments) }
        }
        #expect(throws: (any Error).self) { try TaskDependencies.parseAsRoot(["cleanup"]) }
    }
}

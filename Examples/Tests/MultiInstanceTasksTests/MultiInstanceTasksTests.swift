import ArgumentParser
import ExampleTestSupport
import Foundation
import HeatFlow
import SampleSupport
import Testing

@testable import MultiInstanceTasks

/// The temperatures are compared with those of a rod in one piece. What coordination commands and subtasks are says the REST
/// documentation of Batch: Tasks - Create Task, MultiInstanceSettings.
@Suite("A task on several nodes", .timeLimit(.minutes(3)))
struct MultiInstanceTasksTests {
    private func temperatures(in directory: TemporaryDirectory) throws -> [Double] {
        try directory.read("results/temperatures.txt").split(separator: "\n").map { try #require(Double($0)) }
    }

    @Test("Four nodes compute what one would, and each has its subtask")
    func rod() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let (code, terminal) = try await MultiInstanceTasks.run(
                    ["--cells", "50", "--steps", "200", "--run", "r1", "--output", directory.path("results")],
                    in: accounts)
                #expect(code == 0, "\(terminal.errors)")
                var whole = RodPiece(cells: 50)
                for _ in 0..<200 { whole.advance(before: RodPiece.hot, after: RodPiece.cold) }
                #expect(try temperatures(in: directory) == whole.temperatures)

                let output = terminal.output
                #expect(output.contains("Adding 1 task to job [MultiInstanceTasksJob-r1]...\n"))
                let primary = try #require(
                    output.firstMatch(of: /Primary task on node \[(.+)\]: exit code 0\n/)?.output.1)
                let subtasks = output.matches(of: /Subtask (\d) on node \[(.+)\]: completed, exit code 0\n/)
                #expect(subtasks.map(\.output.1) == ["1", "2", "3"])
                let pieces = output.matches(of: /Piece \d of 4 on node \[(.+)\]: cells/).map(\.output.1)
                #expect(Set(pieces) == Set(subtasks.map(\.output.2) + [primary]) && Set(pieces).count == 4)
                try await expectNothingLeft(in: accounts)
            }
        }
    }

    @Test("A node that does not come fails the task, which says how many are there")
    func missingNode() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let real = TaskProgram.argument(SiblingProgram.path(of: "RodPart"))
                let program = try directory.writeProgram(
                    """
                    if [ "$1" = piece ] && [ "$AZ_BATCH_IS_CURRENT_NODE_MASTER" = false ]; then exit 5; fi
                    exec \(real) "$@"
                    """, to: "RodPart")
                let (code, terminal) = try await MultiInstanceTasks.run(
                    [
                        "--instances", "3", "--patience", "2", "--run", "r1", "--task-program", program, "--output",
                        directory.path("results"),
                    ], in: accounts)
                #expect(code == 1)
                #expect(terminal.errorLines.first == "Error: Task [rod] of job [MultiInstanceTasksJob-r1] failed.")
                #expect(
                    terminal.errors.contains("| RodPart: only 1 of 3 nodes are there after 2 s"), "\(terminal.errors)")
                #expect(!FileManager.default.fileExists(atPath: directory.path("results/temperatures.txt")))
                try await expectNothingLeft(in: accounts)
            }
        }
    }

    @Test("More pieces than cells are refused, and so is what is none")
    func arguments() throws {
        for arguments in [
            ["--cells", "3"], ["--instances", "0"], ["--steps", "0"], ["--patience", "0"], ["--timeout", "0"],
        ] {
            #expect(throws: (any Error).self, "\(arguments)") { try MultiInstanceTasks.parse(arguments) }
        }
        #expect(throws: (any Error).self) { try MultiInstanceTasks.parseAsRoot(["cleanup"]) }
    }
}

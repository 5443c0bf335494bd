import ArgumentParser
import ExampleTestSupport
import Foundation
import SampleSupport
import Testing

@testable import TopNWords

@Suite("TopNWords")
struct TopNWordsTests {
    private func run(_ arguments: [String], in accounts: TestAccounts) async throws -> (Bool, ScriptedTerminal) {
        let program = SiblingProgram.path(of: "TopNWords")
        let (code, terminal) = try await TopNWords.run(["--task-program", program] + arguments, in: accounts)
        return (code == 0, terminal)
    }

    @Test("Each task prints the most frequent words, and nothing is left")
    func words() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let book = try directory.write("the cat, the dog -- the end. cat", to: "book.txt")
                let (succeeded, terminal) = try await run(
                    ["--input", book, "--tasks", "3", "--numwords", "2", "--nodes", "2"], in: accounts)
                #expect(succeeded, "\(terminal.errors)")
                for index in 0..<3 {
                    let output = """
                        stdout.txt of task [topNtask\(index)]:
                        the 3
                        cat 2
                        stderr.txt of task [topNtask\(index)]:

                        """
                    #expect(terminal.output.contains(output), "\(terminal.output)")
                }
                #expect(!terminal.output.contains("topNtask3"))
                try await expectNothingLeft(in: accounts)
            }
        }
    }

    @Test("A text that is not UTF-8 fails the tasks, whose errors are printed")
    func invalid() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let book = try directory.write(Data([0x61, 0xFF]), to: "book.txt")
                let (succeeded, terminal) = try await run(
                    ["--input", book, "--tasks", "2", "--run", "r1"], in: accounts)
                #expect(!succeeded)
                #expect(
                    terminal.output.contains(
                        "stderr.txt of task [topNtask0]:\nError: The text is not valid UTF-8 at byte 1.\n"))
                #expect(
                    terminal.errors.hasPrefix(
                        "Error: Tasks [topNtask0], [topNtask1] of job [TopNWordsJob-r1] failed.\n"))
                try await expectNothingLeft(in: accounts)
            }
        }
    }

    @Test("The command that takes away what a run leaves names it, and knows no other names")
    func cleanup() throws {
        let cleanup = try #require(try TopNWords.parseAsRoot(["cleanup", "--run", "r1"]) as? SampleCleanup<TopNWords>)
        #expect(cleanup.names.runID?.description == "r1")
        #expect(throws: (any Error).self) { try TopNWords.parseAsRoot(["cleanup"]) }
        #expect(throws: (any Error).self) { try TopNWords.parseAsRoot(["cleanup", "--run", "No id"]) }
    }

    @Test("The task needs a text, and only the task")
    func arguments() {
        #expect(throws: (any Error).self) { try TopNWords.parse(["--task"]) }
        #expect(throws: (any Error).self) { try TopNWords.parse(["--book", "https://host/c/b"]) }
        #expect(throws: (any Error).self) { try TopNWords.parse(["--tasks", "0"]) }
    }
}

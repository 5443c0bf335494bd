import ArgumentParser
import BatchModels
import ExampleTestSupport
import Foundation
import SampleSupport
import Testing

@testable import JobPrepRelease

/// Which words are unknown is computed here as well, without a node. What preparation and release tasks, exit conditions
/// and the ends of jobs do says the REST documentation of Batch: Jobs - Create Job, and Tasks - Create Task.
@Suite("A job with preparation and release", .timeLimit(.minutes(3)))
struct JobPrepReleaseTests {
    /// What is printed for a node that was prepared and released.
    private func nodeLines(_ words: Int, in output: String) -> [String] {
        output.split(separator: "\n").map(String.init).filter {
            $0.hasPrefix("  [")
                && $0.hasSuffix(
                    "] preparation completed, exit code 0, '\(words) words'; "
                        + "release completed, exit code 0, 'removed the words'")
        }
    }

    private func words(of file: LocalFile) throws -> Set<String> {
        let text = String(decoding: try Data(contentsOf: URL(filePath: file.path)), as: UTF8.self)
        return Set(text.split { !($0.isASCII && $0.isLetter) }.map { $0.lowercased() })
    }

    @Test("Texts are read on prepared nodes; unknown words fail a task, and the sum of all is there all the same")
    func texts() async throws {
        try await withTestAccounts { accounts in
            let (code, terminal) = try await JobPrepRelease.run(["--run", "r1"], in: accounts)
            #expect(code == 0, "\(terminal.errors)")
            let output = terminal.output
            #expect(output.contains("  Job [JobPrepReleaseJob-r1] has ended: AllTasksComplete.\n"), "\(output)")

            let plan = try JobPrepRelease.parse([]).plan(JobPrepRelease.names(of: .random()))
            let known = try plan.words.reduce(into: Set<String>()) { $0.formUnion(try words(of: $1)) }
            for (index, text) in plan.texts.enumerated() {
                let unknown = try words(of: text).subtracting(known).sorted()
                let end = unknown.isEmpty ? "all words are known" : "unknown: \(unknown.joined(separator: ", "))"
                #expect(output.contains("  [text-\(index + 1)] \(text.name): \(end)\n"), "\(output)")
            }
            #expect(
                output.contains("Unknown words, and in how many texts each is:\n      2 beleives\n      1 bakc\n"),
                "\(output)")
            #expect((1...2).contains(nodeLines(known.count, in: output).count), "\(output)")
            try await expectNothingLeft(in: accounts)
        }
    }

    @Test("A text that is none ends the job, whose nodes are released all the same")
    func damagedText() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let words = try directory.write("sound\n", to: "words.txt")
                let texts = [
                    try directory.write(Data("sound".utf8) + Data(count: 3), to: "damaged.txt"),
                    try directory.write("sound", to: "sound.txt"),
                ]
                let (code, terminal) = try await JobPrepRelease.run(
                    ["--input"] + texts + ["--words", words, "--nodes", "1", "--run", "r1"], in: accounts)
                #expect(code == 1)
                #expect(
                    terminal.errorLines.first
                        == "Error: Task [text-1] has ended job [JobPrepReleaseJob-r1] before its time.",
                    "\(terminal.errors)")
                #expect(terminal.errors.contains("exit code 3") && terminal.errors.contains("| this is no text"))
                let output = terminal.output
                #expect(output.contains("  Job [JobPrepReleaseJob-r1] has ended: TaskFailed.\n"), "\(output)")
                #expect(output.contains("  [text-1] damaged.txt: no text\n"))
                #expect(nodeLines(1, in: output).count == 1, "\(output)")
                #expect(!output.contains("Unknown words"))
                try await expectNothingLeft(in: accounts)
            }
        }
    }

    @Test("Unknown words let the task go on that sums up, any other failure ends the job")
    func exitConditions() async throws {
        let plan = try JobPrepRelease.parse([]).plan(JobPrepRelease.names(of: .random()))
        try await withTestAccounts { accounts in
            let storage = SampleStorage(
                service: accounts.storage, footprint: Footprint(), console: ScriptedTerminal().console())
            let tasks = ProofTasks(plan: plan, storage: storage)
            let job = try tasks.job()
            #expect(job.taskFailureMode == .performExitOptionsJobAction && job.usesTaskDependencies == true)
            let all = try tasks.all()
            #expect(all.map(\.id) == ["text-1", "text-2", "text-3", "text-4", "text-5", "summary"])
            #expect(all.last?.dependsOn?.taskIDs == all.dropLast().map(\.id))
            for task in all.dropLast() {
                let unknown = task.exitConditions?.exitCodes?.first
                #expect(unknown?.code == 10 && unknown?.exitOptions?.dependencyAction == .satisfy)
                #expect(task.exitConditions?.default?.jobAction == .terminate)
            }
        }
    }

    @Test("Texts of one name, files that do not exist and too few nodes are refused")
    func arguments() throws {
        let names = JobPrepRelease.names(of: .random())
        #expect(throws: SampleFailure.self) { try JobPrepRelease.parse(["--input", "/nothing"]).plan(names) }
        #expect(throws: SampleFailure.self) { try JobPrepRelease.parse(["--words", "/bin/sh", "/bin/sh"]).plan(names) }
        #expect(throws: (any Error).self) { try JobPrepRelease.parse(["--nodes", "0"]) }
        #expect(throws: (any Error).self) { try JobPrepRelease.parseAsRoot(["cleanup"]) }
    }
}

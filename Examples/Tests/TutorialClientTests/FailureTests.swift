import AzureCore
import AzureEmulator
import ExampleTestSupport
import Foundation
import SampleSupport
import Testing

@Suite("When the tutorial cannot go on")
struct FailureTests {
    /// A key of the right form that opens nothing.
    static let wrongKey = Data("not the key of anything, but as long as one needs to be..".utf8).base64EncodedString()

    /// Runs the tutorial in the accounts of an emulator and expects one line of error, and nothing of the run left.
    private func expectFailure(
        _ parts: [String], arguments: [String] = [], timing: SampleTiming = .test,
        changing change: (inout [String: String], TemporaryDirectory) throws -> Void = { _, _ in }
    ) async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                var environment = accounts.environment
                try change(&environment, directory)
                let run = try await TutorialRun.run(
                    ["--output", directory.path("results")] + arguments, environment: environment, timing: timing)
                #expect(!run.succeeded)
                #expect(run.exitCode == 1)
                #expect(!run.terminal.output.contains("Uploading"))
                let lines = run.terminal.errorLines
                #expect(lines.count == 1, "\(run.terminal.errors)")
                for part in parts { #expect(lines.first?.contains(part) == true, "\(lines)") }
                for secret in [Self.wrongKey, accounts.emulator.blobKey, accounts.emulator.batchKey] {
                    #expect(!run.terminal.errors.contains(secret) && !run.terminal.output.contains(secret))
                }
                #expect(try await accounts.containers() == [])
                #expect(try await accounts.jobsAndPools() == [])
            }
        }
    }

    @Test("A wrong storage key is said in one line")
    func storageKey() async throws {
        try await expectFailure([
            "Error: Looking at the storage account [http://127.0.0.1:", "AuthenticationFailed", "403",
        ]) {
            environment, _ in
            environment["AZURE_STORAGE_CONNECTION_STRING"]?.replace(
                /AccountKey=[^;]*/, with: "AccountKey=\(Self.wrongKey)")
        }
    }

    @Test("A wrong Batch key is said in one line, before anything is uploaded")
    func batchKey() async throws {
        try await expectFailure([
            "Error: Looking at the Batch account [http://127.0.0.1:", "AuthenticationFailed", "40",
        ]) {
            environment, _ in
            environment["AZURE_BATCH_ACCESS_KEY"] = Self.wrongKey
        }
    }

    @Test("A key that is no base64 is said in one line")
    func malformedKey() async throws {
        try await expectFailure(["Error: ", "localbatch"]) { environment, _ in
            environment["AZURE_BATCH_ACCESS_KEY"] = "no base64!"
        }
    }

    @Test("An endpoint that cannot be reached is said in one line")
    func unreachable() async throws {
        try await expectFailure(["Error: Looking at the Batch account [http://127.0.0.1:1", "ConnectionFailed"]) {
            environment, _ in
            // Port 1 of this machine is served by nobody.
            environment["AZURE_BATCH_ENDPOINT"] = "http://127.0.0.1:1"
        }
    }

    @Test("A missing input file is said in one line, before anything is created")
    func input() async throws {
        try await expectFailure(
            ["Error: The input file '/nowhere/text.txt' does not exist."], arguments: ["--input", "/nowhere/text.txt"])
    }

    @Test("Two texts of one name are refused, before anything is created")
    func equalNames() async throws {
        try await withTemporaryDirectory { directory in
            try FileManager.default.createDirectory(
                at: directory.url.appending(path: "a"), withIntermediateDirectories: true)
            let inputs = try [directory.write("x", to: "a.txt"), directory.write("y", to: "a/a.txt")]
            try await expectFailure(["Error: ", "have the same name"], arguments: ["--input"] + inputs)
        }
    }

    @Test("A missing task program is said in one line, before anything is created")
    func program() async throws {
        try await expectFailure(
            ["Error: The task program '/nowhere/program' does not exist."],
            arguments: ["--task-program", "/nowhere/program"])
    }

    @Test("Variables that are missing are named, before anything is created")
    func settings() async throws {
        try await expectFailure(["Error: ", "AZURE_BATCH_ENDPOINT is not set"]) { environment, _ in
            environment["AZURE_BATCH_ENDPOINT"] = nil
        }
    }

    @Test("A job that is there already is not touched, and said in one line")
    func jobExists() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let arguments = ["--output", directory.path("results"), "--run", "same"]
                _ = try await TutorialRun.run(arguments, environment: accounts.environment, answers: ["n", "n", ""])
                let run = try await TutorialRun.run(arguments, environment: accounts.environment)
                #expect(!run.succeeded)
                #expect(run.terminal.errorLines.count == 1)
                #expect(run.terminal.errors.contains("Job [SwiftTutorialJob-same] exists already"))
                #expect(try await accounts.jobsAndPools() == ["SwiftTutorialJob-same", "SwiftTutorialPool-same"])
                #expect(try await accounts.containers() == [])
            }
        }
    }

    @Test("A terminal is asked about job and pool after a failure, too")
    func asksAfterFailure() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let program = try directory.writeProgram("echo broken >&2; exit 3", to: "TutorialTask")
                let run = try await TutorialRun.run(
                    ["--task-program", program, "--output", directory.path("results")],
                    environment: accounts.environment, answers: ["y", "y", ""])
                #expect(!run.succeeded)
                #expect(run.terminal.output.hasSuffix("Delete job? [Y/n] Delete pool? [Y/n] \nPress ENTER to exit..."))
                #expect(try await accounts.jobsAndPools() == [])
            }
        }
    }
}

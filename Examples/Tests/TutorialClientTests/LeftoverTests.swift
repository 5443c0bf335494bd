import ArgumentParser
import AzureCore
import BatchService
import BlobStorage
import ExampleTestSupport
import Foundation
import SampleSupport
import Synchronization
import Testing

@testable import TutorialClient

@Suite("The tutorial interrupted, and what it leaves")
struct LeftoverTests {
    /// A program that installs, and whose tasks do not end by themselves.
    private func endlessProgram(in directory: TemporaryDirectory) throws -> String {
        try directory.writeProgram("test \"$1\" = --version || exec tail -f /dev/null", to: "TutorialTask")
    }

    /// Signals of which the first comes when something is printed.
    private func signals(
        _ signal: Int32, when text: String
    ) -> (signals: Signals, onWrite: @Sendable (String) -> Void) {
        let (incoming, send) = AsyncStream.makeStream(of: Int32.self)
        return (
            Signals(incoming: { incoming }, exit: { _ in }), { if $0.contains(text) { send.yield(signal) } }
        )
    }

    private func cleanUp(_ arguments: [String], in accounts: TestAccounts) async throws -> (Int32, ScriptedTerminal) {
        let terminal = ScriptedTerminal()
        let command = try #require(try TutorialClient.parseAsRoot(["cleanup"] + arguments) as? TutorialCleanup)
        let code = await command.run(
            console: terminal.console(isInteractive: false), environment: accounts.environment, timing: .test)
        return (code, terminal)
    }

    @Test(
        "A signal ends the run with nothing left, and nobody is asked",
        arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func interrupted(signal: Int32, code: Int32) async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let (signals, onWrite) = signals(signal, when: "Monitoring")
                let run = try await TutorialRun.run(
                    ["--task-program", endlessProgram(in: directory), "--output", directory.path("results")],
                    environment: accounts.environment, answers: ["n", "n", ""], signals: signals, onWrite: onWrite)
                #expect(run.exitCode == code)
                #expect(run.terminal.errorLines == ["Interrupted."])
                #expect(!run.terminal.output.contains("[Y/n]") && !run.terminal.output.contains("Press ENTER"))
                try await expectNothingLeft(in: accounts)
            }
        }
    }

    @Test("A signal at a question is the answer: what the run has made goes")
    func interruptedQuestion() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let (signals, onWrite) = signals(SIGINT, when: "Delete job?")
                let terminal = ScriptedTerminal()
                var console = terminal.console()
                console.write = { [write = console.write] text in
                    write(text)
                    onWrite(text)
                }
                // Somebody who thinks.
                console.readLine = {
                    try? await Task.sleep(for: .seconds(3600))
                    return nil
                }
                let code = try await TutorialClient.parse(["--output", directory.path("results")]).run(
                    console: console, environment: accounts.environment, timing: .test, signals: signals)
                #expect(code == 130)
                #expect(terminal.output.contains("Delete job? [Y/n] \nDeleting job ["))
                try await expectNothingLeft(in: accounts)
            }
        }
    }

    @Test("A program that gets Ctrl-C ends with 130 and leaves nothing")
    func process() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let process = Process()
                process.executableURL = URL(filePath: SiblingProgram.path(of: "TutorialClient"))
                process.arguments = [
                    "--task-program", try endlessProgram(in: directory), "--output", directory.path("results"),
                ]
                process.environment = accounts.environment
                process.standardInput = FileHandle.nullDevice
                let output = Pipe()
                process.standardOutput = output
                process.standardError = FileHandle(forWritingAtPath: try directory.write("", to: "errors"))
                let text = Mutex("")
                output.fileHandleForReading.readabilityHandler = { file in
                    let data = file.availableData
                    let isTime = text.withLock { text in
                        let wasThere = text.contains("Monitoring")
                        text += String(decoding: data, as: UTF8.self)
                        return !wasThere && text.contains("Monitoring")
                    }
                    if isTime { process.interrupt() }
                    if data.isEmpty { file.readabilityHandler = nil }
                }
                let status = try await withCheckedThrowingContinuation { continuation in
                    process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
                    do { try process.run() } catch { continuation.resume(throwing: error) }
                }
                #expect(status == 130 && process.terminationReason == .exit)
                #expect(try directory.read("errors") == "Interrupted.\n")
                try await expectNothingLeft(in: accounts)
            }
        }
    }

    @Test("What could not be deleted is taken away by the command that the error names")
    func command() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                let held = accounts.storage.container("output-r1")
                let lease = Mutex<Task<String, any Error>?>(nil)
                let run = try await TutorialRun.run(
                    ["--run", "r1", "--output", directory.path("results")], environment: accounts.environment,
                    onWrite: { text in
                        guard text.contains("Creating pool") else { return }
                        lease.withLock { $0 = Task { try await held.lease.acquire().id } }
                    })
                let id = try await lease.withLock { $0 }?.value
                #expect(run.exitCode == 1)
                #expect(run.terminal.errorLines.last == "Take it away with: TutorialClient cleanup --run r1")
                #expect(try await accounts.containers() == ["output-r1"])
                try await held.lease.release(#require(id))

                // A pool of somebody else's, which a run may use, stays.
                let image = try await accounts.batch.account.newestVerifiedImage(
                    publisher: NodeSize.publisher, offer: NodeSize.offer, skuPrefix: NodeSize.skuPrefix)
                try await accounts.batch.pools.create(
                    BatchPoolCreateOptions(
                        id: "mine", vmSize: NodeSize.vmSize,
                        virtualMachineConfiguration: image.virtualMachineConfiguration))
                let kept = try await cleanUp(["--run", "r0", "--pool", "mine"], in: accounts)
                #expect(kept.0 == 0 && kept.1.output.contains("The pool [mine] was not made by an example, and stays."))
                try await accounts.batch.pools.delete("mine")

                let (code, terminal) = try await cleanUp(["--run", "r1"], in: accounts)
                #expect(code == 0, "\(terminal.errors)")
                #expect(terminal.output == "Deleting container [output-r1]...\n")
                try await expectNothingLeft(in: accounts)
                #expect(try await cleanUp(["--run", "r1"], in: accounts).1.output == "Nothing is left.\n")
            }
        }
    }

    @Test("Cleaning up takes away pool, job and containers of one run, and nothing of others")
    func cleanup() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { directory in
                try await accounts.storage.container("input").create()
                try await accounts.storage.container("input").blob("mine.txt").upload(Data("mine".utf8))
                for id in ["r1", "r2"] {
                    let run = try await TutorialRun.run(
                        [
                            "--run", id, "--keep-containers", "--input-container", "input", "--output",
                            directory.path("results"), "--input", directory.write("x", to: "\(id).txt"),
                        ], environment: accounts.environment, answers: ["n", "n", ""])
                    #expect(run.succeeded, "\(run.terminal.errors)")
                }
                let (code, terminal) = try await cleanUp(["--run", "r1"], in: accounts)
                #expect(code == 0, "\(terminal.errors)")
                #expect(
                    try await accounts.containers() == ["application-r2", "input", "output-r2"])
                #expect(try await accounts.jobsAndPools() == ["SwiftTutorialJob-r2", "SwiftTutorialPool-r2"])
                // The container was named by an option, and is somebody else's.
                let named = try await cleanUp(["--run", "r2", "--input-container", "input"], in: accounts)
                #expect(named.0 == 0, "\(named.1.errors)")
                #expect(try await accounts.containers() == ["input"])
                #expect(try await accounts.blobs(in: "input") == ["mine.txt"])
                #expect(try await accounts.jobsAndPools() == [])
            }
        }
    }

    @Test("Cleaning up needs the id of the run, and accounts that outlive a run")
    func cleanupArguments() async throws {
        #expect(throws: (any Error).self) { try TutorialClient.parseAsRoot(["cleanup"]) }
        #expect(throws: (any Error).self) { try TutorialClient.parseAsRoot(["cleanup", "--run", "No id"]) }
        let terminal = ScriptedTerminal()
        let command = try #require(try TutorialClient.parseAsRoot(["cleanup", "--run", "r1"]) as? TutorialCleanup)
        #expect(await command.run(console: terminal.console(), environment: [:]) == 1)
        #expect(terminal.errors.contains("The environment names no accounts to clean up."))
    }

    @Test("The command has the options that named things, for a shell")
    func commandLine() throws {
        let client = try TutorialClient.parse(["--run", "r1", "--pool", "my pool", "--output-container", "results"])
        #expect(
            client.names.resolved(id: .random(), reusesPool: false).cleanupCommand
                == "TutorialClient cleanup --run r1 --pool 'my pool' --output-container results")
        #expect(client.names.resolved(id: .random(), reusesPool: true).pool == "my pool")
        let plain = try TutorialClient.parse([]).names
        #expect(plain.resolved(id: .random(), reusesPool: true).pool == "SwiftTutorialPool")
        let names = (0..<2).map { _ in plain.resolved(id: .random(), reusesPool: false) }
        #expect(Set(names.map(\.pool) + names.map(\.job) + names.flatMap(\.containers)).count == 10)
    }
}

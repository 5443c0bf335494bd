#if Emulator && os(Linux)
import AzureCore
import Foundation
import Glibc
import Testing

@testable import AzureEmulator

@Suite("The command azure-emulator", .timeLimit(.minutes(5)), .enabled(if: RunningCommand.program != nil))
struct EmulatorCommandTests {
    @Test(
        "It says where it is reached, and stops on SIGTERM and SIGINT with exit code 0", arguments: [SIGTERM, SIGINT])
    func startAndStop(signal: Int32) async throws {
        let running = try await RunningCommand()
        let names: Set = [
            "blob endpoint", "blob account", "blob key", "blob connection string", "batch endpoint", "batch account",
            "batch key",
        ]
        #expect(Set(running.lines.keys) == names)
        #expect(running.lines["blob account"] == "devstoreaccount1" && running.lines["batch account"] == "localbatch")
        #expect(await running.end(with: signal) == 0)
    }

    @Test("It says the version of the package, which clients send as well")
    func version() async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(RunningCommand.program))
        process.arguments = ["--version"]
        let output = Pipe()
        process.standardOutput = output
        let (ends, ended) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in ended.finish() }
        try process.run()
        for await _ in ends {}
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(process.terminationStatus == 0 && text == PackageVersion.current + "\n")
    }

    @Test("After kill -9 nothing is left of it, be it by its watchdog or by the next start")
    func killed() async throws {
        let root = FileManager.default.temporaryDirectory.path + "/azure-command-test-\(UUID().uuidString)"
        defer { FileTree.remove(root) }
        let running = try await RunningCommand.withNodes(in: root)
        let instance = try EmulatorInstance.noted(in: root)
        #expect(instance.isAlive)
        try await ProcessFixture.with { fixture in
            // A process as a task of that emulator would be, without anything but the mark it cannot shed.
            fixture.makePipe()
            let launch = fixture.launch("/bin/sh", "-c", "exec env -i /bin/sh -c 'echo $$ > ready; exec sleep 1000'")
            let run = ProcessRun(launch, mark: instance.mark(run: 1), timeSource: .system)
            let task = Task { await run.run() }
            _ = try await fixture.number()
            _ = await running.end(with: SIGKILL)
            #expect(await task.value == .signaled(SIGKILL))
        }
        let next = try await RunningCommand.withNodes(in: root)
        #expect(!instance.hasProcesses)
        #expect(await next.end(with: SIGTERM) == 0)
        // The watchdog was handed to this process, and a zombie that nobody reaps would stay for good.
        #expect(await ProcessDestroyer.destroy(.watchdog(of: instance)))
        #expect(ProcessTrace.watchdog(of: instance).members(of: SystemProcess.all()).isEmpty)
    }
}
#endif

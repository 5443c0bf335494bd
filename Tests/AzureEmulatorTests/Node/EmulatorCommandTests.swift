#if Emulator && os(Linux)
import AzureCore
import Foundation
import Glibc
import Testing

@testable import AzureEmulator

/// The built program, which lies beside the tests.
private let program: String? = {
    let directory = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent()
    return [directory, Bundle.main.bundleURL].map { $0.appendingPathComponent("azure-emulator").path }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
}()

@Suite("The command azure-emulator", .timeLimit(.minutes(5)), .enabled(if: program != nil))
struct EmulatorCommandTests {
    /// A running emulator.
    private struct Running {
        let process: Process
        /// Ends the process with the test, come what may.
        let guardian: Guardian
        let lines: [String: String]
        let ended: AsyncStream<Void>

        func end(with signal: Int32) async -> Int32 {
            kill(process.processIdentifier, signal)
            for await _ in ended {}
            return process.terminationStatus
        }
    }

    private final class Guardian {
        let process: Int32
        init(_ process: Int32) { self.process = process }
        deinit { if kill(process, 0) == 0 { kill(process, SIGKILL) } }
    }

    private func start(_ arguments: [String] = ["--blob-port", "0", "--batch-port", "0", "--in-memory"]) async throws
        -> Running
    {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(program))
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
        try output.fileHandleForWriting.close()
        let handle = output.fileHandleForReading
        let text = try await BlockingIO.run {
            var text = Data()
            while !text.suffix(6).elementsEqual("ready\n".utf8) {
                guard let more = try handle.read(upToCount: 1), !more.isEmpty else { break }
                text += more
            }
            return String(decoding: text, as: UTF8.self)
        }
        var lines: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let colon = line.firstRange(of: ": ") else { continue }
            lines[String(line[..<colon.lowerBound])] = String(line[colon.upperBound...])
        }
        #expect(text.hasSuffix("ready\n"), "\(text)")
        return Running(process: process, guardian: Guardian(process.processIdentifier), lines: lines, ended: ended)
    }

    @Test(
        "It says where it is reached, and stops on SIGTERM and SIGINT with exit code 0", arguments: [SIGTERM, SIGINT])
    func startAndStop(signal: Int32) async throws {
        let running = try await start()
        let names: Set = [
            "blob endpoint", "blob account", "blob key", "blob connection string", "batch endpoint", "batch account",
            "batch key",
        ]
        #expect(Set(running.lines.keys) == names)
        #expect(running.lines["blob account"] == "devstoreaccount1" && running.lines["batch account"] == "localbatch")
        #expect(await running.end(with: signal) == 0)
    }

    @Test("After kill -9 nothing is left of it, be it by its watchdog or by the next start")
    func killed() async throws {
        let root = FileManager.default.temporaryDirectory.path + "/azure-command-test-\(UUID().uuidString)"
        defer { FileTree.remove(root) }
        let running = try await start(["--blob-port", "0", "--batch-port", "0", "--node-root", root])
        let note = try String(contentsOfFile: "\(root)/.azure-emulator", encoding: .utf8)
        let instance = try #require(EmulatorInstance(note.prefix { $0 != " " }))
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
        let next = try await start(["--blob-port", "0", "--batch-port", "0", "--node-root", root])
        #expect(ProcessTrace.instance(instance).members(of: SystemProcess.all()).isEmpty)
        #expect(await next.end(with: SIGTERM) == 0)
        // The watchdog was handed to this process, and a zombie that nobody reaps would stay for good.
        #expect(await ProcessDestroyer.destroy(.watchdog(of: instance)))
        #expect(ProcessTrace.watchdog(of: instance).members(of: SystemProcess.all()).isEmpty)
    }
}
#endif

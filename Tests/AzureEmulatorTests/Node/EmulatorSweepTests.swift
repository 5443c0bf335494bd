#if Emulator
import AzureCore
import Foundation
import Testing

@testable import AzureEmulator

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

@Suite("What a killed emulator leaves", .timeLimit(.minutes(5)))
struct EmulatorSweepTests {
    /// An emulator whose process is gone: the number of this process with another start.
    private var deadInstance: EmulatorInstance {
        get throws {
            let instance = EmulatorInstance()
            return try #require(
                EmulatorInstance("\(instance.number):\(instance.process):\(instance.processStart + 1)"))
        }
    }

    /// Starts a program with the mark of an emulator, and tells its end.
    private func start(
        _ fixture: ProcessFixture, _ instance: EmulatorInstance, _ script: String
    ) async throws -> (run: Task<ProcessOutcome, Never>, process: Int32) {
        fixture.makePipe()
        let launch = fixture.launch("/bin/sh", "-c", script)
        let run = ProcessRun(launch, mark: instance.mark(run: 7), timeSource: .system)
        let task = Task { await run.run() }
        return (task, try await fixture.number())
    }

    @Test("Processes that are marked with a dead emulator are ended")
    func deadMark() async throws {
        try await ProcessFixture.with { fixture in
            let started = try await start(fixture, deadInstance, "echo $$ > ready; exec sleep 1000")
            await EmulatorSweep.run(in: fixture.directory)
            #expect(await started.run.value == .signaled(SIGKILL))
            #expect(kill(started.process, 0) == -1)
        }
    }

    @Test("Processes of a live emulator are left alone")
    func liveMark() async throws {
        try await ProcessFixture.with { fixture in
            let started = try await start(fixture, fixture.instance, "echo $$ > ready; exec sleep 1000")
            await EmulatorSweep.run(in: fixture.directory)
            #expect(kill(started.process, 0) == 0)
            await ProcessDestroyer.destroy(.instance(fixture.instance))
            _ = await started.run.value
        }
    }

    @Test("The directory of a dead emulator goes with the processes that it names; that of a live one stays")
    func directories() async throws {
        try await ProcessFixture.with { fixture in
            let dead = try deadInstance
            let gone = "\(fixture.directory)/\(EmulatorDirectory.temporaryPrefix)\(dead.number)"
            try FileTree.makeDirectory("\(gone)/pool")
            try "\(dead) temporary\n".write(toFile: "\(gone)/.azure-emulator", atomically: true, encoding: .utf8)
            // Without its environment the process shows its emulator only by the mark that it cannot shed.
            let started = try await start(
                fixture, dead, "exec env -i /bin/sh -c 'echo $$ > ready; exec sleep 1000'")
            let live = try await EmulatorDirectory.take(
                nil, for: fixture.instance, temporaryFiles: fixture.directory)
            #expect(await started.run.value == .signaled(SIGKILL))
            #expect(!FileManager.default.fileExists(atPath: gone))
            await EmulatorSweep.run(in: fixture.directory)
            #expect(FileManager.default.fileExists(atPath: live.path))
            await live.release()
            #expect(!FileManager.default.fileExists(atPath: live.path))
        }
    }

    /// A directory among the temporary files, with a note of a dead emulator and a file of somebody's.
    private func makeDirectory(_ name: String, note: String, _ fixture: ProcessFixture) throws -> String {
        let path = "\(fixture.directory)/\(name)"
        try FileTree.makeDirectory("\(path)/pool")
        try "\(note)\n".write(toFile: "\(path)/.azure-emulator", atomically: true, encoding: .utf8)
        try "mine".write(toFile: "\(path)/file", atomically: true, encoding: .utf8)
        return path
    }

    @Test("What somebody asked to keep stays, also under a name like those of temporary directories")
    func keptDirectories() async throws {
        try await ProcessFixture.with { fixture in
            let dead = try deadInstance
            let prefix = EmulatorDirectory.temporaryPrefix
            let kept = [
                try makeDirectory("\(prefix)mynodes", note: "\(dead) kept", fixture),
                try makeDirectory("\(prefix)123456789", note: "\(dead) kept", fixture),
                try makeDirectory("\(prefix)renamed", note: "\(dead) temporary", fixture),
                try makeDirectory("\(prefix)noword", note: "\(dead)", fixture),
                try makeDirectory("\(prefix)nonote", note: "", fixture),
            ]
            let victim = try makeDirectory("victim", note: "\(dead) temporary", fixture)
            #expect(symlink(victim, "\(fixture.directory)/\(prefix)\(dead.number)") == 0)
            await EmulatorSweep.run(in: fixture.directory)
            for path in kept + [victim] {
                #expect(FileManager.default.fileExists(atPath: "\(path)/file"), "\(path)")
            }
        }
    }

    @Test("A temporary directory that is wanted now is kept from now on")
    func adoptedDirectory() async throws {
        try await ProcessFixture.with { fixture in
            let dead = try deadInstance
            let path = try makeDirectory(
                "\(EmulatorDirectory.temporaryPrefix)\(dead.number)", note: "\(dead) temporary", fixture)
            let directory = try await EmulatorDirectory.take(
                path, for: fixture.instance, temporaryFiles: fixture.directory)
            #expect(!directory.isTemporary && FileManager.default.fileExists(atPath: "\(path)/file"))
            await directory.release()
            #expect(FileManager.default.fileExists(atPath: "\(path)/file"))
        }
    }

    @Test("A note that is a pipe makes nobody wait")
    func pipeNote() async throws {
        try await ProcessFixture.with { fixture in
            let path = "\(fixture.directory)/\(EmulatorDirectory.temporaryPrefix)pipe"
            try FileTree.makeDirectory(path)
            #expect(mkfifo("\(path)/.azure-emulator", 0o600) == 0)
            await EmulatorSweep.run(in: fixture.directory)
            let error = await #expect(throws: AzureError.self) {
                try await EmulatorDirectory.take(path, for: fixture.instance, temporaryFiles: fixture.directory)
            }
            #expect(error?.message.contains("is no file") ?? false)
        }
    }

    @Test("Two emulators cannot share a directory; one that is kept stays when its emulator stops")
    func sharedDirectory() async throws {
        try await ProcessFixture.with { fixture in
            let root = "\(fixture.directory)/nodes"
            let first = try await EmulatorDirectory.take(root, for: fixture.instance, temporaryFiles: fixture.directory)
            let error = await #expect(throws: AzureError.self) {
                try await EmulatorDirectory.take(root, for: EmulatorInstance(), temporaryFiles: fixture.directory)
            }
            #expect(error?.message.contains("another emulator") ?? false)
            await first.release()
            #expect(FileManager.default.fileExists(atPath: root))
        }
    }
}
#endif

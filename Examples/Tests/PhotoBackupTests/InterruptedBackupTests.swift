import ExampleTestSupport
import Foundation
import SampleSupport
import Testing

@testable import PhotoBackup

/// The number of blocks on the way is the witness of what is sent twice.
@Suite("A backup that is interrupted", .timeLimit(.minutes(2)))
struct InterruptedBackupTests {
    @Test("After Ctrl-C the next backup sends the rest of the large file, and nothing twice")
    func resumes() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { scratch in
                let source = scratch.directory("photos")
                try FileManager.default.createDirectory(at: source.url, withIntermediateDirectories: true)
                let tree = try PhotoTree(files: 5, in: source)
                // Parts of 8 MiB: two whole ones and a half.
                try tree.write(
                    PhotoTree.largeContent(bytes: 20 << 20), to: "Film.mov", changed: PhotoTree.time(3000))
                let backup = ["backup", source.url.path]

                let (incoming, send) = AsyncStream.makeStream(of: Int32.self)
                let signals = Signals(incoming: { incoming }, exit: { _ in })
                let first = try await BackupRun.run(
                    backup, in: accounts, journals: scratch, signals: signals, requests: RequestLog(blocksToPass: 1),
                    progress: .line(columns: { 120 })
                ) { text in
                    // The first part is there, and noted. Which of the three it is depends on who was first.
                    if text.contains(/, [48]\.0 of 20\.0 MiB/) { send.yield(SIGINT) }
                }
                #expect(first.exitCode == 130)
                #expect(first.terminal.errors == "Interrupted. The same command goes on from here.\n")
                #expect(try scratch.directory("journals").names().count == 1)

                let second = try await BackupRun.run(backup, in: accounts, journals: scratch)
                #expect(second.exitCode == 0, "\(second.terminal.errors)")
                #expect(second.requests.blocks == 2)
                #expect(try scratch.directory("journals").names().isEmpty)

                let target = scratch.directory("back")
                _ = try await BackupRun.run(["restore", target.url.path], in: accounts, journals: scratch)
                let diff = try await ProgramRun.run("/usr/bin/env", ["diff", "-r", source.url.path, target.url.path])
                #expect(diff.status == 0, "\(diff.output)")
            }
        }
    }

    @Test("A limited backup takes its time, and all of it arrives")
    func bandwidth() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { scratch in
                let source = scratch.directory("photos")
                try FileManager.default.createDirectory(at: source.url, withIntermediateDirectories: true)
                let tree = try PhotoTree(files: 1, in: source)
                try tree.write(PhotoTree.largeContent(bytes: 600_000), to: "a.jpg", changed: PhotoTree.start)
                let start = ContinuousClock.now
                let run = try await BackupRun.run(
                    ["backup", source.url.path, "--bandwidth", "500K"], in: accounts, journals: scratch)
                #expect(run.exitCode == 0, "\(run.terminal.errors)")
                #expect(ContinuousClock.now - start > .milliseconds(500))
                #expect(try await accounts.blobs(in: "photo-backup") == ["IMG 0.txt", "a.jpg"])
            }
        }
    }
}

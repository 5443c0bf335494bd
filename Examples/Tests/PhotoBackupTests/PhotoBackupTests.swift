import ArgumentParser
import AzureCore
import BlobStorage
import ExampleTestSupport
import Foundation
import SampleSupport
import Testing

@testable import PhotoBackup

/// `diff` compares the trees. The metadata `mtime` is that of rclone (its documentation of the backend azureblob), and the
/// tier is what Put Blob says about `x-ms-access-tier`.
@Suite("A backup of photos", .timeLimit(.minutes(3)))
struct PhotoBackupTests {
    /// The names and versions of the blobs of a backup.
    private func versions(_ accounts: TestAccounts) async throws -> [String: String] {
        var versions: [String: String] = [:]
        for try await blob in accounts.storage.container("photo-backup").listBlobs() {
            versions[blob.name] = blob.properties.etag?.rawValue
        }
        return versions
    }

    private func expectSame(_ left: TemporaryDirectory, _ right: TemporaryDirectory) async throws {
        let diff = try await ProgramRun.run("/usr/bin/env", ["diff", "-r", left.url.path, right.url.path])
        #expect(diff.status == 0, "\(diff.output.prefix(2000))\(diff.errors.prefix(500))")
        #expect(try PhotoTree.times(in: left) == PhotoTree.times(in: right))
    }

    @Test("2,001 files are sent, then only what has changed, and come back with their times")
    func manyFiles() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { scratch in
                let source = scratch.directory("photos")
                try FileManager.default.createDirectory(at: source.url, withIntermediateDirectories: true)
                let tree = try PhotoTree(files: 2000, in: source)
                try tree.write(
                    PhotoTree.largeContent(bytes: 3 << 20), to: "2024/Ausflug nach Köln/Film.mov",
                    changed: PhotoTree.time(3000))
                let backup = ["backup", source.url.path]

                let first = try await BackupRun.run(backup, in: accounts, journals: scratch)
                #expect(first.exitCode == 0, "\(first.terminal.errors)")
                #expect(first.lastLine.hasPrefix("sent 2001 files ("), "\(first.lastLine)")
                #expect(first.requests.writes == 2001)
                let before = try await versions(accounts)
                #expect(before.count == 2001)

                let changed = try change(tree)
                let second = try await BackupRun.run(backup + ["--deletes-extra"], in: accounts, journals: scratch)
                #expect(second.exitCode == 0, "\(second.terminal.errors)")
                #expect(second.lastLine == "sent 4 files (0.0 MiB), left 1996 as they are, deleted 2, 0 failed")
                #expect(second.requests.writes == 4)
                let after = try await versions(accounts)
                #expect(Set(after.filter { before[$0.key] != $0.value }.keys) == changed)

                let target = scratch.directory("back")
                let restoration = try await BackupRun.run(
                    ["restore", target.url.path], in: accounts, journals: scratch)
                #expect(restoration.exitCode == 0, "\(restoration.terminal.errors)")
                try await expectSame(source, target)
            }
        }
    }

    /// Changes a tree in each way that there is.
    ///
    /// - Returns: The names of what is new or has changed.
    private func change(_ tree: PhotoTree) throws -> Set<String> {
        // Another content of the same size, and one of another size.
        try tree.write("PICTURE 7 ", to: PhotoTree.name(7), changed: PhotoTree.time(5000))
        try tree.write("edited", to: PhotoTree.name(8), changed: PhotoTree.time(5001))
        // A file that was put back to an earlier state, and a new one.
        try tree.write("earlier", to: PhotoTree.name(9), changed: PhotoTree.time(-1))
        try tree.write("new", to: "2023/Übersicht.txt", changed: PhotoTree.time(5002))
        try tree.remove(PhotoTree.name(11))
        try tree.remove(PhotoTree.name(12))
        return [PhotoTree.name(7), PhotoTree.name(8), PhotoTree.name(9), "2023/Übersicht.txt"]
    }

    @Test("Originals are cool and say when they were taken; notes do not; both have their type and time")
    func originals() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { scratch in
                let source = scratch.directory("photos")
                try FileManager.default.createDirectory(at: source.url, withIntermediateDirectories: true)
                let tree = try PhotoTree(files: 12, in: source)
                try tree.write("", to: ".DS_Store", changed: PhotoTree.start)
                let run = try await BackupRun.run(
                    ["backup", source.url.path, "--prefix", "mine/"], in: accounts, journals: scratch)
                #expect(run.lastLine.hasPrefix("sent 12 files"), "\(run.terminal.output)\(run.terminal.errors)")
                let container = accounts.storage.container("photo-backup")
                let photo = try await container.blob("mine/2023/IMG 1.JPG").properties()
                #expect(photo.tier.accessTier == .cool)
                #expect(photo.metadata["taken"]?.hasPrefix("2023-11-14T22:13:21") == true, "\(photo.metadata)")
                #expect(photo.metadata["mtime"] == "2023-11-14T22:13:21.000000000Z")
                #expect(photo.httpHeaders.contentType == "image/jpeg")
                #expect(photo.metadata.count == 2, "\(photo.metadata)")
                let again = try await BackupRun.run(
                    ["backup", source.url.path, "--prefix", "mine/"], in: accounts, journals: scratch)
                #expect(again.lastLine == "sent 0 files (0.0 MiB), left 12 as they are, deleted 0, 0 failed")
                #expect(again.requests.writes == 0)
                let note = try await container.blob("mine/IMG 0.txt").properties()
                #expect(note.tier.accessTier != .cool && note.metadata["taken"] == nil)
                #expect(note.metadata["mtime"] == "2023-11-14T22:13:20.000000000Z")
                #expect(note.httpHeaders.contentType == "text/plain")
            }
        }
    }

    @Test("A dry run says what would be done, and does nothing of it, even where there is no container yet")
    func dryRun() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { scratch in
                let source = scratch.directory("photos")
                try FileManager.default.createDirectory(at: source.url, withIntermediateDirectories: true)
                let tree = try PhotoTree(files: 3, in: source)
                let dry = ["backup", source.url.path, "--dry-run", "--deletes-extra"]
                let first = try await BackupRun.run(dry, in: accounts, journals: scratch)
                #expect(first.exitCode == 0, "\(first.terminal.errors)")
                #expect(first.terminal.output.contains("  would send \(PhotoTree.name(2))\n"))
                #expect(first.lastLine.hasPrefix("would send 3 files"))
                #expect(try await accounts.containers() == [])

                _ = try await BackupRun.run(["backup", source.url.path], in: accounts, journals: scratch)
                try tree.remove(PhotoTree.name(1))
                let second = try await BackupRun.run(dry, in: accounts, journals: scratch)
                #expect(second.terminal.output.contains("  would delete \(PhotoTree.name(1))\n"))
                #expect(second.requests.writes == 0)
                #expect(try await versions(accounts).count == 3)

                let restoration = try await BackupRun.run(
                    ["restore", source.url.path, "--dry-run"], in: accounts, journals: scratch)
                #expect(restoration.terminal.output.contains("  would fetch \(PhotoTree.name(1))\n"))
                #expect(try PhotoTree.times(in: source).count == 2)
            }
        }
    }

    @Test("A restoration replaces what differs only when it is told to")
    func replacing() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { scratch in
                let source = scratch.directory("photos")
                try FileManager.default.createDirectory(at: source.url, withIntermediateDirectories: true)
                let tree = try PhotoTree(files: 3, in: source)
                _ = try await BackupRun.run(["backup", source.url.path], in: accounts, journals: scratch)
                try tree.write("edited since", to: PhotoTree.name(1), changed: PhotoTree.time(9))
                let careful = try await BackupRun.run(["restore", source.url.path], in: accounts, journals: scratch)
                #expect(careful.lastLine.contains("left 3 as they are"))
                #expect(try source.read(PhotoTree.name(1)) == "edited since")
                _ = try await BackupRun.run(["restore", source.url.path, "--replace"], in: accounts, journals: scratch)
                #expect(try source.read(PhotoTree.name(1)).hasPrefix("picture 1 "))
            }
        }
    }

    @Test("What cannot be right is said before anything is sent")
    func mistakes() async throws {
        try await withTestAccounts { accounts in
            try await withTemporaryDirectory { scratch in
                let missing = try await BackupRun.run(
                    ["backup", scratch.path("missing")], in: accounts, journals: scratch)
                #expect(missing.exitCode == 1)
                #expect(
                    missing.terminal.errors == "Error: The directory '\(scratch.path("missing"))' does not exist.\n")
                let nothing = try await BackupRun.run(
                    ["restore", scratch.path("back")], in: accounts, journals: scratch)
                #expect(nothing.exitCode == 1)
                #expect(nothing.terminal.errors.contains("no backup in container [photo-backup]"))
                #expect(try await accounts.containers() == [])
            }
        }
        #expect(throws: (any Error).self) { try PhotoBackup.parseAsRoot(["backup", "x", "--prefix", "no-slash"]) }
    }

    @Test(
        "Rates are numbers of bytes, with powers of ten",
        arguments: [
            ("800000", 800_000), ("800K", 800_000), ("2M", 2_000_000), ("1G", 1_000_000_000), ("0", nil), ("-1", nil),
            ("", nil), ("K", nil), ("1.5M", nil), ("2m", nil), ("9223372036854775807", .max),
            ("9223372036854775807K", nil), ("92233720368547758070", nil), ("٣", nil),
        ] as [(String, Int?)])
    func rates(text: String, expected: Int?) {
        #expect(ByteRate(argument: text)?.bytesPerSecond == expected)
    }
}

import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import Synchronization
import Testing

@Suite("Whole trees that are interrupted", .timeLimit(.minutes(2)))
struct TreeResumeTests {
    static let large = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 41 &+ $0 >> 8) })
    /// The large file has ten parts.
    static let transfer = BlobTransferOptions(singleShotLimit: 1000, partSize: 10_000, concurrency: 1)
    static let tree = ["a": Data("1".utf8), "b/c": Data("22".utf8), "m": large, "z": Data("333".utf8)]
    /// A blob has the second in which it was written: a file of that same second might be newer.
    static let earlier = Date() - 60

    private static func options(_ fixture: TreeFixture, _ rule: OverwriteRule) -> TreeTransferOptions {
        TreeTransferOptions(overwrite: rule, concurrentFiles: 1, journals: fixture.path("journals"))
    }

    private func journals(_ fixture: TreeFixture) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: fixture.path("journals"))
    }

    @Test(
        "an upload goes on in the middle of the large file, and sends nothing twice",
        arguments: [OverwriteRule.never, .ifNewer, .ifDifferent])
    func upload(rule: OverwriteRule) async throws {
        try await TreeFixture.run { fixture in
            try fixture.write(Self.prefixed(Self.tree), modified: Self.earlier)
            let upload = BlobUploadOptions(transfer: Self.transfer)
            let options = Self.options(fixture, rule)
            let blocks = Mutex(0)
            fixture.traffic.begin { call in
                guard call.path.contains("comp=block&") else { return .none }
                return blocks.withLock {
                    $0 += 1; return $0 > 6 ? .status(400) : .none
                }
            }
            var stopping = options
            stopping.stopsAtFirstFailure = true
            let first = try await fixture.container.uploadDirectory(
                fixture.path("source"), upload: upload, options: stopping)
            #expect(first.done.map(\.name) == ["a", "b/c"] && first.failed.map(\.name) == ["m"])
            #expect(try journals(fixture).count == 1)

            fixture.traffic.begin()
            let last = Mutex<TreeTransferProgress.Step?>(nil)
            let second = try await fixture.container.uploadDirectory(
                fixture.path("source"), upload: upload, options: options
            ) { progress in
                for await step in progress { last.withLock { $0 = step } }
            }
            #expect(second.isSuccess)
            #expect(second.done.map(\.name) == ["m", "z"] && second.skipped.map(\.name) == ["a", "b/c"])
            // Four parts that were missing, the list of the blocks, and the last file.
            #expect(fixture.traffic.writes == 6)
            #expect(fixture.traffic.bytesSent < 40_000 + 3 + 2000)
            #expect(last.withLock { $0?.done.bytes } == 100_003 && last.withLock { $0?.fraction } == 1)
            #expect(try journals(fixture).isEmpty)
            #expect(try await fixture.container.blob("m").download(upTo: 100_000) == Self.large)

            fixture.traffic.begin()
            let third = try await fixture.container.uploadDirectory(
                fixture.path("source"), upload: upload, options: options)
            #expect(third.doneCount == 0 && third.skippedCount == 4 && fixture.traffic.writes == 0)
        }
    }

    @Test("a dry run leaves journals where they are; a file that is to stay as it is needs none")
    func journalsOfSkippedFiles() async throws {
        try await TreeFixture.run { fixture in
            try fixture.write(Self.prefixed(Self.tree), modified: Self.earlier)
            try await fixture.container.blob("m").upload(Data("before".utf8))
            let upload = BlobUploadOptions(transfer: Self.transfer)
            let blocks = Mutex(0)
            fixture.traffic.begin { call in
                guard call.path.contains("comp=block&") else { return .none }
                return blocks.withLock {
                    $0 += 1
                    return $0 > 6 ? .status(400) : .none
                }
            }
            let first = try await fixture.container.uploadDirectory(
                fixture.path("source"), upload: upload, options: Self.options(fixture, .always))
            #expect(first.failed.map(\.name) == ["m"])
            #expect(try journals(fixture).count == 1)

            fixture.traffic.begin()
            var options = Self.options(fixture, .never)
            options.isDryRun = true
            _ = try await fixture.container.uploadDirectory(fixture.path("source"), upload: upload, options: options)
            #expect(try journals(fixture).count == 1)
            options.isDryRun = false
            let last = try await fixture.container.uploadDirectory(
                fixture.path("source"), upload: upload, options: options)
            #expect(last.skippedCount == 4)
            #expect(try journals(fixture).isEmpty)
        }
    }

    @Test("an upload that is cancelled in the middle goes on there, too")
    func cancelledUpload() async throws {
        try await TreeFixture.run { fixture in
            try fixture.write(Self.prefixed(Self.tree), modified: Self.earlier)
            let upload = BlobUploadOptions(transfer: Self.transfer)
            let options = Self.options(fixture, .never)
            let (container, source) = (fixture.container, fixture.path("source"))
            let (starts, start) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                for await _ in starts {}
                return try await container.uploadDirectory(source, upload: upload, options: options)
            }
            // Two files and five of ten parts are there by then.
            fixture.traffic.begin { [traffic = fixture.traffic] _ in
                if traffic.writes > 7 { task.cancel() }
                return .none
            }
            start.finish()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try journals(fixture).count == 1)

            fixture.traffic.begin()
            let second = try await fixture.container.uploadDirectory(source, upload: upload, options: options)
            #expect(second.isSuccess && second.done.map(\.name) == ["m", "z"])
            #expect(fixture.traffic.bytesSent < 70_000)
            #expect(try journals(fixture).isEmpty)
            #expect(try await fixture.container.blob("m").download(upTo: 100_000) == Self.large)
        }
    }

    @Test(
        "a download goes on in the middle of the large blob, and asks for nothing twice",
        arguments: [OverwriteRule.never, .ifNewer, .ifDifferent])
    func download(rule: OverwriteRule) async throws {
        try await TreeFixture.run { fixture in
            try fixture.write(Self.prefixed(Self.tree))
            _ = try await fixture.container.uploadDirectory(fixture.path("source"))
            let download = BlobDownloadOptions(transfer: Self.transfer)
            let options = Self.options(fixture, rule)
            let parts = Mutex(0)
            fixture.traffic.begin { call in
                guard call.method == "GET", call.path.hasSuffix("/m") else { return .none }
                return parts.withLock {
                    $0 += 1; return $0 > 6 ? .status(400) : .none
                }
            }
            var stopping = options
            stopping.stopsAtFirstFailure = true
            let first = try await fixture.container.downloadContainer(
                to: fixture.path("target"), download: download, options: stopping)
            #expect(first.done.map(\.name) == ["a", "b/c"] && first.failed.map(\.name) == ["m"])
            #expect(try journals(fixture).count == 1)

            fixture.traffic.begin()
            let second = try await fixture.container.downloadContainer(
                to: fixture.path("target"), download: download, options: options)
            #expect(second.isSuccess)
            #expect(second.done.map(\.name) == ["m", "z"] && second.skipped.map(\.name) == ["a", "b/c"])
            #expect(fixture.traffic.reads == 4 + 1)
            #expect(try journals(fixture).isEmpty)
            #expect(try fixture.files("target") == Self.tree)
        }
    }

    @Test("a large file that has changed since begins anew, and a journal that is left is removed")
    func changed() async throws {
        try await TreeFixture.run { fixture in
            try fixture.write(Self.prefixed(Self.tree), modified: Self.earlier)
            let upload = BlobUploadOptions(transfer: Self.transfer)
            let options = Self.options(fixture, .ifDifferent)
            fixture.traffic.begin { $0.path.contains("comp=blocklist") ? .status(400) : .none }
            let first = try await fixture.container.uploadDirectory(
                fixture.path("source"), upload: upload, options: options)
            #expect(first.failed.map(\.name) == ["m"])
            let changed = Data(Self.large.reversed())
            try fixture.write(["source/m": changed], modified: Self.earlier)
            let journal = try #require(try journals(fixture).first)
            let copy = try Data(contentsOf: URL(fileURLWithPath: fixture.path("journals/\(journal)")))
            fixture.traffic.begin()
            let second = try await fixture.container.uploadDirectory(
                fixture.path("source"), upload: upload, options: options)
            #expect(second.isSuccess && fixture.traffic.bytesSent > 100_000)
            #expect(try await fixture.container.blob("m").download(upTo: 100_000) == changed)
            // As if the process had ended before it removed the journal.
            try copy.write(to: URL(fileURLWithPath: fixture.path("journals/\(journal)")))
            _ = try await fixture.container.uploadDirectory(fixture.path("source"), upload: upload, options: options)
            #expect(try journals(fixture).isEmpty)
        }
    }

    @Test("journals that stand in the tree itself are not uploaded, and a dry run makes no directory for them")
    func inside() async throws {
        try await TreeFixture.run { fixture in
            try fixture.write(Self.prefixed(Self.tree), modified: Self.earlier)
            var options = TreeTransferOptions(isDryRun: true, journals: fixture.path("source/journals"))
            _ = try await fixture.container.uploadDirectory(fixture.path("source"), options: options)
            #expect(!FileManager.default.fileExists(atPath: fixture.path("source/journals")))
            options.isDryRun = false
            let upload = BlobUploadOptions(transfer: Self.transfer)
            fixture.traffic.begin { $0.path.contains("comp=blocklist") ? .status(400) : .none }
            _ = try await fixture.container.uploadDirectory(fixture.path("source"), upload: upload, options: options)
            fixture.traffic.begin()
            #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.path("source/journals")).count == 1)
            options.journals = nil
            let report = try await fixture.container.uploadDirectory(
                fixture.path("source"), upload: upload, options: options)
            #expect(report.isSuccess)
            #expect(try await fixture.blobs() == Self.tree.keys.sorted())
        }
    }

    private static func prefixed(_ tree: [String: Data]) -> [String: Data] {
        Dictionary(uniqueKeysWithValues: tree.map { ("source/\($0.key)", $0.value) })
    }
}

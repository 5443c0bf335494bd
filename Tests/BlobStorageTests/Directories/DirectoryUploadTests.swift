import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import BlobStorage

@Suite("Uploading a directory")
struct DirectoryUploadTests {
    static let tree = ["a.txt": "1", "b/c.txt": "22", "b/d/e f%ü.txt": "333", "empty": "", ".hidden/x": "4"]

    @Test("all files below become blobs with their paths as names, empty files too")
    func uploads() async throws {
        try await withTemporaryDirectory { directory in
            try write(Self.tree, below: directory)
            try FileManager.default.createDirectory(atPath: directory + "/none", withIntermediateDirectories: false)
            let stored = StoredContainer()
            let container = try Fixture(stored.transport).container
            let last = Atomic<Int64>(0)
            let report = try await container.uploadDirectory(directory) { progress in
                for await step in progress { last.store(step.done.bytes, ordering: .relaxed) }
            }
            let bytes = last.load(ordering: .relaxed)
            #expect(bytes == 7)
            #expect(stored.texts == Self.tree)
            #expect(report.isSuccess && report.doneCount == 5 && report.doneBytes == 7)
            #expect(report.done.map(\.name).sorted() == Self.tree.keys.sorted())
            #expect(report.done.allSatisfy { $0.path == "\(directory)/\($0.name)" })
            #expect("\(report)" == "5 done (7 bytes), 0 skipped, 0 failed")
        }
    }

    @Test("patterns choose, and a prefix stands before all names")
    func selection() async throws {
        try await withTemporaryDirectory { directory in
            try write(Self.tree, below: directory)
            let stored = StoredContainer()
            let container = try Fixture(stored.transport).container
            let report = try await container.uploadDirectory(
                directory, prefix: "backup/", options: .init(include: ["*.txt"], exclude: ["b/d/"]))
            #expect(stored.texts == ["backup/a.txt": "1", "backup/b/c.txt": "22"])
            #expect(report.doneCount == 2 && report.skippedCount == 0)
        }
    }

    @Test(
        "what is there is replaced as the rule says",
        arguments: [
            (OverwriteRule.never, ["new"], SkipReason?.some(.exists)), (.always, ["new", "old", "same"], nil),
            (.ifNewer, ["new"], .notNewer), (.ifDifferent, ["new", "old"], .same),
        ])
    func overwriting(rule: OverwriteRule, done: [String], reason: SkipReason?) async throws {
        try await withTemporaryDirectory { directory in
            try write(
                ["new": "1", "old": "22", "same": "3"], below: directory, modified: Date(timeIntervalSince1970: 1000))
            let stored = StoredContainer(["old": "4444", "same": "3"])
            let container = try Fixture(stored.transport).container
            for isDryRun in [true, false] {
                let before = stored.texts
                let report = try await container.uploadDirectory(
                    directory, options: .init(overwrite: rule, isDryRun: isDryRun))
                #expect(report.isSuccess)
                #expect(report.done.map(\.name).sorted() == done)
                #expect(report.skippedCount == 3 - done.count)
                for entry in report.skipped {
                    let why = try #require(entry.skipReason)
                    #expect(why == reason)
                }
                if isDryRun { #expect(stored.texts == before) }
            }
            for name in done { #expect(stored.texts[name] == (name == "new" ? "1" : name == "old" ? "22" : "3")) }
        }
    }

    @Test("contents of one size differ by their MD5, which can be stored")
    func digests() async throws {
        try await withTemporaryDirectory { directory in
            try write(["a": "1", "b": "2"], below: directory)
            let stored = StoredContainer()
            let container = try Fixture(stored.transport).container
            let options = TreeTransferOptions(overwrite: .ifDifferent, storesMD5: true)
            _ = try await container.uploadDirectory(directory, options: options)
            #expect(stored.blobs["a"]?.md5?.base64EncodedString() == "xMpCOKC5I4INzFCab3WEmw==")
            try write(["a": "9"], below: directory, modified: Date(timeIntervalSince1970: 1000))
            let report = try await container.uploadDirectory(directory, options: options)
            #expect(report.done.map(\.name) == ["a"])
            #expect(stored.texts == ["a": "9", "b": "2"])
        }
    }

    @Test("a blob that is replaced by somebody else meanwhile stays")
    func conflict() async throws {
        try await withTemporaryDirectory { directory in
            try write(["a": "mine"], below: directory)
            let stored = StoredContainer(["a": "old"])
            let transport = stored.transport
            let racing = MockTransport { request in
                let answer = try await transport.send(request.head, body: HTTPBody(request.body), options: .init())
                if request.method == .head {
                    _ = try await transport.send(Self.put, body: HTTPBody("other"), options: .init())
                }
                let headers = answer.head.headerFields.map { ($0.name.rawName, $0.value) }
                return MockResponse(
                    answer.head.status.code, headers: Dictionary(uniqueKeysWithValues: headers),
                    body: try await answer.body.collect(upTo: 1000))
            }
            let report = try await Fixture(racing).container.uploadDirectory(
                directory, options: .init(overwrite: .ifNewer))
            #expect(report.failed.map(\.name) == ["a"])
            #expect(stored.texts == ["a": "other"])
        }
    }

    private static let put = HTTPRequest(
        method: .put, scheme: "https", authority: "example.blob.core.windows.net", path: "/pictures/a")

    @Test("a failure is reported and does not stop the rest; unless that is asked for")
    func failures() async throws {
        try await withTemporaryDirectory { directory in
            try write(["a": "1", "b": "2", "c": "3"], below: directory)
            for stops in [false, true] {
                let stored = StoredContainer()
                stored.failures.withLock { $0["PUT a"] = 400 }
                let seen = Mutex<[String]>([])
                let report = try await Fixture(stored.transport).container.uploadDirectory(
                    directory,
                    options: .init(concurrentFiles: 1, stopsAtFirstFailure: stops) { entry in
                        seen.withLock { $0.append(entry.name) }
                    })
                #expect(report.failed.map(\.name) == ["a"])
                #expect(!report.isSuccess)
                #expect(report.isComplete == !stops)
                #expect(stored.texts == (stops ? [:] : ["b": "2", "c": "3"]))
                #expect(seen.withLock { $0 } == (stops ? ["a"] : ["a", "b", "c"]))
            }
        }
    }

    @Test("symbolic links are skipped, or followed but not in circles")
    func links() async throws {
        try await withTemporaryDirectory { directory in
            try write(["top/a": "1", "other/b": "2"], below: directory)
            let manager = FileManager.default
            for (link, target) in [("file", "a"), ("dir", "../other"), ("circle", "."), ("nowhere", "missing")] {
                try manager.createSymbolicLink(atPath: "\(directory)/top/\(link)", withDestinationPath: target)
            }
            let stored = StoredContainer()
            let container = try Fixture(stored.transport).container
            let skipping = try await container.uploadDirectory(directory + "/top")
            #expect(stored.texts == ["a": "1"])
            #expect(skipping.isSuccess)
            #expect(skipping.skipped.map(\.name) == ["circle", "dir", "file", "nowhere"])
            let following = try await container.uploadDirectory(
                directory + "/top", options: .init(followsSymbolicLinks: true))
            #expect(stored.texts == ["a": "1", "dir/b": "2", "file": "1"])
            #expect(following.failed.map(\.name) == ["nowhere"])
            #expect(following.skipped.map(\.name).sorted() == ["a", "circle"])
        }
    }

    @Test("what is no file is skipped")
    func pipe() async throws {
        try await withTemporaryDirectory { directory in
            #expect(mkfifo(directory + "/pipe", 0o600) == 0)
            let report = try await Fixture(StoredContainer().transport).container.uploadDirectory(directory)
            #expect(report.skipped.map(\.name) == ["pipe"])
        }
    }

    @Test(
        "files and directories that cannot be read fail, and the rest goes on",
        .enabled(if: geteuid() != 0, "root reads everything"))
    func unreadable() async throws {
        try await withTemporaryDirectory { directory in
            try write(["a": "1", "b": "2", "c/d": "3"], below: directory)
            #expect(chmod(directory + "/a", 0) == 0 && chmod(directory + "/c", 0) == 0)
            defer { chmod(directory + "/c", 0o700) }
            let stored = StoredContainer()
            let report = try await Fixture(stored.transport).container.uploadDirectory(directory)
            #expect(report.failed.map(\.name).sorted() == ["a", "c"])
            #expect(stored.texts == ["b": "2"])
        }
    }

    @Test("no more files are open than were allowed, and entries need not be kept")
    func bounded() async throws {
        try await withTemporaryDirectory { directory in
            try write(Dictionary(uniqueKeysWithValues: (0..<50).map { ("f\($0)", "x") }), below: directory)
            let stored = StoredContainer()
            let report = try await Fixture(stored.transport).container.uploadDirectory(
                directory, options: .init(concurrentFiles: 3, keepsEntries: false))
            #expect(report.doneCount == 50 && report.done.isEmpty)
            #expect(stored.mostOpen <= 3)
        }
    }

    @Test("who may write and not read can upload what is not there")
    func writeOnly() async throws {
        try await withTemporaryDirectory { directory in
            try write(["a": "1", "b": "2"], below: directory)
            let stored = StoredContainer(["b": "old"])
            stored.failures.withLock { $0 = ["HEAD a": 403, "HEAD b": 403] }
            let report = try await Fixture(stored.transport).container.uploadDirectory(directory)
            #expect(report.done.map(\.name) == ["a"])
            #expect(report.skipped.map(\.name) == ["b"])
            #expect(stored.texts == ["a": "1", "b": "old"])
        }
    }

    @Test("what cannot be asked for, and a directory that is not there, before anything is sent")
    func arguments() async throws {
        let fixture = try Fixture()
        let container = fixture.container
        try await withTemporaryDirectory { directory in
            for (options, upload) in [
                (TreeTransferOptions(include: [""]), BlobUploadOptions()), (.init(concurrentFiles: 0), .init()),
                (.init(), .init(conditions: .init(ifMatch: .any))),
                (.init(), .init(httpHeaders: .init(contentMD5: Data(count: 16)))),
            ] {
                let error = try await failure {
                    _ = try await container.uploadDirectory(directory, upload: upload, options: options)
                }
                #expect(error.code == .invalidArgument)
            }
            let error = try await failure { _ = try await container.uploadDirectory(directory + "/missing") }
            #expect(error.code == .fileError)
        }
        #expect(fixture.transport.requests.isEmpty)
    }

    @Test("cancellation ends the whole and is thrown as such")
    func cancellation() async throws {
        try await withTemporaryDirectory { directory in
            try write(["a": "1", "b": "2"], below: directory)
            let (requests, request) = AsyncStream.makeStream(of: Void.self)
            let transport = MockTransport { _ in
                request.yield()
                try await Task.sleep(for: .seconds(3600))
                return MockResponse(500)
            }
            let container = try Fixture(transport).container
            let task = Task { try await container.uploadDirectory(directory) }
            for await _ in requests { break }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }
}

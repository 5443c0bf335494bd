import AzureCore
import AzureTesting
import Foundation
import Synchronization
import Testing

@testable import BlobStorage

@Suite("Downloading a container into a directory")
struct ContainerDownloadTests {
    static func container(_ names: [String]) throws -> (StoredContainer, BlobContainerClient) {
        let stored = StoredContainer(Dictionary(uniqueKeysWithValues: names.map { ($0, "content of \($0)") }))
        return (stored, try Fixture(stored.transport).container)
    }

    @Test("slashes make subdirectories, and the report says what is where")
    func writes() async throws {
        try await withTemporaryDirectory { directory in
            let (stored, container) = try Self.container(["a", "b/c/d", "b/e", "ü %.txt"])
            let report = try await container.downloadContainer(to: directory + "/new/deep")
            #expect(report.isSuccess)
            #expect(report.done.map(\.name).sorted() == ["a", "b/c/d", "b/e", "ü %.txt"])
            #expect(report.done.allSatisfy { $0.path == "\(directory)/new/deep/\($0.name)" })
            #expect(try files(below: directory + "/new/deep") == stored.texts)
        }
    }

    @Test(
        "a prefix chooses, and its directories are left out of the paths",
        arguments: [
            ("x/", ["a", "y/b"]), ("x/y/", ["b"]), ("x/y", ["y/b"]), ("", ["x/a", "x/y/b", "z"]), ("z", ["z"]),
        ])
    func prefix(prefix: String, expected: [String]) async throws {
        try await withTemporaryDirectory { directory in
            let (_, container) = try Self.container(["x/a", "x/y/b", "z"])
            let report = try await container.downloadContainer(to: directory, prefix: prefix)
            #expect(report.isSuccess)
            #expect(try files(below: directory).keys.sorted() == expected)
        }
    }

    @Test(
        "names that lead out of the directory or share a file fail, and the others are downloaded",
        arguments: [
            (["ok", "../x"], 1), (["a/../../x"], 1), (["/etc/passwd"], 1), (["a//b"], 1), (["."], 1), (["a\u{0}b"], 1),
            (["A", "a"], 1), (["a", "a/b"], 1), (["A", "a/b"], 1), (["\u{E9}", "e\u{301}"], 1),
            (["Dir/x", "dir/X"], 1),
            (["a/"], 1), ([String(repeating: "a", count: 256), "b"], 1), (["..", "../..", "a/.."], 3),
        ])
    func hostile(names: [String], failures: Int) async throws {
        try await withTemporaryDirectory { directory in
            try FileManager.default.createDirectory(atPath: directory + "/in", withIntermediateDirectories: false)
            let transport = MockTransport { request in
                guard !request.path.contains("comp=list") else {
                    return ListTests.page(
                        names.map {
                            "<Blob><Name Encoded=\"true\">\(PercentEncoding.encode($0))</Name><Properties>"
                                + "<Content-Length>1</Content-Length></Properties></Blob>"
                        }.joined())
                }
                return MockResponse(206, headers: ["Content-Range": "bytes 0-0/1", "ETag": "1"], body: "x")
            }
            let report = try await Fixture(transport).container.downloadContainer(to: directory + "/in")
            #expect(report.failed.count == failures)
            for entry in report.failed {
                let error = try #require(entry.error)
                #expect((error as? AzureError)?.code == .invalidArgument)
                #expect(entry.path.isEmpty)
            }
            #expect(report.doneCount == names.count - failures)
            #expect(try files(below: directory).keys.allSatisfy { $0.hasPrefix("in/") })
            #expect(try files(below: directory).count == names.count - failures)
        }
    }

    @Test("empty blobs that stand for directories are skipped")
    func markers() async throws {
        try await withTemporaryDirectory { directory in
            let stored = StoredContainer([
                "a/": .init(content: Data()), "a/b": .init(content: Data("1".utf8)),
                "c": .init(content: Data(), metadata: ["hdi_isfolder": "true"]),
                "c/d": .init(content: Data("2".utf8)), "empty": .init(content: Data()),
            ])
            let report = try await Fixture(stored.transport).container.downloadContainer(to: directory)
            #expect(report.isSuccess)
            #expect(report.skipped.map(\.name) == ["a/", "c"])
            #expect(try files(below: directory) == ["a/b": "1", "c/d": "2", "empty": ""])
        }
    }

    @Test("a symbolic link below the directory is not followed")
    func symbolicLink() async throws {
        try await withTemporaryDirectory { directory in
            let manager = FileManager.default
            try write(["outside/kept": "1", "inside/x": ""], below: directory)
            try manager.createSymbolicLink(
                atPath: directory + "/inside/link", withDestinationPath: directory + "/outside")
            try manager.createSymbolicLink(
                atPath: directory + "/inside/file", withDestinationPath: directory + "/outside/kept")
            let (_, container) = try Self.container(["link/x", "file", "ok"])
            let report = try await container.downloadContainer(
                to: directory + "/inside", options: .init(overwrite: .always))
            #expect(report.failed.map(\.name) == ["link/x"])
            #expect(try files(below: directory + "/outside") == ["kept": "1"])
            #expect(try files(below: directory + "/inside")["file"] == "content of file")
        }
    }

    @Test("a directory is not replaced by a file")
    func directoryInTheWay() async throws {
        try await withTemporaryDirectory { directory in
            try write(["a/b": "1"], below: directory)
            let (_, container) = try Self.container(["a", "c"])
            let report = try await container.downloadContainer(to: directory, options: .init(overwrite: .always))
            #expect(report.failed.map(\.name) == ["a"])
            #expect(try files(below: directory) == ["a/b": "1", "c": "content of c"])
        }
    }

    @Test(
        "what is there is replaced as the rule says",
        arguments: [
            (OverwriteRule.never, ["new"]), (.always, ["changed", "new", "older", "same"]),
            (.ifNewer, ["new", "older"]), (.ifDifferent, ["changed", "new", "older"]),
        ])
    func overwriting(rule: OverwriteRule, done: [String]) async throws {
        try await withTemporaryDirectory { directory in
            // As MD5: that of "1", so that the content of one size is known to differ.
            let digest = Data(base64Encoded: "xMpCOKC5I4INzFCab3WEmw==")
            let stored = StoredContainer([
                "new": .init(content: Data("1".utf8)), "older": .init(content: Data("1".utf8)),
                "same": .init(content: Data("1".utf8), md5: digest),
                "changed": .init(content: Data("1".utf8), md5: digest),
            ])
            let container = try Fixture(stored.transport).container
            try write(["older": "2"], below: directory, modified: Date(timeIntervalSince1970: 1000))
            try write(["same": "1", "changed": "3"], below: directory)
            for isDryRun in [true, false] {
                let before = try files(below: directory)
                let report = try await container.downloadContainer(
                    to: directory, options: .init(overwrite: rule, isDryRun: isDryRun))
                #expect(report.isSuccess)
                #expect(report.done.map(\.name).sorted() == done)
                if isDryRun { #expect(try files(below: directory) == before) }
            }
            for name in done { #expect(try files(below: directory)[name] == "1") }
        }
    }

    @Test("a dry run makes no directory")
    func dryRun() async throws {
        try await withTemporaryDirectory { directory in
            let (_, container) = try Self.container(["a/b"])
            let report = try await container.downloadContainer(to: directory + "/new", options: .init(isDryRun: true))
            #expect(report.doneCount == 1)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
        }
    }

    @Test("a failure is reported, leaves no file, and does not stop the rest; unless that is asked for")
    func failures() async throws {
        for stops in [false, true] {
            try await withTemporaryDirectory { directory in
                let (stored, container) = try Self.container(["a", "b", "c"])
                stored.failures.withLock { $0["GET a"] = 403 }
                let report = try await container.downloadContainer(
                    to: directory, options: .init(concurrentFiles: 1, stopsAtFirstFailure: stops))
                #expect(report.failed.map(\.name) == ["a"])
                #expect(report.isComplete == !stops)
                #expect(try files(below: directory).keys.sorted() == (stops ? [] : ["b", "c"]))
            }
        }
    }

    @Test("patterns are compared with paths below the prefix")
    func patterns() async throws {
        try await withTemporaryDirectory { directory in
            let (_, container) = try Self.container(["p/a.txt", "p/b.jpg", "p/q/c.txt", "p/q/d.txt"])
            let report = try await container.downloadContainer(
                to: directory, prefix: "p/", options: .init(include: ["*.txt"], exclude: ["/q/d*"], concurrentFiles: 9))
            #expect(report.isSuccess)
            #expect(try files(below: directory).keys.sorted() == ["a.txt", "q/c.txt"])
        }
    }

    @Test("many blobs in one new directory do not get in each other's way")
    func sameDirectory() async throws {
        try await withTemporaryDirectory { directory in
            let (stored, container) = try Self.container((0..<40).map { "d/e/f/\($0)" })
            let report = try await container.downloadContainer(to: directory, options: .init(concurrentFiles: 8))
            #expect(report.isSuccess && report.doneCount == 40)
            #expect(stored.mostOpen <= 8)
        }
    }

    @Test("what cannot be asked for, before anything is sent or made")
    func arguments() async throws {
        try await withTemporaryDirectory { directory in
            let fixture = try Fixture()
            for options in [
                BlobDownloadOptions(range: .init(offset: 1)), BlobDownloadOptions(conditions: .init(ifMatch: .any)),
            ] {
                let error = try await failure {
                    _ = try await fixture.container.downloadContainer(to: directory + "/new", download: options)
                }
                #expect(error.code == .invalidArgument)
            }
            #expect(fixture.transport.requests.isEmpty)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
        }
    }
}

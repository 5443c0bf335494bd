import AzureCore
import AzureTesting
import BlobStorage
import Foundation
import Testing

@Suite("Downloading a container into a directory")
struct ContainerDownloadTests {
    static func server(_ names: [String]) -> MockTransport {
        MockTransport { request in
            guard !request.path.contains("comp=list") else {
                return ListTests.page(
                    names.map { "<Blob><Name Encoded=\"true\">\(PercentEncoding.encode($0))</Name></Blob>" }.joined())
            }
            return MockResponse(206, headers: ["Content-Range": "bytes 0-0/1", "ETag": "1"], body: "x")
        }
    }

    @Test("slashes make subdirectories, and the result says what is where")
    func writes() async throws {
        try await withTemporaryDirectory { directory in
            let fixture = try Fixture(Self.server(["a", "b/c/d", "b/e"]))
            let done = try await fixture.container.downloadBlobs(to: directory + "/new")
            #expect(done.map(\.name) == ["a", "b/c/d", "b/e"])
            #expect(done.map(\.path) == done.map { "\(directory)/new/\($0.name)" })
            for blob in done { #expect(FileManager.default.fileExists(atPath: blob.path)) }
        }
    }

    @Test(
        "names that lead out of the directory or share a file are refused before anything is written",
        arguments: [
            ["ok", "../x"], ["a/../../x"], ["/etc/passwd"], ["a//b"], ["a/"], ["."], ["a\u{0}b"], ["A", "a"],
            ["a", "a/b"], ["a/b", "A"], ["\u{E9}", "e\u{301}"], ["Dir/x", "dir/X"],
            [String(repeating: "a", count: 256)],
        ])
    func hostile(names: [String]) async throws {
        try await withTemporaryDirectory { directory in
            let fixture = try Fixture(Self.server(names))
            let error = try await failure { try await fixture.container.downloadBlobs(to: directory) }
            #expect(error.code == .invalidArgument)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
        }
    }

    @Test("a symbolic link below the directory is not followed")
    func symbolicLink() async throws {
        try await withTemporaryDirectory { directory in
            let manager = FileManager.default
            try manager.createDirectory(atPath: directory + "/outside", withIntermediateDirectories: false)
            try manager.createDirectory(atPath: directory + "/inside", withIntermediateDirectories: false)
            try manager.createSymbolicLink(
                atPath: directory + "/inside/link", withDestinationPath: directory + "/outside")
            let fixture = try Fixture(Self.server(["link/x"]))
            let error = try await failure { try await fixture.container.downloadBlobs(to: directory + "/inside") }
            #expect(error.code == .fileError)
            #expect(try manager.contentsOfDirectory(atPath: directory + "/outside").isEmpty)
        }
    }
}

import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import BlobStorage

@Suite("Deleting what the source of a tree does not have")
struct TreeDeletionTests {
    @Test("a service that lists blobs outside of the prefix does not get them deleted")
    func hostileList() async throws {
        try await withTemporaryDirectory { directory in
            try write(["a": "1"], below: directory)
            let blobs = ["p/a", "p/gone", "p", "q/x", "../p/x", "P/gone"].map {
                "<Blob><Name>\($0)</Name><Properties><Etag>0x1</Etag><Content-Length>1</Content-Length></Properties></Blob>"
            }
            let snapshot = "<Blob><Name>p/s</Name><Snapshot>2026-01-02T03:04:05.0000000Z</Snapshot></Blob>"
            let marked = "<Blob><Name>p/d</Name><Deleted>true</Deleted></Blob>"
            let fixture = try Fixture(
                MockTransport { request in
                    switch request.method {
                    case .get: ListTests.page(blobs.joined() + snapshot + marked)
                    case .delete: MockResponse(202)
                    default: MockResponse(201)
                    }
                })
            let report = try await fixture.container.uploadDirectory(
                directory, prefix: "p/", options: .init(overwrite: .always, deletesExtra: true))
            #expect(report.isSuccess && report.deleted.map(\.name) == ["p/gone"])
            let deletions = fixture.transport.requests.filter { $0.method == .delete }
            #expect(deletions.map(\.path) == ["/pictures/p/gone"])
            #expect(deletions.map { $0.header("If-Match") } == ["\"0x1\""])
        }
    }

    @Test(
        "a directory that cannot be read is a failure of the deletion, and the others are looked at",
        .enabled(if: geteuid() != 0, "root reads everything"))
    func unreadable() async throws {
        try await withTemporaryDirectory { directory in
            try write(["a/gone": "1", "b/gone": "2"], below: directory)
            #expect(chmod(directory + "/a", 0) == 0)
            defer { chmod(directory + "/a", 0o700) }
            let report = try await Fixture(StoredContainer().transport).container.downloadContainer(
                to: directory, options: .init(deletesExtra: true))
            #expect(report.failed.map(\.name) == ["a"] && report.deleted.map(\.name) == ["b/gone"])
        }
    }

    @Test("a prefix that is the beginning of other names is refused, before anything is sent")
    func prefix() async throws {
        try await withTemporaryDirectory { directory in
            let fixture = try Fixture()
            let options = TreeTransferOptions(deletesExtra: true)
            for prefix in ["p", "p/q"] {
                let error = try await failure {
                    _ = try await fixture.container.uploadDirectory(directory, prefix: prefix, options: options)
                }
                #expect(error.code == .invalidArgument && error.message.contains("'\(prefix)'"))
                let other = try await failure {
                    _ = try await fixture.container.copyTree(
                        from: fixture.service.container("other"), to: prefix, options: options)
                }
                #expect(other.code == .invalidArgument)
            }
            #expect(fixture.transport.requests.isEmpty)
        }
    }

    @Test("a file is not deleted through a symbolic link that took the place of a directory")
    func planted() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("blob-tests-\(UUID())")
        defer { try? FileManager.default.removeItem(at: directory) }
        try write(["outside/x": "1", "inside/dir/x": "2"], below: directory.path)
        try FileManager.default.createSymbolicLink(
            atPath: directory.path + "/inside/link", withDestinationPath: directory.path + "/outside")
        let inside = directory.path + "/inside"
        #expect(throws: AzureError.self) { try LocalFileSystem.remove(["link", "x"], below: inside) }
        #expect(throws: AzureError.self) { try LocalFileSystem.remove(["none", "x"], below: inside) }
        #expect(throws: AzureError.self) { try LocalFileSystem.remove(["dir"], below: inside) }
        try LocalFileSystem.remove(["dir", "x"], below: inside)
        #expect(FileManager.default.fileExists(atPath: directory.path + "/outside/x"))
        #expect(!FileManager.default.fileExists(atPath: inside + "/dir/x"))
        #expect(!FileManager.default.fileExists(atPath: inside + "/none"))
    }

    @Test(
        "what transfers keep beside files is no part of a tree; names that only look alike are",
        arguments: [
            (".azure-upload-0123456789abcdef.journal", true), (".azure-download-0123456789abcdef.journal", true),
            (".azure-download-0123456789abcdef.partial", true), (".azure-upload-0123456789abcde.journal", false),
            (".azure-upload-0123456789abcdeg.journal", false), (".azure-other-0123456789abcdef.journal", false),
            (".azure-upload-0123456789abcdef.txt", false), ("azure-upload-0123456789abcdef.journal", false),
            (".550E8400-E29B-41D4-A716-446655440000.partial", true), (".film.partial", false),
            ("550E8400-E29B-41D4-A716-446655440000.partial", false), (".azure-upload-", false), ("", false),
        ])
    func ours(name: String, isOurs: Bool) async throws {
        #expect(JournalFile.isOurs(name) == isOurs)
        guard !name.isEmpty else { return }
        try await withTemporaryDirectory { directory in
            try write([name: "1"], below: directory)
            let report = try await Fixture(StoredContainer().transport).container.uploadDirectory(directory)
            #expect(report.doneCount == (isOurs ? 0 : 1) && report.skippedCount == 0)
        }
    }
}

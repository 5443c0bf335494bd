import AzureCore
import AzureTesting
import Foundation
import Testing

@testable import BlobStorage

@Suite("Deleting what the source of a tree does not have")
struct TreeDeletionTests {
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

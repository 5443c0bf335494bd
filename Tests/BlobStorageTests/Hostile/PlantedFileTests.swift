import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import BlobStorage

@Suite("Files that somebody else put where transfers write")
struct PlantedFileTests {
    private static let secret = "the victim's own text"

    /// A directory with a file of somebody else's, and a download of 300 bytes that goes on in parts.
    private func withVictim(
        _ body: (_ directory: String, _ victim: String, _ blob: BlobClient) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { directory in
            let victim = directory + "/victim"
            try Self.secret.write(toFile: victim, atomically: true, encoding: .utf8)
            let target = directory + "/target"
            try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
            let stored = StoredBlob(Data(repeating: 1, count: 300), metadata: [:])
            let (blob, _) = try ResumableTransferTests.blob(stored)
            try await body(target, victim, blob)
            #expect(try String(contentsOfFile: victim, encoding: .utf8) == Self.secret)
        }
    }

    private static let options = BlobDownloadOptions(transfer: ResumableTransferTests.small)

    @Test(
        "a link or a second name in place of a partial file or a journal is refused", arguments: [true, false],
        ["partial", "journal"])
    func planted(isSymbolic: Bool, suffix: String) async throws {
        try await withVictim { directory, victim, blob in
            let path = directory + "/file"
            let journal = JournalFile.path(beside: path, .download, blob: blob.address)
            let planted = String(journal.dropLast("journal".count)) + suffix
            if isSymbolic {
                try FileManager.default.createSymbolicLink(atPath: planted, withDestinationPath: victim)
            } else {
                try FileManager.default.linkItem(atPath: victim, toPath: planted)
            }
            let error = try await failure { try await blob.downloadResumably(to: path, options: Self.options) }
            #expect(error.code == .fileError && error.message.contains(suffix))
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("a link in place of the journal of an upload is refused")
    func uploadJournal() async throws {
        try await withVictim { directory, victim, blob in
            let path = directory + "/file"
            try Data(count: 300).write(to: URL(fileURLWithPath: path))
            let journal = JournalFile.path(beside: path, .upload, blob: blob.address)
            try FileManager.default.createSymbolicLink(atPath: journal, withDestinationPath: victim)
            let error = try await failure {
                try await blob.uploadResumably(
                    file: path, options: .init(overwrite: true, transfer: Self.options.transfer))
            }
            #expect(error.code == .fileError && error.message.contains("symbolic link"))
        }
    }

    @Test("a link in place of the file itself is replaced, and not followed", arguments: [true, false])
    func target(isResumable: Bool) async throws {
        try await withVictim { directory, victim, blob in
            let path = directory + "/file"
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: victim)
            if isResumable {
                try await blob.downloadResumably(to: path, options: Self.options)
            } else {
                try await blob.download(to: path, options: Self.options)
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(repeating: 1, count: 300))
            #expect(try FileStatus(of: path, followsLinks: false)?.kind == .file)
        }
    }

    @Test("another file in place of what had arrived is not given the name of the download")
    func replacedPartial() async throws {
        try await withVictim { directory, victim, _ in
            let path = directory + "/file"
            let server = TransferTests.server(Data(repeating: 1, count: 300))
            let blobURL = "https://example.blob.core.windows.net/pictures/b"
            let partial = JournalFile.path(beside: path, .download, blob: blobURL).dropLast("journal".count) + "partial"
            let transport = ClosureTransport { request, body, options in
                if request.method == .get, request.headerFields[.init("x-ms-range")!] == "bytes=200-299" {
                    try FileManager.default.removeItem(atPath: String(partial))
                    try Data("another".utf8).write(to: URL(fileURLWithPath: String(partial)))
                }
                if request.method == .head {
                    return answer(200, ["Content-Length": "300", "ETag": "\"1\""], HTTPByteStream(Data()))
                }
                return try await server.send(request, body: body, options: options)
            }
            let blob = try BlobClient(url: blobURL, options: .init(pipeline: PipelineOptions(transport: transport)))
            let error = try await failure { try await blob.downloadResumably(to: path, options: Self.options) }
            #expect(error.code == .fileError && error.message.contains("took the place"))
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("a directory that becomes a link during the download of a container is not followed")
    func swappedDirectory() async throws {
        try await withTemporaryDirectory { directory in
            let (target, outside) = (directory + "/target", directory + "/outside")
            for path in [target, outside] {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            }
            let list = """
                <EnumerationResults><Blobs><Blob><Name>sub/a</Name><Properties><Content-Length>1</Content-Length>\
                </Properties></Blob></Blobs><NextMarker/></EnumerationResults>
                """
            let transport = MockTransport { request in
                if request.path.contains("comp=list") { return MockResponse(200, body: list) }
                // After the look at what is there, and before the file is made.
                try FileManager.default.createSymbolicLink(atPath: target + "/sub", withDestinationPath: outside)
                return MockResponse(206, headers: ["Content-Range": "bytes 0-0/1", "ETag": "\"1\""], body: "x")
            }
            let report = try await Fixture(transport).container.downloadContainer(to: target)
            #expect(report.failed.count == 1)
            #expect(try FileManager.default.contentsOfDirectory(atPath: outside).isEmpty)
        }
    }

    @Test("a file that becomes a link while a directory is uploaded is not followed", arguments: [false, true])
    func swappedFile(followsLinks: Bool) async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/tree/file"
            try FileManager.default.createDirectory(atPath: directory + "/tree", withIntermediateDirectories: true)
            for file in [path, directory + "/victim"] { try Data(file.utf8).write(to: URL(fileURLWithPath: file)) }
            let transport = MockTransport { request in
                // The look at what is there comes after the walk, and before the file is opened.
                guard request.method == .head else { return MockResponse(201, headers: ["ETag": "\"1\""]) }
                try FileManager.default.removeItem(atPath: path)
                try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: directory + "/victim")
                return MockResponse(404)
            }
            let report = try await Fixture(transport).container.uploadDirectory(
                directory + "/tree", options: .init(followsSymbolicLinks: followsLinks))
            #expect(report.failed.count == (followsLinks ? 0 : 1))
            #expect(transport.requests.count == (followsLinks ? 2 : 1))
        }
    }

    @Test(
        "a partial file or journal of another user is refused where others can write to the directory",
        .enabled(if: geteuid() == 0, "only root can make a file of another user"), arguments: ["partial", "journal"])
    func foreignOwner(suffix: String) async throws {
        try await withVictim { directory, _, blob in
            let path = directory + "/file"
            let planted =
                JournalFile.path(beside: path, .download, blob: blob.address).dropLast("journal".count) + suffix
            #expect(FileManager.default.createFile(atPath: String(planted), contents: Data("planted".utf8)))
            #expect(chown(String(planted), 4711, 4711) == 0)
            #expect(chmod(directory, 0o1777) == 0)
            let error = try await failure { try await blob.downloadResumably(to: path, options: Self.options) }
            #expect(error.code == .fileError && error.message.contains("another user"))
            // File systems of the network may show other owners.
            #expect(chmod(directory, 0o755) == 0)
            try await blob.downloadResumably(to: path, options: Self.options)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(repeating: 1, count: 300))
        }
    }

    @Test("journals can be read and written by their owner alone")
    func modes() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/file"
            let (blob, _) = try ResumableTransferTests.blob(
                StoredBlob(Data(repeating: 1, count: 300), metadata: [:]), failingFrom: 3)
            _ = try await failure { try await blob.downloadResumably(to: path, options: Self.options) }
            let journal = JournalFile.path(beside: path, .download, blob: blob.address)
            let attributes = try FileManager.default.attributesOfItem(atPath: journal)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test("a journal of a size that none has is begun anew")
    func largeJournal() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/file"
            let (blob, _) = try ResumableTransferTests.blob(StoredBlob(Data(repeating: 1, count: 300), metadata: [:]))
            let journal = JournalFile.path(beside: path, .download, blob: blob.address)
            #expect(FileManager.default.createFile(atPath: journal, contents: nil))
            let handle = try #require(FileHandle(forWritingAtPath: journal))
            try handle.truncate(atOffset: 1 << 40)
            try handle.close()
            let result = try await blob.downloadResumably(to: path, options: Self.options)
            #expect(result.resumption == .startedOver(.journalDamaged))
        }
    }

    // MARK: Another version of the blob

    @Test(
        "a part of another version, of a blob of another size, or of no version is an error, not a mixture",
        arguments: [("\"2\"", 300), ("", 300), ("\"1\"", 301)])
    func otherVersion(etag: String, total: Int) async throws {
        let transport = MockTransport { request in
            guard request.method == .get else {
                return MockResponse(200, headers: ["Content-Length": "300", "ETag": "\"1\""])
            }
            // A cache on the way that does not know conditions.
            let range = request.header("x-ms-range").map {
                $0.dropFirst(6).split(separator: "-").compactMap { Int($0) }
            }
            let parts = range ?? [0, 99]
            var headers = [
                "Content-Range": "bytes \(parts[0])-\(parts[1])/\(parts[0] == 0 ? 300 : total)", "ETag": "\"1\"",
            ]
            if parts[0] > 0 { headers["ETag"] = etag.isEmpty ? nil : etag }
            return MockResponse(206, headers: headers, body: Data(count: parts[1] - parts[0] + 1))
        }
        let blob = try Fixture(transport).blob
        try await withTemporaryDirectory { directory in
            let error = try await failure {
                try await blob.downloadResumably(to: directory + "/file", options: Self.options)
            }
            #expect(error.code == .invalidResponse)
            #expect(!FileManager.default.fileExists(atPath: directory + "/file"))
        }
    }

    @Test("a part of an encrypted blob comes from the version whose metadata was read", arguments: ["\"2\"", ""])
    func encrypted(etag: String) async throws {
        let stored = StoredBlob()
        let key = try LocalKeyEncryptionKey(id: "k", key: Data(count: 32))
        let (blob, _) = try ResumableTransferTests.blob(stored)
        try await blob.encrypted(with: key).upload(Data(count: 100))
        let base = stored.transport
        let transport = ClosureTransport { request, body, options in
            var response = try await base.send(request, body: body, options: options)
            if request.method == .get { response.head.headerFields[.eTag] = etag.isEmpty ? nil : etag }
            return response
        }
        let changed = try BlobClient(url: blob.url, options: .init(pipeline: PipelineOptions(transport: transport)))
        let error = try await failure {
            _ = try await changed.encrypted(with: key).download(
                upTo: 100, options: .init(range: BlobRange(offset: 1, length: 5)))
        }
        #expect(error.code == .invalidResponse && error.message.contains("version"))
    }

    @Test("versions are compared, however their names are written")
    func versions() {
        for other in ["\"1\"", "1", "W/\"1\""] { #expect(ETag("\"1\"") == ETag(other)) }
        for other in ["\"2\"", "", "\"", "W/", "\"1", "1\""] {
            #expect(ETag("\"1\"") != ETag(other))
        }
    }
}

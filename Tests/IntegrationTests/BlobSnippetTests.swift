#if Emulator
import AzureEmulator
import BlobStorage
import Foundation
import Snippets
import Testing

@Suite("The code of the documentation of blobs does what it says")
struct BlobSnippetTests {
    private static let report = Data("name,total\na,99\nb,101\n".utf8)

    private func withBlob(
        _ body: (BlobServiceClient, BlobContainerClient, BlobClient) async throws -> Void
    ) async throws {
        try await withEmulator { emulator in
            let (service, container, blob) = try blobOfReport(connectionString: emulator.blobConnectionString)
            try await container.create()
            try await blob.upload(Self.report)
            try await body(service, container, blob)
        }
    }

    @Test("README.md")
    func readme() async throws {
        try await withEmulator { emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            try await createContainer(service.container("pictures"))
            try await createContainer(service.container("more"))
            #expect(try await service.container("more").exists())
        }
    }

    @Test("contents from memory, files and streams")
    func contents() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("snippets-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let (file, copy) = (directory.appendingPathComponent("a"), directory.appendingPathComponent("b"))
        try Self.report.write(to: file)
        try await withBlob { _, _, blob in
            let first = try await uploadAndDownload(blob, file: file.path, copy: copy.path)
            #expect(first == Data("region,sales\nnorth,100\n".utf8))
            #expect(try Data(contentsOf: copy) == Self.report)
            #expect(try await blob.download(upTo: 1000) == Self.report)
        }
    }

    @Test("conditions and leases")
    func conditions() async throws {
        try await withBlob { _, _, blob in
            let options = try await markAsChecked(blob)
            let error = await #expect(throws: AzureError.self) {
                try await blob.setMetadata(["stage": "checked"], options: options)
            }
            #expect(error?.code == .conditionNotMet)

            try await changeWhileLeased(blob)
            let properties = try await blob.properties()
            #expect(properties.lease.state == .available && properties.metadata["owner"] == "me")
        }
    }

    @Test("tags and lists")
    func lists() async throws {
        try await withBlob { service, container, blob in
            try await findByTags(blob, in: service)
            #expect(try await blob.tags() == ["project": "apollo", "year": "2026"])
            try await list(container)
        }
    }

    @Test("append and page blobs")
    func appendAndPages() async throws {
        try await withBlob { _, container, _ in
            try await appendAndWritePages(in: container)
            #expect(try await container.blob("app.log").download(upTo: 100) == Data("started\n".utf8))
            var ranges: [Int64] = []
            for try await range in container.blob("disk.vhd").pageBlob.pageRanges() {
                ranges += [range.offset, range.length]
            }
            #expect(ranges == [4096, 512])
        }
    }

    @Test("copies, and many blobs in one request")
    func many() async throws {
        try await withBlob { _, container, blob in
            try await copy(blob, in: container)
            #expect(try await container.blob("2026/q1-copy.csv").download(upTo: 100) == Self.report)

            for name in ["a.tmp", "b.tmp"] { try await container.blob(name).upload(Data("x".utf8)) }
            #expect(try await deleteSeveral(in: container) == ["c.tmp"])
        }
    }

    @Test("shared access signatures")
    func signatures() async throws {
        try await withBlob { _, container, blob in
            let (link, inbox) = try sign(blob, container)
            #expect(try await BlobClient(url: link).download(upTo: 100) == Self.report)
            try await BlobContainerClient(url: inbox).blob("in").upload(Data("x".utf8))
        }
    }

    @Test("queries")
    func queries() async throws {
        try await withBlob { _, _, blob in try await query(blob) }
    }
}
#endif

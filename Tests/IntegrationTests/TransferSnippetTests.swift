#if Emulator
import AzureEmulator
import BlobStorage
import Foundation
import Snippets
import Testing

#if AsyncHTTPClient
import AsyncHTTPClient
#endif

@Suite("The code of the documentation of transfers, errors and transports does what it says")
struct TransferSnippetTests {
    private func withContainer(_ body: (BlobContainerClient, String) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("snippets-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try await withEmulator { emulator in
            let container = try BlobServiceClient(connectionString: emulator.blobConnectionString).container("docs")
            try await container.create()
            try await body(container, directory.path)
        }
    }

    @Test("progress")
    func progress() async throws {
        try await withContainer { container, directory in
            let path = directory + "/disk.img"
            try Data(count: 9_000_000).write(to: URL(fileURLWithPath: path))
            try await uploadWithProgress(path, to: container.blob("disk.img"))
            #expect(try await container.blob("disk.img").properties().contentLength == 9_000_000)
        }
    }

    @Test("limited bandwidth")
    func bandwidth() async throws {
        try await withContainer { container, directory in
            let path = directory + "/small.img"
            try Data(count: 600_000).write(to: URL(fileURLWithPath: path))
            try await uploadSlowly(path, to: container.blob("small.img"))
            #expect(try await container.blob("small.img").properties().contentLength == 600_000)
        }
    }

    @Test("whole trees")
    func trees() async throws {
        try await withContainer { container, directory in
            for (name, text) in ["index.html": "<html>", "a/b.html": "<br/>", "c.tmp": "", ".git/config": "x"] {
                let file = URL(fileURLWithPath: "\(directory)/site/\(name)")
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
            let report = try await transferTree(directory + "/site", to: container, andBackTo: directory + "/copy")
            #expect("\(report)" == "2 done (11 bytes), 0 skipped, 0 failed")
        }
    }

    @Test("whole trees with progress, kept alike, with header fields, and copied")
    func moreOfTrees() async throws {
        try await withContainer { container, directory in
            try FileManager.default.createDirectory(
                atPath: directory + "/site", withIntermediateDirectories: false)
            try Data("<html>".utf8).write(to: URL(fileURLWithPath: directory + "/site/index.html"))
            try await container.blob("www/gone.html").upload(Data())
            try await container.blob("www/kept.log").upload(Data("x".utf8))
            let mirror = try await mirrorTree(directory + "/site", to: container)
            #expect(mirror.isSuccess && mirror.deleted.map(\.name) == ["www/gone.html"])
            try await container.blob("www/index.html").delete()
            #expect(try await publishTree(directory + "/site", to: container).doneCount == 1)
            let headers = try await container.blob("www/index.html").properties().httpHeaders
            #expect(headers.cacheControl == "no-cache" && headers.contentType == "text/html")
            let backup = try await backUpTree(directory + "/site", to: container, journals: directory + "/journals")
            #expect(backup.done.map(\.name) == ["photos/index.html"])
            let copies = try await copyTree(from: container, to: container)
            #expect(copies.done.map(\.name) == ["archive/photos/index.html"], "\(copies.failed)")
        }
    }

    @Test("verification and compression")
    func verification() async throws {
        try await withContainer { container, directory in
            let (blob, text) = (container.blob("report.csv"), Data(repeating: UInt8(ascii: "a"), count: 50_000))
            try text.write(to: URL(fileURLWithPath: directory + "/report.csv"))
            try await blob.upload(file: directory + "/report.csv")
            #expect(try await downloadVerified(blob, to: directory + "/verified.csv").validation == .crc64)

            // URLSession on Linux decodes unasked, which is the other way to get there.
            guard DefaultTransport.shared.capabilities.contains(.keepsContentEncoding) else { return }
            let small = container.blob("report.csv.gz")
            try await compress(directory + "/report.csv", to: small, andBackTo: directory + "/copy.csv")
            let properties = try await small.properties()
            #expect(properties.httpHeaders.contentEncoding == "gzip" && properties.contentLength < 1000)
            #expect(try Data(contentsOf: URL(fileURLWithPath: directory + "/copy.csv")) == text)
        }
    }

    @Test("interruptions")
    func interruptions() async throws {
        try await withContainer { container, directory in
            try Data(count: 100_000).write(to: URL(fileURLWithPath: directory + "/disk.img"))
            let resumption = try await transferResumably(
                directory + "/disk.img", to: container.blob("disk.img"), andBackTo: directory + "/copy.img")
            #expect(!resumption.isResumed)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).count == 2)
        }
    }

    @Test("encryption on this side")
    func encryption() async throws {
        try await withContainer { container, directory in
            let secret = Data((0..<32).map { _ in UInt8.random(in: 0...255) })
            try Data(repeating: 7, count: 1000).write(to: URL(fileURLWithPath: directory + "/invoice.pdf"))
            let (_, start) = try await encrypt(directory + "/invoice.pdf", into: container, with: secret)
            #expect(start == Data(repeating: 7, count: 100))
        }
    }

    @Test("families of errors")
    func families() async throws {
        try await withContainer { container, _ in
            let missing = await #expect(throws: AzureError.self) { try await container.blob("missing").properties() }
            try explain(#require(missing))
            let conflict = await #expect(throws: AzureError.self) { try await container.create() }
            let existing = try #require(conflict)
            #expect(throws: AzureError.self) { try explain(existing) }
        }
    }

    #if AsyncHTTPClient
    @Test("a program's own HTTPClient")
    func httpClient() async throws {
        try await withEmulator { emulator in
            let key = try StorageSharedKey(accountName: emulator.blobAccount, key: emulator.blobKey)
            let (client, service) = try connect(endpoint: emulator.blobEndpoint, credential: .sharedKey(key))
            let exists = try? await service.container("docs").exists()
            try await client.shutdown()
            #expect(exists == false)
        }
    }
    #endif
}
#endif

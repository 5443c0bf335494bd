#if Emulator
// The code of Docs/Transfers.md, so that it keeps compiling and does what it says.

import AzureCore
import AzureEmulator
import BlobStorage
import Foundation
import Synchronization
import Testing

@Suite("The code of the documentation of transfers")
struct TransferDocumentationSamples {
    private func withContainer(_ body: (BlobContainerClient, String) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("samples-\(UUID())")
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
            let blob = container.blob("disk.img")
            let path = directory + "/disk.img"
            try Data(count: 9_000_000).write(to: URL(fileURLWithPath: path))
            let seen = Mutex<TransferProgress.Step?>(nil)
            try await blob.upload(file: path) { progress in
                for await step in progress { seen.withLock { $0 = step } }
            }
            let last = seen.withLock { $0 }
            #expect(last?.bytes == 9_000_000 && last?.total == 9_000_000 && last?.timeLeft == .zero)
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
            let report = try await container.uploadDirectory(
                directory + "/site", prefix: "www/",
                options: TreeTransferOptions(exclude: [".git/", "*.tmp"], overwrite: .ifDifferent))
            #expect(report.failed.isEmpty)

            let back = try await container.downloadContainer(
                to: directory + "/copy", prefix: "www/", options: TreeTransferOptions(include: ["*.html"]))
            #expect("\(back)" == "2 done (11 bytes), 0 skipped, 0 failed")
        }
    }

    @Test("verification and compression")
    func verification() async throws {
        try await withContainer { container, directory in
            let (blob, text) = (container.blob("report.csv"), Data(repeating: UInt8(ascii: "a"), count: 50_000))
            try text.write(to: URL(fileURLWithPath: directory + "/report.csv"))
            try await blob.upload(file: directory + "/report.csv")
            let result = try await blob.download(to: directory + "/copy.csv")
            #expect(result.validation == .crc64)

            let small = container.blob("report.csv.gz")
            try await small.upload(file: directory + "/report.csv", options: BlobUploadOptions(compression: .gzip))
            let properties = try await small.properties()
            #expect(properties.httpHeaders.contentEncoding == "gzip" && properties.contentLength < 1000)
            // URLSession on Linux decodes unasked, which is the other way to get there.
            if DefaultTransport.shared.capabilities.contains(.keepsContentEncoding) {
                try await small.download(
                    to: directory + "/copy.csv", options: BlobDownloadOptions(decompresses: true))
                #expect(try Data(contentsOf: URL(fileURLWithPath: directory + "/copy.csv")) == text)
            }
        }
    }

    @Test("interruptions")
    func interruptions() async throws {
        try await withContainer { container, directory in
            let blob = container.blob("disk.img")
            try Data(count: 100_000).write(to: URL(fileURLWithPath: directory + "/disk.img"))
            let result = try await blob.uploadResumably(file: directory + "/disk.img")
            #expect(!result.resumption.isResumed)
            try await blob.downloadResumably(to: directory + "/copy.img")
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).count == 2)
        }
    }

    @Test("encryption on this side")
    func encryption() async throws {
        try await withContainer { container, directory in
            let secret = Data((0..<32).map { _ in UInt8.random(in: 0...255) })
            try Data(repeating: 7, count: 1000).write(to: URL(fileURLWithPath: directory + "/invoice.pdf"))
            let key = try LocalKeyEncryptionKey(id: "invoices-2026", key: secret)
            let invoice = container.blob("invoice.pdf").encrypted(with: key)
            try await invoice.upload(file: directory + "/invoice.pdf")
            let start = try await invoice.download(
                upTo: 100, options: BlobDownloadOptions(range: BlobRange(offset: 0, length: 100)))
            #expect(start == Data(repeating: 7, count: 100))
        }
    }
}
#endif

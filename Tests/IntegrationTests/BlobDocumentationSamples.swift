#if Emulator
// The code of Docs/Blobs.md, so that it keeps compiling and does what it says.

import AzureAuth
import AzureCore
import AzureEmulator
import BlobStorage
import Foundation
import Testing

@Suite("The code of the documentation of blobs")
struct BlobDocumentationSamples {
    private func withBlob(
        _ body: (BlobServiceClient, BlobContainerClient, BlobClient) async throws -> Void
    ) async throws {
        try await withEmulator { emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            let container = service.container("reports")
            let blob = container.blob("2026/q1.csv")
            try await container.create()
            try await blob.upload(Data("name,total\na,99\nb,101\n".utf8))
            try await body(service, container, blob)
        }
    }

    @Test("conditions and leases")
    func conditions() async throws {
        try await withBlob { _, _, blob in
            let read = try await blob.properties()
            var options = BlobUpdateOptions()
            options.conditions.ifMatch = read.etag
            try await blob.setMetadata(["stage": "checked"], options: options)
            let error = await #expect(throws: AzureError.self) {
                try await blob.setMetadata(["stage": "checked"], options: options)
            }
            #expect(error?.code == .conditionNotMet)

            try await blob.lease.withLease { lease in
                try await blob.setMetadata(
                    ["owner": "me"], options: BlobUpdateOptions(conditions: .init(leaseID: lease.id)))
            }
            #expect(try await blob.properties().lease.state == .available)
        }
    }

    @Test("tags and lists")
    func lists() async throws {
        try await withBlob { service, container, blob in
            try await blob.setTags(["project": "apollo", "year": "2026"])
            var names: [String] = []
            for try await found in service.findBlobs(matching: #""project" = 'apollo' AND "year" >= '2025'"#) {
                names.append(found.name)
            }
            #expect(names == ["2026/q1.csv"])

            names = []
            for try await item in container.listBlobs(
                prefix: "2026/", options: BlobListOptions(include: [.metadata, .tags]))
            {
                names.append("\(item.name) \(item.properties.contentLength)")
            }
            for try await item in container.listBlobsByHierarchy() {
                switch item {
                case .blob(let blob): names.append(blob.name)
                case .prefix(let prefix): names.append(prefix)
                }
            }
            #expect(names == ["2026/q1.csv 22", "2026/"])
        }
    }

    @Test("append and page blobs")
    func appendAndPages() async throws {
        try await withBlob { _, container, _ in
            let log = container.blob("app.log").appendBlob
            try await log.createIfNotExists()
            try await log.append(HTTPBody("started\n"), options: AppendBlobOptions(position: 0))

            let disk = container.blob("disk.vhd").pageBlob
            try await disk.create(size: 1 << 20)
            try await disk.upload(HTTPBody(Data(repeating: 1, count: 512)), at: 4096)
            var ranges: [Int64] = []
            for try await range in disk.pageRanges() { ranges += [range.offset, range.length] }
            #expect(ranges == [4096, 512])
        }
    }

    @Test("copies, and many blobs in one request")
    func many() async throws {
        try await withBlob { _, container, blob in
            let copy = container.blob("2026/q1-copy.csv")
            try await copy.startCopy(from: BlobCopySource(blob))
            try await copy.waitForCopy()
            #expect(try await copy.download(upTo: 100) == Data("name,total\na,99\nb,101\n".utf8))

            for name in ["a.tmp", "b.tmp"] { try await container.blob(name).upload(Data("x".utf8)) }
            let results = try await container.deleteBlobs(["a.tmp", "b.tmp", "c.tmp"])
            #expect(
                results.failures.map { "\($0.blob.name) \($0.error?.code.rawValue ?? "")" } == ["c.tmp BlobNotFound"])
        }
    }

    @Test("shared access signatures")
    func signatures() async throws {
        try await withBlob { _, container, blob in
            let link = try blob.signedURL(permissions: [.read], expiresOn: Date(timeIntervalSinceNow: 3600))
            #expect(try await BlobClient(url: link).download(upTo: 100).count == 22)
            let inbox = try container.signedURL(
                permissions: [.create, .write], expiresOn: Date(timeIntervalSinceNow: 600))
            try await BlobContainerClient(url: inbox).blob("in").upload(Data("x".utf8))
        }
    }

    @Test("queries")
    func queries() async throws {
        try await withBlob { _, _, blob in
            let rows = try await blob.query(
                "SELECT name, total FROM BlobStorage WHERE total > 100",
                options: BlobQueryOptions(input: .csv(.init(hasHeaders: true)), output: .json()))
            var found: [String] = []
            for try await row in rows.records() { found.append(String(decoding: row, as: UTF8.self)) }
            #expect(found.count == 1 && found.first?.contains("101") == true)
        }
    }
}
#endif

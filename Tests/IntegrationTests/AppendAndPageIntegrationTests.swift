#if Emulator
import AzureCore
import AzureEmulator
import BlobStorage
import Foundation
import Testing

@Suite("Append blobs and page blobs over sockets", .timeLimit(.minutes(2)))
struct AppendAndPageIntegrationTests {
    private func withContainer(_ body: (BlobContainerClient) async throws -> Void) async throws {
        try await withEmulator { emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            let container = service.container("pictures")
            try await container.create()
            try await body(container)
        }
    }

    private func code(_ operation: () async throws -> Void) async -> String? {
        let error = await #expect(throws: AzureError.self) { try await operation() }
        return error?.code.rawValue
    }

    @Test("a log grows, only where it should, until it is sealed")
    func appending() async throws {
        try await withContainer { container in
            let blob = container.blob("log")
            let log = blob.appendBlob
            #expect(try await log.createIfNotExists(options: .init(metadata: ["a": "b"])) != nil)
            #expect(try await log.createIfNotExists() == nil)
            #expect(await code { try await log.create() } == "BlobAlreadyExists")
            let first = try await log.append(HTTPBody("one\n"), options: .init(checksum: .structuredBody))
            #expect(first.offset == 0)
            let second = try await log.append(HTTPBody("two\n"), options: .init(position: 4, maxSize: 8))
            #expect(second.offset == 4)
            #expect(second.committedBlockCount == 2)
            #expect(
                await code { try await log.append(HTTPBody("x"), options: .init(position: 4)) }
                    == "AppendPositionConditionNotMet")
            #expect(
                await code { try await log.append(HTTPBody("x"), options: .init(maxSize: 8)) }
                    == "MaxBlobSizeConditionNotMet")
            #expect(
                await code {
                    try await log.append(
                        HTTPBody("x"), options: .init(conditions: .init(ifMatch: first.blob.etag)))
                } == "ConditionNotMet")
            #expect(await code { try await log.seal(at: 3) } == "AppendPositionConditionNotMet")
            #expect(try await log.seal(at: 8).isSealed == true)
            #expect(await code { try await log.append(HTTPBody("x")) } == "BlobIsSealed")
            #expect(try await blob.download(upTo: 100) == Data("one\ntwo\n".utf8))
            let properties = try await blob.properties()
            #expect(properties.blobType == .appendBlob)
            #expect(properties.isSealed == true)
            #expect(properties.committedBlockCount == 2)
            #expect(properties.metadata == ["a": "b"])
            #expect(await code { try await blob.blockBlob.stageBlock(id: "1", HTTPBody("x")) } == "InvalidBlobType")
            #expect(await code { try await blob.pageBlob.resize(to: 512) } == "InvalidBlobType")
        }
    }

    @Test("pages are written, cleared, listed and counted")
    func pages() async throws {
        try await withContainer { container in
            let blob = container.blob("disk")
            let disk = blob.pageBlob
            try await disk.create(size: 8192, sequenceNumber: 5)
            let content = Data((0..<1024).map { UInt8(truncatingIfNeeded: $0 / 3 + 1) })
            let written = try await disk.upload(
                HTTPBody(content), at: 1024, options: .init(sequenceNumber: .init(ifLessThanOrEqual: 5, ifEqual: 5)))
            #expect(written.sequenceNumber == 5)
            try await disk.upload(HTTPBody(content), at: 4096)
            try await disk.upload(HTTPBody(content), at: 2048, options: .init(checksum: .structuredBody))
            try await disk.clear(BlobRange(offset: 4096, length: 512))
            var ranges: [PageRange] = []
            for try await range in disk.pageRanges(options: .init(pageSize: 1)) { ranges.append(range) }
            #expect(ranges == [PageRange(offset: 1024, length: 2048), PageRange(offset: 4608, length: 512)])
            var expected = Data(count: 8192)
            expected.replaceSubrange(1024..<2048, with: content)
            expected.replaceSubrange(2048..<3072, with: content)
            expected.replaceSubrange(4608..<5120, with: content[512...])
            #expect(try await blob.download(upTo: 8192) == expected)
            #expect(
                await code {
                    try await disk.upload(
                        HTTPBody(content), at: 0, options: .init(sequenceNumber: .init(ifLessThan: 5)))
                } == "SequenceNumberConditionNotMet")
            #expect(await code { try await disk.upload(HTTPBody(content), at: 8192) } == "InvalidPageRange")
            #expect(try await disk.setSequenceNumber(.increment).sequenceNumber == 6)
            #expect(try await disk.setSequenceNumber(.max(3)).sequenceNumber == 6)
            #expect(try await disk.setSequenceNumber(.update(3)).sequenceNumber == 3)
            try await disk.resize(to: 1536)
            #expect(try await blob.download(upTo: 8192) == expected.prefix(1536))
            try await disk.resize(to: 4096)
            #expect(try await blob.download(upTo: 8192) == expected.prefix(1536) + Data(count: 2560))
            let properties = try await blob.properties()
            #expect(properties.blobType == .pageBlob)
            #expect(properties.sequenceNumber == 3)
            #expect(await code { try await disk.create(size: 512) } == "BlobAlreadyExists")
            #expect(await code { try await blob.appendBlob.append(HTTPBody("x")) } == "InvalidBlobType")
            var listed: [BlobItem] = []
            for try await item in container.listBlobs() { listed.append(item) }
            #expect(listed.map(\.properties.blobType) == [.pageBlob])
            #expect(listed.first?.properties.sequenceNumber == 3)
        }
    }
}
#endif

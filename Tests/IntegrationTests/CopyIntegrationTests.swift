#if Emulator
import AzureAuth
import AzureCore
import AzureCrypto
import AzureEmulator
import BlobStorage
import Foundation
import Testing

@Suite("Copies over sockets", .timeLimit(.minutes(2)))
struct CopyIntegrationTests {
    static let content = Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7) })

    private func withBlobs(_ body: (_ source: BlobClient, _ container: BlobContainerClient) async throws -> Void)
        async throws
    {
        try await withEmulator { emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            let container = service.container("pictures")
            try await container.create()
            let source = container.blob("source/ä b.bin")
            try await source.upload(
                Self.content, options: .init(httpHeaders: .init(contentType: "image/png"), metadata: ["from": "here"]))
            try await body(source, container)
        }
    }

    private func signed(_ blob: BlobClient) throws -> URL {
        try blob.signedURL(permissions: .read, expiresOn: Date.now + 600)
    }

    private func code(_ operation: () async throws -> Void) async -> String? {
        let error = await #expect(throws: AzureError.self) { try await operation() }
        return error?.code.rawValue
    }

    @Test("an asynchronous copy within the account needs no signature, and takes everything along")
    func asynchronous() async throws {
        try await withBlobs { source, container in
            let target = container.blob("copy")
            let info = try await target.startCopy(from: BlobCopySource(source))
            let properties = try await target.waitForCopy(info.id)
            #expect(properties.copy?.status == .success)
            #expect(properties.copy?.progress == "5000/5000")
            #expect(properties.copy?.source == source.url.absoluteString)
            #expect(properties.httpHeaders.contentType == "image/png")
            #expect(properties.metadata == ["from": "here"])
            #expect(try await target.download(upTo: 5000) == Self.content)
            #expect(await code { try await target.abortCopy(info.id ?? "") } == "NoPendingCopyOperation")
            try await target.startCopy(
                from: BlobCopySource(source), options: .init(destination: .init(metadata: ["to": "there"])))
            #expect(try await target.properties().metadata == ["to": "there"])
        }
    }

    @Test("a copy of what is not there, may not be read, or has changed, is an error")
    func refused() async throws {
        try await withBlobs { source, container in
            let target = container.blob("copy")
            let missing = BlobCopySource(container.blob("missing"))
            #expect(await code { try await target.startCopy(from: missing) } == "BlobNotFound")
            let unsigned = BlobCopySource(url: source.url)
            #expect(await code { try await target.copy(from: unsigned) } == "CannotVerifyCopySource")
            let elsewhere = BlobCopySource(url: "http://127.0.0.1:1/otheraccount/box/b")
            #expect(await code { try await target.startCopy(from: elsewhere) } == "CannotVerifyCopySource")
            var changed = BlobCopySource(source)
            changed.conditions.ifMatch = "\"0x1\""
            #expect(await code { try await target.startCopy(from: changed) } == "SourceConditionNotMet")
            let exists = try await target.exists()
            #expect(!exists)
        }
    }

    @Test(
        "content comes from a blob that the client may read, without a word about how: whole, as blocks, appended, as pages"
    )
    func fromClient() async throws {
        try await withBlobs { source, container in
            let whole = BlobCopySource(source)
            var part = whole
            part.range = BlobRange(offset: 0, length: 1024)
            try await container.blob("copied").copy(from: whole)
            try await container.blob("put").blockBlob.put(from: whole)
            let blocks = container.blob("blocks").blockBlob
            try await blocks.stageBlock(id: "a", from: whole)
            try await blocks.commitBlockList(["a"])
            let log = container.blob("log").appendBlob
            try await log.create()
            try await log.append(from: whole)
            for name in ["copied", "put", "blocks", "log"] {
                #expect(try await container.blob(name).download(upTo: 5000) == Self.content, "\(name)")
            }
            let disk = container.blob("disk").pageBlob
            try await disk.create(size: 1024)
            try await disk.upload(from: part, at: 0)
            #expect(try await disk.blob.download(upTo: 1024) == Self.content[..<1024])
        }
    }

    @Test("content comes from a signed URL: whole, as blocks, appended, as pages")
    func fromURL() async throws {
        try await withBlobs { source, container in
            let url = try signed(source)
            let copied = container.blob("copied")
            #expect(try await copied.copy(from: BlobCopySource(url: url)).status == .success)
            #expect(try await copied.download(upTo: 5000) == Self.content)

            let put = container.blob("put")
            try await put.blockBlob.put(
                from: BlobCopySource(url: url, checksum: .md5(Data(Digest.of(Self.content, .md5)))))
            #expect(try await put.download(upTo: 5000) == Self.content)
            #expect(try await put.properties().httpHeaders.contentType == "image/png")
            try await put.blockBlob.put(
                from: BlobCopySource(url: url), copiesProperties: false, options: .init(overwrite: true))
            #expect(try await put.properties().metadata == [:])
            #expect(await code { try await put.blockBlob.put(from: BlobCopySource(url: url)) } == "BlobAlreadyExists")

            let blocks = container.blob("blocks")
            let part = BlobCopySource(
                url: url, range: BlobRange(offset: 100, length: 900),
                checksum: .crc64(CRC64(of: Self.content[100..<1000]).data))
            try await blocks.blockBlob.stageBlock(id: "a", from: part)
            try await blocks.blockBlob.stageBlock(id: "b", from: BlobCopySource(url: url))
            try await blocks.blockBlob.commitBlockList(["a", "b"])
            #expect(try await blocks.download(upTo: 5900) == Self.content[100..<1000] + Self.content)
            var wrong = part
            wrong.checksum = .crc64(Data(count: 8))
            #expect(await code { try await blocks.blockBlob.stageBlock(id: "c", from: wrong) } == "Crc64Mismatch")

            let log = container.blob("log").appendBlob
            try await log.create()
            try await log.append(HTTPBody("first"))
            #expect(try await log.append(from: part).offset == 5)
            #expect(try await log.blob.download(upTo: 905) == Data("first".utf8) + Self.content[100..<1000])

            let disk = container.blob("disk").pageBlob
            try await disk.create(size: 2048)
            try await disk.upload(
                from: BlobCopySource(url: url, range: BlobRange(offset: 3, length: 1024)), at: 512)
            #expect(
                try await disk.blob.download(upTo: 2048) == Data(count: 512) + Self.content[3..<1027] + Data(count: 512)
            )
        }
    }
}
#endif

#if Emulator
import AzureAuth
import AzureCore
import AzureEmulator
import BlobStorage
import Foundation
import HTTPTypes
import Testing

@Suite("Blob Storage over sockets", .timeLimit(.minutes(2)))
struct BlobIntegrationTests {
    private func withContainer(
        _ body: (BlobContainerClient, RunningEmulator) async throws -> Void
    ) async throws {
        try await withEmulator { emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            let container = service.container("pictures")
            #expect(try await container.createIfNotExists())
            #expect(try await !container.createIfNotExists())
            try await body(container, emulator)
        }
    }

    private static let bytes = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 7) })
    private static let small = BlobTransferOptions(singleShotLimit: 1000, partSize: 7001, concurrency: 3)

    @Test(
        "bytes, files and streams of any size come back as they were",
        arguments: [0, 1, 1000, 1001, 7001, 14_002, 100_000])
    func roundTrip(size: Int) async throws {
        let data = Self.bytes.prefix(size)
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
            "azure-swift-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let source = directory.appendingPathComponent("source").path
        let target = directory.appendingPathComponent("target").path
        try data.write(to: URL(fileURLWithPath: source))
        try await withContainer { container, _ in
            let upload = BlobUploadOptions(
                httpHeaders: BlobHTTPHeaders(contentType: "image/jpeg"), metadata: ["camera": "k7"],
                transfer: Self.small)
            let download = BlobDownloadOptions(transfer: Self.small)
            try await container.blob("bytes").upload(data, options: upload)
            try await container.blob("file").upload(file: source, options: upload)
            let chunks = AsyncStream<Data> { continuation in
                for start in stride(from: 0, to: size, by: 333) {
                    continuation.yield(data[start..<min(start + 333, size)])
                }
                continuation.finish()
            }
            try await container.blob("stream").upload(stream: chunks, options: upload)
            for name in ["bytes", "file", "stream"] {
                let blob = container.blob(name)
                let properties = try await blob.properties()
                #expect(properties.contentLength == Int64(size))
                #expect(properties.httpHeaders.contentType == "image/jpeg")
                #expect(properties.metadata == ["camera": "k7"])
                #expect(try await blob.download(upTo: size, options: download) == data)
                try await blob.download(to: target, options: download)
                #expect(try Data(contentsOf: URL(fileURLWithPath: target)) == data)
                let stream = try await blob.downloadStream(options: download)
                #expect(stream.length == Int64(size))
                var streamed = Data()
                for try await chunk in stream { streamed += chunk }
                #expect(streamed == data)
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == ["source", "target"])
    }

    @Test("ranges are exactly what was asked for")
    func ranges() async throws {
        try await withContainer { container, _ in
            let blob = container.blob("a")
            try await blob.upload(Self.bytes)
            for range in [
                BlobRange(offset: 0, length: 1), BlobRange(offset: 6999, length: 30_000), BlobRange(offset: 99_999),
            ] {
                let options = BlobDownloadOptions(range: range, transfer: Self.small)
                let end = range.length.map { Int(range.offset + $0) } ?? Self.bytes.count
                #expect(try await blob.download(upTo: 100_000, options: options) == Self.bytes[Int(range.offset)..<end])
            }
            let error = await #expect(throws: AzureError.self) {
                try await blob.download(upTo: 10, options: .init(range: .init(offset: 100_000)))
            }
            #expect(error?.code == .invalidRange)
        }
    }

    @Test("a blob that exists is overwritten only when told so")
    func overwrite() async throws {
        try await withContainer { container, _ in
            let blob = container.blob("a")
            try await blob.upload(Data("one".utf8))
            for transfer in [BlobTransferOptions(), Self.small] {
                let data = Self.bytes.prefix(20_000)
                let error = await #expect(throws: AzureError.self) {
                    try await blob.upload(data, options: .init(transfer: transfer))
                }
                #expect(error?.code == .blobAlreadyExists)
            }
            #expect(try await blob.download(upTo: 100) == Data("one".utf8))
            try await blob.upload(Data("two".utf8), options: .init(overwrite: true))
            #expect(try await blob.download(upTo: 100) == Data("two".utf8))
        }
    }

    @Test("a blob that changes during a download is an error, never a mixture, and leaves no file")
    func changedMeanwhile() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
            "azure-swift-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try await withContainer { container, _ in
            let blob = container.blob("a")
            try await blob.upload(Self.bytes)
            let stream = try await blob.downloadStream(options: .init(transfer: Self.small))
            var iterator = stream.makeAsyncIterator()
            #expect(try await iterator.next() != nil)
            try await blob.upload(Self.bytes, options: .init(overwrite: true))
            // The parts that were under way come to their end.
            let error = await #expect(throws: AzureError.self) { while try await iterator.next() != nil {} }
            #expect(error?.code == .conditionNotMet)

            let missing = await #expect(throws: AzureError.self) {
                try await container.blob("missing").download(to: directory.appendingPathComponent("x").path)
            }
            #expect(missing?.code == .blobNotFound)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
    }

    @Test("lists give all names in order, whatever characters they have, page by page")
    func lists() async throws {
        let names = [
            "a b.txt", "a%20b", "a&b<c>\"d'.txt", "dir/one", "dir/sub/two", "dir//three", ".ende", "ü€😀", "x?y#z",
            "\u{1}",
        ]
        try await withContainer { container, _ in
            for name in names { try await container.blob(name).upload(Data("x".utf8)) }
            var listed: [String] = []
            for try await blob in container.listBlobs(options: .init(pageSize: 3)) { listed.append(blob.name) }
            #expect(Set(listed) == Set(names) && listed.count == names.count)
            for name in names { #expect(try await container.blob(name).download(upTo: 1) == Data("x".utf8)) }
            var entries: [String] = []
            for try await entry in container.listBlobsByHierarchy(prefix: "dir/") {
                switch entry {
                case .blob(let blob): entries.append(blob.name)
                case .prefix(let prefix): entries.append("\(prefix)*")
                }
            }
            #expect(Set(entries) == ["dir//*", "dir/one", "dir/sub/*"])
            var containers: [String] = []
            for try await container in container.service.listContainers(prefix: "pic") {
                containers.append(container.name)
            }
            #expect(containers == ["pictures"])
        }
    }

    @Test("a signature allows what it says for as long as it says, and nothing else")
    func signatures() async throws {
        try await withContainer { container, emulator in
            let blob = container.blob("a b%ü.txt")
            try await blob.upload(Data("hello".utf8))
            let later = Date(timeIntervalSinceNow: 3600)
            let reader = try BlobClient(url: blob.signedURL(permissions: .read, expiresOn: later))
            #expect(try await reader.download(upTo: 10) == Data("hello".utf8))
            let denied = await #expect(throws: AzureError.self) { try await reader.delete() }
            #expect(denied?.code == .authorizationPermissionMismatch)
            #expect(denied.map { "\($0)".contains("sig=") } == false)
            let expired = try BlobClient(
                url: blob.signedURL(permissions: .read, expiresOn: Date(timeIntervalSinceNow: -60)))
            let late = await #expect(throws: AzureError.self) { try await expired.download(upTo: 10) }
            #expect(late?.code == .authenticationFailed)
            #expect(late?.status == .forbidden)
            let writer = try BlobContainerClient(url: container.signedURL(permissions: .write, expiresOn: later))
            try await writer.blob("new").upload(Data("x".utf8))
            await #expect(throws: AzureError.self) { try await writer.blob("new").download(upTo: 1) }

            let wrong = try StorageSharedKey(accountName: emulator.blobAccount, key: "AAAA")
            let stranger = try BlobServiceClient(endpoint: emulator.blobEndpoint, credential: .sharedKey(wrong))
            let refused = await #expect(throws: AzureError.self) { try await stranger.container("pictures").exists() }
            #expect(refused?.code == .authenticationFailed)
        }
    }

    @Test("blocks can be staged and committed by hand")
    func blocks() async throws {
        try await withContainer { container, _ in
            let blob = container.blob("a").blockBlob
            try await blob.stageBlock(id: "1", HTTPBody("one"))
            try await blob.stageBlock(id: "2", HTTPBody("two"))
            #expect(try await blob.blockList().uncommitted.map(\.id).sorted() == ["1", "2"])
            try await blob.commitBlockList(["2", "1"])
            #expect(try await blob.blob.download(upTo: 10) == Data("twoone".utf8))
            #expect(
                try await blob.blockList().committed == [.init(id: "2", size: 3), .init(id: "1", size: 3)])
        }
    }
}
#endif

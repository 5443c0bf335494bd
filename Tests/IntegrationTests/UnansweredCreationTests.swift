#if Emulator
import AzureCore
import AzureEmulator
import AzureTesting
import BlobStorage
import Foundation
import HTTPTypes
import Synchronization
import Testing

@Suite("Blobs that must be new, and answers that get lost", .timeLimit(.minutes(2)))
struct UnansweredCreationTests {
    /// A blob that is not there, and the same blob by a client whose first request of a kind goes wrong.
    private func withBlob(
        _ fault: FaultTransport.Fault, whenPathHas part: String = "",
        _ body: (_ plain: BlobClient, _ faulty: BlobClient) async throws -> Void
    ) async throws {
        try await withEmulator { emulator in
            let plain = try BlobServiceClient(connectionString: emulator.blobConnectionString).container("pictures")
            try await plain.create()
            let isFirst = Mutex(true)
            let transport = FaultTransport(DefaultTransport.shared) { _, request in
                guard request.method == .put, part.isEmpty || request.path?.contains(part) == true else { return .none }
                return isFirst.withLock { isFirst in
                    defer { isFirst = false }
                    return isFirst ? fault : .none
                }
            }
            let faulty = try BlobServiceClient(
                connectionString: emulator.blobConnectionString,
                options: BlobClientOptions(
                    pipeline: PipelineOptions(transport: transport, retry: RetryOptions(baseDelay: .milliseconds(1)))))
            try await body(plain.blob("tom"), faulty.container("pictures").blob("tom"))
            #expect(transport.faultCount == 1)
        }
    }

    private static let meow = Data("meow".utf8)
    private static let woof = Data("woof".utf8)

    @Test("a blob that the lost try made is the call's own", arguments: ["", "meow"])
    func own(content: String) async throws {
        try await withBlob(.loseAnswer) { plain, faulty in
            let info = try await faulty.upload(
                Data(content.utf8), options: .init(httpHeaders: .init(contentType: "text/x-cat"), metadata: ["a": "b"]))
            let properties = try await plain.properties()
            #expect(info.etag == properties.etag)
            #expect(properties.contentLength == Int64(content.utf8.count))
        }
    }

    @Test("a blob that the lost try did not make is made by the next")
    func notMade() async throws {
        try await withBlob(.loseRequest) { plain, faulty in
            try await faulty.upload(Self.meow)
            #expect(try await plain.download(upTo: 10) == Self.meow)
        }
    }

    @Test("a blob that somebody else made stays and is reported")
    func foreign() async throws {
        try await withBlob(.loseAnswer) { plain, faulty in
            try await plain.upload(Self.woof)
            let error = await #expect(throws: AzureError.self) { try await faulty.upload(Self.meow) }
            #expect(error?.code == .blobAlreadyExists)
            #expect(try await plain.download(upTo: 10) == Self.woof)
        }
    }

    @Test("a blob made of blocks is known by them")
    func blocks() async throws {
        let content = Data((0..<5000).map { UInt8(truncatingIfNeeded: $0) })
        try await withBlob(.loseAnswer, whenPathHas: "comp=blocklist") { plain, faulty in
            let info = try await faulty.upload(
                content, options: .init(transfer: .init(singleShotLimit: 0, partSize: 1024)))
            #expect(try await info.etag == plain.properties().etag)
            #expect(try await plain.download(upTo: 5000) == content)
        }
    }

    @Test("blobs for appending and of pages that the lost try made are the call's own")
    func emptyBlobs() async throws {
        let options = BlobCreateOptions(httpHeaders: .init(contentType: "text/x-cat"), metadata: ["a": "b"])
        try await withBlob(.loseAnswer) { plain, faulty in
            let info = try await faulty.appendBlob.createIfNotExists(options: options)
            #expect(try await info?.etag == plain.properties().etag)
        }
        try await withBlob(.loseAnswer) { plain, faulty in
            let info = try await faulty.pageBlob.create(size: 1024, sequenceNumber: 3, options: options)
            #expect(try await info.etag == plain.properties().etag)
        }
    }

    @Test("an append whose answer is lost is not repeated, and one at a position says that it may be there")
    func append() async throws {
        for position in [nil, 0] as [Int64?] {
            try await withBlob(.loseAnswer, whenPathHas: "comp=appendblock") { plain, faulty in
                try await plain.appendBlob.create()
                let error = await #expect(throws: AzureError.self) {
                    try await faulty.appendBlob.append(HTTPBody(Self.meow), options: .init(position: position))
                }
                #expect(error?.code == (position == nil ? .connectionLost : .appendPositionConditionNotMet))
                #expect(error?.earlierTryMayHaveActed == (position != nil))
                #expect(try await plain.download(upTo: 10) == Self.meow)
            }
        }
    }

    @Test("a container that the lost try made is the call's own")
    func container() async throws {
        try await withEmulator { emulator in
            let transport = FaultTransport(DefaultTransport.shared) { number, _ in number == 1 ? .loseAnswer : .none }
            let service = try BlobServiceClient(
                connectionString: emulator.blobConnectionString,
                options: BlobClientOptions(
                    pipeline: PipelineOptions(transport: transport, retry: RetryOptions(baseDelay: .milliseconds(1)))))
            let options = ContainerCreateOptions(metadata: ["a": "b"], publicAccess: .blob)
            #expect(try await service.container("pictures").createIfNotExists(options: options))
            #expect(try await !service.container("pictures").createIfNotExists(options: options))
        }
    }
}
#endif

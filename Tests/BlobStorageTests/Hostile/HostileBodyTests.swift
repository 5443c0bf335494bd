import AzureAuth
import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import BlobStorage

@Suite("Bodies that bring more than was asked for, or less", .timeLimit(.minutes(5)))
struct HostileBodyTests {
    static let part = Data(count: 64 * 1024)
    private static let lost = HTTPTransportError(.connectionLost, "The connection broke.")

    /// How a blob can be downloaded.
    enum Way: CaseIterable {
        case memory, file, stream, resumable
    }

    private func download(_ blob: BlobClient, _ way: Way, partSize: Int = 128 * 1024) async throws -> Data {
        let options = BlobDownloadOptions(transfer: .init(partSize: partSize, concurrency: 1))
        switch way {
        case .memory: return try await blob.download(upTo: 1 << 20, options: options)
        case .stream: return try await HTTPByteStream(blob.downloadStream(options: options)).collect(upTo: 1 << 20)
        case .file, .resumable:
            return try await withTemporaryDirectory { directory in
                let path = directory + "/file"
                if way == .file {
                    try await blob.download(to: path, options: options)
                } else {
                    try await blob.downloadResumably(to: path, options: options)
                }
                return try Data(contentsOf: URL(fileURLWithPath: path))
            }
        }
    }

    @Test(
        "an endless body ends with an error after the bytes that were asked for, and is closed", arguments: Way.allCases
    )
    func endless(way: Way) async throws {
        let body = WatchedBody()
        let blob = try scriptedBlob { _, request, _, _ in
            guard request.method == .get else {
                return answer(200, ["Content-Length": "131072", "ETag": "\"1\""], HTTPByteStream(Data()))
            }
            return answer(
                206, ["Content-Range": "bytes 0-131071/131072", "ETag": "\"1\""], body.stream { _ in Self.part })
        }
        let error = try await failure { _ = try await download(blob, way) }
        #expect(error.code == .invalidResponse)
        #expect(error.operation == "Blob.Download")
        #expect(body.takenChunks <= 4)
        await body.closed()
    }

    @Test("a whole blob without a length, and without an end, is an error as soon as it is larger than a part")
    func endlessWhole() async throws {
        let body = WatchedBody()
        let blob = try scriptedBlob { _, _, _, _ in
            answer(200, ["ETag": "\"1\""], body.stream { _ in Self.part })
        }
        let error = try await failure { _ = try await download(blob, .memory) }
        #expect(error.code == .bodyTooLarge && error.operation == "Blob.Download")
        #expect(body.takenChunks <= 4)
        await body.closed()
    }

    @Test("the first answer is closed before anything else is asked for")
    func closedFirst() async throws {
        // A transport that may decode is asked why there is more; nobody reads the first body meanwhile. Whoever kept it
        // would wait here for ever.
        let body = WatchedBody()
        let looks = Atomic(0)
        let blob = try scriptedBlob(capabilities: []) { number, request, _, _ in
            if number > 1 {
                await body.closed()
                looks.add(1, ordering: .relaxed)
            }
            guard request.method == .get else { return answer(200, ["Content-Length": "5"], HTTPByteStream(Data())) }
            return answer(200, ["ETag": "\"1\""], length: 1 << 40, body.stream { _ in Self.part })
        }
        _ = try await failure { _ = try await download(blob, .memory) }
        #expect(looks.load(ordering: .relaxed) == 1)

        let broken = WatchedBody()
        let clock = ManualClock(advancesBySleeping: true)
        let again = try scriptedBlob(timeSource: clock.timeSource) { number, _, _, _ in
            if number > 1 { await broken.closed() }
            let stream =
                number > 1
                ? HTTPByteStream(Data([2])) : broken.stream { if $0 == 0 { Data([1]) } else { throw Self.lost } }
            return answer(
                206, ["Content-Range": "bytes \(number - 1)-1/2", "ETag": "\"1\""], stream)
        }
        #expect(try await download(again, .memory) == Data([1, 2]))
    }

    @Test("bytes that come one by one are put together in memory")
    func byteByByte() async throws {
        let blob = try scriptedBlob { _, _, _, _ in
            answer(
                206, ["Content-Range": "bytes 0-9999/10000", "ETag": "\"1\""],
                WatchedBody().stream { $0 < 10_000 ? Data([UInt8(truncatingIfNeeded: $0)]) : nil })
        }
        var chunks = 0
        var bytes = Data()
        for try await chunk in try await blob.downloadStream(options: .init(transfer: .init(validation: .none))) {
            chunks += 1
            bytes += chunk
        }
        #expect(bytes == Data((0..<10_000).map { UInt8(truncatingIfNeeded: $0) }))
        #expect(chunks < 10)
    }

    // MARK: Bodies that break off

    @Test("a chunked answer with the whole blob is asked for again when it breaks off", arguments: Way.allCases)
    func chunkedWhole(way: Way) async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let blob = try scriptedBlob(timeSource: clock.timeSource) { number, request, _, _ in
            guard request.method == .get else {
                return answer(200, ["Content-Length": "4", "ETag": "\"1\""], HTTPByteStream(Data()))
            }
            let isBroken = number < 4
            return answer(
                200, ["ETag": "\"1\""],
                WatchedBody().stream { index in
                    if index == 0 { return Data("ab".utf8) }
                    if isBroken { throw Self.lost }
                    return index == 1 ? Data("cd".utf8) : nil
                })
        }
        #expect(try await download(blob, way) == Data("abcd".utf8))
    }

    @Test("a read that stays broken is an AzureError that says what was read", arguments: Way.allCases)
    func staysBroken(way: Way) async throws {
        let clock = ManualClock(advancesBySleeping: true)
        for length in [nil, Int64(4)] {
            let tries = Atomic(0)
            let blob = try scriptedBlob(timeSource: clock.timeSource) { _, request, _, _ in
                guard request.method == .get else {
                    return answer(200, ["Content-Length": "4", "ETag": "\"1\""], HTTPByteStream(Data()))
                }
                tries.add(1, ordering: .relaxed)
                return answer(200, ["ETag": "\"1\""], length: length, WatchedBody().stream { _ in throw Self.lost })
            }
            let error = try await failure { _ = try await download(blob, way) }
            #expect([.connectionLost, .invalidResponse].contains(error.code))
            #expect(
                error.operation == "Blob.Download" && error.resource == blob.url.absoluteString
                    && error.service == .blob)
            #expect(tries.load(ordering: .relaxed) > 1)
        }
    }

    @Test("a whole blob without a length that comes byte by byte is given up as a part is")
    func trickledWhole() async throws {
        let clock = ManualClock(advancesBySleeping: true)
        let body = WatchedBody()
        let blob = try scriptedBlob(timeSource: clock.timeSource) { _, _, _, _ in
            let stream = body.stream { _ in
                clock.advance(by: .seconds(20))
                return Data([1])
            }
            return answer(200, ["ETag": "\"1\""], stream)
        }
        let error = try await failure { _ = try await download(blob, .memory) }
        #expect(error.code == .requestTimedOut && error.operation == "Blob.Download")
        #expect(body.takenChunks < 100)
    }

    @Test("an answer to a query, and a list in Arrow, that break off are an AzureError that says what was read")
    func queryAndArrow() async throws {
        let blob = try scriptedBlob { _, _, _, _ in
            answer(200, ["x-ms-request-id": "r1"], WatchedBody().stream { _ in throw Self.lost })
        }
        let query = try await failure {
            for try await _ in try await blob.query("SELECT * FROM BlobStorage") {}
        }
        #expect(query.code == .connectionLost && query.operation == "Blob.Query" && query.requestID == "r1")
        let records = try await failure {
            for try await _ in try await blob.query("SELECT * FROM BlobStorage").records() {}
        }
        #expect(records.code == .connectionLost)
        let arrow = try await failure { for try await _ in try await blob.container.listBlobsAsArrow() {} }
        #expect(arrow.code == .connectionLost && arrow.operation == "Container.ListBlobsAsArrow")
        #expect(arrow.requestID == "r1" && arrow.resource == blob.container.url.absoluteString)
    }

    @Test("an answer whose status is another one than there should be, and whose body breaks off, is that status")
    func brokenForeignStatus() async throws {
        let blob = try scriptedBlob { _, _, _, _ in answer(202, [:], WatchedBody().stream { _ in throw Self.lost }) }
        let error = try await failure { _ = try await blob.download(upTo: 10) }
        #expect(error.code == .invalidResponse && error.status == .accepted)
    }

    @Test("a token that cannot be had for a part of a batch is an AzureError")
    func tokenOfAPart() async throws {
        struct Failing: TokenCredential {
            func token(for request: TokenRequest) async throws -> AccessToken {
                throw HostileBodyTests.lost
            }
        }
        let fixture = try Fixture()
        let service = try BlobServiceClient(
            endpoint: "https://example.blob.core.windows.net", credential: .token(Failing()),
            options: .init(pipeline: PipelineOptions(transport: fixture.transport)))
        let results = try await service.batch.delete([service.container("pictures").blob("a")])
        #expect(results.map { $0.error?.code } == [.credentialUnavailable])
    }

    @Test("what a source of tokens does not find is no blob that is not there")
    func tokenNotFound() async throws {
        struct Lost: TokenCredential {
            func token(for request: TokenRequest) async throws -> AccessToken {
                throw AzureError(code: AzureErrorCode("SignInFailed"), status: .notFound, message: "No identity.")
            }
        }
        let service = try BlobServiceClient(
            endpoint: "https://example.blob.core.windows.net", credential: .token(Lost()),
            options: .init(pipeline: PipelineOptions(transport: MockTransport())))
        let container = service.container("pictures")
        #expect(try await failure { _ = try await container.exists() }.service == .entra)
        #expect(try await failure { _ = try await container.deleteIfExists() }.service == .entra)
        #expect(try await failure { _ = try await container.blob("a").exists() }.service == .entra)
        #expect(try await failure { _ = try await container.blob("a").deleteIfExists() }.service == .entra)
    }

    @Test("what is gone after a try without an answer was deleted by it", arguments: [true, false])
    func deletedUnseen(wasLost: Bool) async throws {
        for code in ["BlobNotFound", "ContainerNotFound"] {
            let gone = MockResponse(404, body: errorBody(code))
            let fixture = try wasLost ? Fixture(.failure(Self.lost), gone) : Fixture(gone)
            let isBlob = code == "BlobNotFound"
            let result = try await isBlob ? fixture.blob.deleteIfExists() : fixture.container.deleteIfExists()
            #expect(result == wasLost)
        }
    }

    // MARK: Limits of time

    @Test("a transfer waits no longer for a byte than the client, the call or the transfer allow")
    func idleTimeout() async throws {
        let seen = Mutex([Duration]())
        func run(_ client: Duration, _ call: Duration?, _ stall: Duration) async throws -> Set<Duration> {
            seen.withLock { $0 = [] }
            let blob = try scriptedBlob(transportOptions: .init(idleTimeout: client)) { _, request, _, options in
                seen.withLock { $0.append(options.idleTimeout) }
                if request.method == .put { return answer(201, ["ETag": "\"1\""], HTTPByteStream(Data())) }
                return answer(
                    206, ["Content-Range": "bytes 0-0/1", "ETag": "\"1\""], length: 1, HTTPByteStream(Data([1])))
            }
            var options = BlobDownloadOptions(transfer: .init(singleShotLimit: 1, partSize: 1, validation: .none))
            options.transfer.stallTimeout = stall
            options.call.idleTimeout = call
            _ = try await blob.download(upTo: 1, options: options)
            try await blob.upload(Data([1]), options: .init(transfer: options.transfer, call: options.call))
            return Set(seen.withLock { $0 })
        }
        #expect(try await run(.seconds(5), nil, .seconds(60)) == [.seconds(5)])
        #expect(try await run(.seconds(90), nil, .seconds(60)) == [.seconds(60)])
        #expect(try await run(.seconds(90), .seconds(7), .seconds(60)) == [.seconds(7)])
        #expect(try await run(.seconds(5), .seconds(30), .seconds(60)) == [.seconds(30)])
    }
}

import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import BlobStorage

@Suite("A part that comes no further")
struct StallTests {
    @Test("is broken off when little came for too long; what is done with the bytes takes no time")
    func watch() throws {
        var watch = StallWatch(timeout: .seconds(10))
        for _ in 0..<10 { try watch.waited(.seconds(1), for: 1) }
        #expect(throws: HTTPTransportError.self) { try watch.waited(.milliseconds(1), for: 1) }
        var steady = StallWatch(timeout: .seconds(10))
        for _ in 0..<100 { try steady.waited(.seconds(9), for: Int(PartRetries.progress)) }
    }

    @Test("is gone on with by another request, from where it was")
    func trickle() async throws {
        let content = Data((0..<200_000).map { UInt8(truncatingIfNeeded: $0 >> 8 &+ $0) })
        let clock = ManualClock()
        let ranges = Mutex<[String]>([])
        let transport = ClosureTransport { request, body, options in
            #expect(options.idleTimeout == .seconds(5))
            let number = ranges.withLock {
                $0.append(request.headerFields[HTTPField.Name("x-ms-range")!] ?? "")
                return $0.count
            }
            let response = try await TransferTests.server(content).send(request, body: body, options: options)
            guard number == 1 else { return response }
            // Byte by byte, one in a second.
            let bytes = try await response.body.collect(upTo: 200_000)
            let trickle = HTTPByteStream(unfolding: {
                let position = Mutex(0)
                return {
                    clock.advance(by: .seconds(1))
                    return position.withLock { position in
                        defer { position += 1 }
                        return Data([bytes[bytes.startIndex + position]])
                    }
                }
            })
            return HTTPTransportResponse(head: response.head, body: HTTPResponseBody(trickle, length: 200_000))
        }
        let blob = try BlobClient(
            url: "https://example.blob.core.windows.net/pictures/b",
            options: .init(
                pipeline: PipelineOptions(
                    transport: transport, retry: RetryOptions(baseDelay: .zero), timeSource: clock.timeSource)))
        let options = BlobDownloadOptions(transfer: .init(validation: .none, stallTimeout: .seconds(5)))
        #expect(try await blob.download(upTo: 200_000, options: options) == content)
        // The sixth byte came too late, but it came.
        #expect(ranges.withLock { $0 } == ["bytes=0-8388607", "bytes=5-199999"])
    }

    @Test("of an upload has the limit, too, and a shorter one of the call stays", arguments: [7, 9])
    func uploads(seconds: Int) async throws {
        let blob = try BlobClient(
            url: "https://example.blob.core.windows.net/pictures/b",
            options: .init(
                pipeline: PipelineOptions(
                    transport: ClosureTransport { request, _, options in
                        if request.path?.contains("blocklist") == false { #expect(options.idleTimeout == .seconds(7)) }
                        return HTTPTransportResponse(head: HTTPResponse(status: .created))
                    })))
        let transfer = BlobTransferOptions(singleShotLimit: 4, partSize: 4, stallTimeout: .seconds(7))
        let call = CallOptions(idleTimeout: .seconds(seconds))
        try await blob.upload(
            Data("tom".utf8), options: .init(transfer: transfer, call: call))
        try await blob.upload(stream: HTTPByteStream(Data("tom and".utf8)), options: .init(transfer: transfer))
    }

    @Test("cannot have no time at all")
    func noTime() async throws {
        let blob = try Fixture().blob
        let error = try await failure {
            try await blob.upload(Data(), options: .init(transfer: .init(stallTimeout: .zero)))
        }
        #expect(error.code == .invalidArgument)
    }
}

import AzureCore
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import BlobStorage

@Suite("A part of a download that breaks off")
struct PartResumeTests {
    private static let content = Data((0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 3) })

    /// A client of a server whose answers go wrong as planned.
    private func blob(
        _ server: MockTransport, _ plan: @escaping @Sendable (Int) -> FaultTransport.Fault
    ) throws -> BlobClient {
        let clock = ManualClock(advancesBySleeping: true)
        let transport = FaultTransport(server) { number, _ in plan(number) }
        return try BlobClient(
            url: "https://example.blob.core.windows.net/pictures/b",
            options: .init(pipeline: PipelineOptions(transport: transport, timeSource: clock.timeSource)))
    }

    private func ranges(_ server: MockTransport) -> [String] {
        server.requests.map { $0.header("x-ms-range") ?? "" }
    }

    @Test("is gone on with from its last byte, wherever that was", arguments: [0, 1, 399, 400])
    func lastByte(bytes: Int) async throws {
        let server = TransferTests.server(Self.content)
        let blob = try blob(server) { $0 == 1 ? .truncateAnswer(after: bytes) : .none }
        let options = BlobDownloadOptions(transfer: .init(partSize: 400, concurrency: 1, validation: .none))
        #expect(try await blob.download(upTo: 1000, options: options) == Self.content)
        let rest = bytes < 400 ? ["bytes=\(bytes)-399"] : []
        #expect(ranges(server) == ["bytes=0-399"] + rest + ["bytes=400-799", "bytes=800-999"])
    }

    @Test("is asked for again as often as the call allows", arguments: [0, 2])
    func callRetries(retries: Int) async throws {
        let server = TransferTests.server(Self.content)
        let blob = try blob(server) { _ in .truncateAnswer(after: 1) }
        let options = BlobDownloadOptions(
            transfer: .init(partSize: 400, concurrency: 1, validation: .none),
            call: CallOptions(retry: RetryOptions(maxRetries: retries)))
        let error = try await failure { _ = try await blob.download(upTo: 1000, options: options) }
        #expect(AzureErrorCode.connection ~= error.code)
        #expect(server.requests.count == 1 + retries)
    }

    @Test("comes into a file, and into a stream, as it was", arguments: [true, false])
    func ways(toFile: Bool) async throws {
        // Every other answer breaks off.
        let blob = try blob(TransferTests.server(Self.content)) {
            $0.isMultiple(of: 2) ? .truncateAnswer(after: 37) : .none
        }
        let options = BlobDownloadOptions(transfer: .init(partSize: 90, concurrency: 3, validation: .none))
        guard toFile else {
            let stream = try await blob.downloadStream(options: options)
            #expect(try await HTTPByteStream(stream).collect(upTo: 1000) == Self.content)
            return
        }
        try await withTemporaryDirectory { directory in
            try await blob.download(to: directory + "/file", options: options)
            #expect(try Data(contentsOf: URL(fileURLWithPath: directory + "/file")) == Self.content)
        }
    }

    @Test("is asked for anew after the last segment of its structured body that was right")
    func segments() async throws {
        let mebibyte = 1024 * 1024
        let content = Data((0..<9 * mebibyte).map { UInt8(truncatingIfNeeded: $0 >> 4 &+ $0) })
        let server = MockTransport { request in
            let range = try #require(request.header("x-ms-range")?.dropFirst("bytes=".count).split(separator: "-"))
            let (start, end) = (try #require(Int(range[0])), try #require(Int(range[1])))
            let part = content[start...min(end, content.count - 1)]
            let body = try await StructuredBody.encode(HTTPBody(Data(part)), length: Int64(part.count))
            return MockResponse(
                206,
                headers: [
                    "ETag": "\"1\"", "Content-Range": "bytes \(start)-\(start + part.count - 1)/\(content.count)",
                    "x-ms-structured-body": "XSM/1.0; properties=crc64",
                    "x-ms-structured-content-length": "\(part.count)",
                ], body: try await body.collect(upTo: .max))
        }
        let blob = try blob(server) { $0 == 1 ? .truncateAnswer(after: 5 * mebibyte) : .none }
        let options = BlobDownloadOptions(transfer: .init(partSize: 16 * mebibyte, concurrency: 1))
        #expect(try await blob.download(upTo: content.count, options: options) == content)
        #expect(ranges(server) == ["bytes=0-16777215", "bytes=4194304-9437183"])
    }

    @Test("with another length in its structured body than it should have is an error")
    func structuredLength() async throws {
        let wrong = try await ValidationTests.structured(Data("123456789".utf8), total: 9, announced: 8)
        let server = MockTransport { _ in wrong }
        let error = try await failure { _ = try await self.blob(server) { _ in .none }.download(upTo: 9) }
        #expect(error.code == .invalidResponse && error.message.contains("announced 8"))
        #expect(server.requests.count == 3)
    }

    @Test("is not gone on with when the blob has changed")
    func changed() async throws {
        let server = TransferTests.server(Self.content) { $0 == 1 ? "\"1\"" : "\"2\"" }
        let blob = try blob(server) { $0 == 1 ? .truncateAnswer(after: 10) : .none }
        let options = BlobDownloadOptions(transfer: .init(validation: .none))
        let error = try await failure { _ = try await blob.download(upTo: 1000, options: options) }
        #expect(error.code == .conditionNotMet)
    }

    // MARK: Decisions

    @Test("is tried as often as other calls, and counted anew when it came further")
    func retries() {
        let error = HTTPTransportError(.connectionLost, "broken")
        var retries = PartRetries(options: RetryOptions(maxRetries: 2), start: .zero)
        func isRetried(_ position: Int64) -> Bool {
            retries.next(after: error, position: position, uptime: .zero, random: 0) != .stop
        }
        #expect(isRetried(0) && isRetried(PartRetries.progress - 1) && !isRetried(PartRetries.progress - 1))
        #expect(isRetried(PartRetries.progress) && isRetried(PartRetries.progress) && !isRetried(PartRetries.progress))
    }

    @Test("is tried three times when it is damaged, at once, and never after other errors")
    func damage() {
        var retries = PartRetries(options: RetryOptions(), start: .zero)
        func decision(_ code: AzureErrorCode) -> RetrySchedule.Decision {
            retries.next(
                after: AzureError(service: .blob, code: code, message: ""), position: 0, uptime: .zero, random: 0)
        }
        #expect(decision(.checksumMismatch) == .retry(after: .zero))
        #expect(decision(.checksumMismatch) == .retry(after: .zero))
        #expect(decision(.checksumMismatch) == .stop)
        #expect(decision(.conditionNotMet) == .stop)
    }
}

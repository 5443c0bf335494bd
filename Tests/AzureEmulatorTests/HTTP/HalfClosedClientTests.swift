#if Emulator
import AzureCore
import Foundation
import HTTPTypes
import Logging
import Testing

@testable import AzureEmulator

/// A side of a TCP connection that has ended may still take what the other one sends (RFC 9293, 3.6), and HTTP asks no
/// client to hold its side open. `nc -N` ends it at the end of its input.
@Suite("A client that ends its side of the connection after its request", .timeLimit(.minutes(2)))
struct HalfClosedClientTests {
    /// Answers with as many bytes as the path says, in small pieces.
    private struct Source: EmulatedService {
        func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
            let size = Int(request.path?.dropFirst() ?? "") ?? 0
            let chunks = HTTPByteStream(
                AsyncStream { continuation in
                    for start in stride(from: 0, to: size, by: 64 * 1024) {
                        continuation.yield(Data(repeating: UInt8(ascii: "x"), count: min(size - start, 64 * 1024)))
                    }
                    continuation.finish()
                })
            var head = HTTPResponse(status: .ok)
            head.headerFields[.contentLength] = String(size)
            return HTTPTransportResponse(head: head, body: HTTPResponseBody(chunks, length: Int64(size)))
        }
    }

    /// Never answers, and says when it was cancelled.
    private struct Endless: EmulatedService {
        let ended: AsyncStream<Void>.Continuation

        func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
            try? await Task.sleep(for: .seconds(3600))
            ended.yield()
            return .emulated(200)
        }
    }

    @Test("gets all of its answer, however long that is", arguments: [5, 24 << 20])
    func answered(size: Int) async throws {
        var limits = EmulatorServerLimits()
        // Other tests keep the processors busy.
        limits.patience = .seconds(60)
        try await EmulatorServer.serve(Source(), port: 0, logger: Logger(label: "test"), limits: limits) { port in
            let connection = try RawConnection(port: port)
            try await connection.write("GET /\(size) HTTP/1.1\r\nHost: h\r\n\r\n")
            connection.finishWriting()
            let answer = try await connection.read()
            let body = try #require(answer.firstRange(of: "\r\n\r\n")).upperBound
            #expect(answer.hasPrefix("HTTP/1.1 200"))
            #expect(answer[body...].utf8.count == size)
        }
    }

    @Test("is not worked for without end")
    func abandoned() async throws {
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        var limits = EmulatorServerLimits()
        limits.patience = .milliseconds(50)
        try await EmulatorServer.serve(Endless(ended: end), port: 0, logger: Logger(label: "test"), limits: limits) {
            let connection = try RawConnection(port: $0)
            try await connection.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            connection.finishWriting()
            for await _ in ended { break }
            #expect(try await connection.read().isEmpty)
        }
    }
}
#endif

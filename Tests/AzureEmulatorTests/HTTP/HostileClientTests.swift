#if Emulator
import AzureCore
import Foundation
import HTTPTypes
import Logging
import Synchronization
import Testing

@testable import AzureEmulator

@Suite("Against hostile clients, the HTTP server of the emulator", .timeLimit(.minutes(5)))
struct HostileClientTests {
    /// Refuses without a look at the body.
    private struct Refusal: EmulatedService {
        func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse { .emulated(403) }
    }

    /// Reads the body and says how long it was.
    private struct Reader: EmulatedService {
        func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
            do {
                return .emulated(200, body: Data("\(try await body.collect(upTo: .max).count)".utf8))
            } catch {
                return .emulated(500)
            }
        }
    }

    /// Works until it is cancelled, and says when it begins and when that is.
    private struct Worker: EmulatedService {
        let began: AsyncStream<Void>.Continuation
        let ended: AsyncStream<Void>.Continuation

        func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
            began.yield()
            try? await Task.sleep(for: .seconds(3600))
            ended.yield()
            return .emulated(200)
        }
    }

    private func serve(
        _ service: any EmulatedService, grace: Duration = .seconds(2),
        _ configure: (inout EmulatorServerLimits) -> Void = { _ in }, _ body: (Int) async throws -> Void
    ) async throws {
        var limits = EmulatorServerLimits()
        configure(&limits)
        try await EmulatorServer.serve(
            service, port: 0, logger: Logger(label: "test"), grace: grace, limits: limits, body)
    }

    /// RFC 9110, 10.1.1: a server may answer with a final status instead of asking for the body.
    @Test("A client that is refused is never asked for its body, and the connection ends")
    func refusedBeforeBody() async throws {
        try await serve(Refusal()) { port in
            let connection = try RawConnection(port: port)
            try await connection.write(
                "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 10000000000\r\nExpect: 100-continue\r\n\r\n")
            let answer = try await connection.read()
            #expect(answer.hasPrefix("HTTP/1.1 403") && !answer.contains("100 Continue"))
            #expect(answer.lowercased().contains("\r\nconnection: close\r\n"))
        }
    }

    @Test("The Blob service asks nobody for a body before it knows who it is")
    func blobAuthentication() async throws {
        let configuration = EmulatorConfiguration()
        let service = try BlobEmulator(
            account: configuration.storageAccount, key: configuration.storageKey, time: .system)
        try await serve(service) { port in
            for authorization in ["", "Authorization: SharedKey devstoreaccount1:AAAA\r\n"] {
                let connection = try RawConnection(port: port)
                try await connection.write(
                    "PUT /devstoreaccount1/c/b HTTP/1.1\r\nHost: h\r\nx-ms-version: 2021-12-02\r\n\(authorization)"
                        + "x-ms-blob-type: BlockBlob\r\nContent-Length: 10000000000\r\nExpect: 100-continue\r\n\r\n")
                let answer = try await connection.read()
                #expect(answer.hasPrefix("HTTP/1.1 4") && !answer.contains("100 Continue"), "\(answer)")
            }
        }
    }

    @Test(
        "A body that nobody wants is not read to its end",
        arguments: ["Content-Length: 1099511627776", "Transfer-Encoding: chunked"])
    func unwantedBody(field: String) async throws {
        try await serve(Refusal(), { $0.drainedBytes = 256 * 1024 }) { port in
            let connection = try RawConnection(port: port)
            try await connection.write("PUT / HTTP/1.1\r\nHost: h\r\n\(field)\r\n\r\n")
            let piece = String(repeating: "x", count: 64 * 1024)
            let framed = field.hasPrefix("Transfer") ? "10000\r\n\(piece)\r\n" : piece
            var sent = 0
            // The server ends the connection; until then there is no end.
            await #expect(throws: AzureError.self) {
                while sent < 1 << 30 {
                    try await connection.write(framed)
                    sent += piece.utf8.count
                }
            }
            #expect(sent < 64 << 20)
        }
    }

    @Test("A client that stands still is left: in a head, in a body, between two requests, with an answer")
    func idle() async throws {
        let limit = Duration.milliseconds(300)
        for text in [
            "", "GET / HT", "GET / HTTP/1.1\r\nHost: h\r\nx-a: ",
            "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n1",
        ] {
            try await serve(Reader(), { $0.idleTimeout = limit }) { port in
                let connection = try RawConnection(port: port)
                if !text.isEmpty { try await connection.write(text) }
                #expect(try await !connection.read().contains("HTTP/1.1 200"))
            }
        }
        try await serve(Reader(), { $0.idleTimeout = limit }) { port in
            let connection = try RawConnection(port: port)
            try await connection.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try await connection.read().hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test("A client that takes nothing of its answer is left")
    func slowTaker() async throws {
        struct Endless: EmulatedService {
            let ended: AsyncStream<Void>.Continuation

            func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
                let guardian = Guardian { ended.yield() }
                let stream = HTTPByteStream(unfolding: {
                    { withExtendedLifetime(guardian) { Data(count: 1 << 20) } }
                })
                return HTTPTransportResponse(
                    head: HTTPResponse(status: .ok), body: HTTPResponseBody(stream, length: nil))
            }
        }
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        try await serve(Endless(ended: end), { $0.idleTimeout = .milliseconds(300) }) { port in
            let connection = try RawConnection(port: port)
            try await connection.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            for await _ in ended { break }
            withExtendedLifetime(connection) {}
        }
    }

    @Test("A head that is too large, or has too many fields, is refused")
    func largeHead() async throws {
        try await serve(Reader()) { port in
            let many = (0..<2000).map { "x-\($0): 1\r\n" }.joined()
            for fields in ["x-a: \(String(repeating: "a", count: 100_000))\r\n", many] {
                let connection = try RawConnection(port: port)
                // The server may end the connection while it is still written to.
                try? await connection.write("GET / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n")
                #expect(try await !connection.read().contains("HTTP/1.1 200"))
            }
            let path = "/" + String(repeating: "a", count: 30_000)
            let connection = try RawConnection(port: port)
            try await connection.write("GET \(path) HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            #expect(try await connection.read().hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test("Work ends when its client leaves")
    func clientLeaves() async throws {
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        try await serve(Worker(began: begin, ended: end)) { port in
            for request in [
                "GET / HTTP/1.1\r\nHost: h\r\n\r\n", "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n1",
            ] {
                var connection: RawConnection? = try RawConnection(port: port)
                try await connection?.write(request)
                for await _ in began { break }
                connection = nil
                for await _ in ended { break }
            }
        }
    }

    @Test("The server stops although a service does not")
    func stubbornService() async throws {
        final class Stubborn: EmulatedService {
            let held = Mutex<CheckedContinuation<Void, Never>?>(nil)
            let began: AsyncStream<Void>.Continuation

            init(began: AsyncStream<Void>.Continuation) { self.began = began }

            func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
                await withCheckedContinuation { continuation in
                    held.withLock { $0 = continuation }
                    began.yield()
                }
                return .emulated(200)
            }
        }
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        let service = Stubborn(began: begin)
        let connection = Mutex<RawConnection?>(nil)
        try await serve(service, grace: .milliseconds(50)) { port in
            let made = try RawConnection(port: port)
            connection.withLock { $0 = made }
            try await made.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            for await _ in began { break }
        }
        service.held.withLock { $0.take() }?.resume()
    }

    @Test("A client that ends its side after its request is asked for nothing more")
    func halfClosed() async throws {
        try await serve(Reader()) { port in
            let connection = try RawConnection(port: port)
            try await connection.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try await connection.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 200"))
            connection.finishWriting()
            #expect(try await !connection.read().contains("HTTP/1.1"))
        }
    }
}

/// Says when nobody holds it any more.
private final class Guardian: Sendable {
    private let left: @Sendable () -> Void

    init(_ left: @escaping @Sendable () -> Void) { self.left = left }

    deinit { left() }
}
#endif

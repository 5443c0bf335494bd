import AzureCore
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import AzureCore

@Suite("Against hostile bodies, a transport", .serialized, .timeLimit(.minutes(2)))
struct HostileBodyTests {
    /// Sends zeros until the peer is gone, and reports how many it took.
    private static func flood(_ connection: LoopbackServer.Connection, chunked: Bool) -> Int {
        let piece = Data(count: 64 * 1024)
        let framed = chunked ? Data("10000\r\n".utf8) + piece + Data("\r\n".utf8) : piece
        var sent = 0
        while connection.write(framed) { sent += piece.count }
        return sent
    }

    @Test(
        "has enough of a body that never ends", arguments: TransportUnderTest.allCases,
        ["Content-Length: 1099511627776", "Transfer-Encoding: chunked", "Connection: close"])
    func endless(kind: TransportUnderTest, field: String) async throws {
        let (sizes, size) = AsyncStream.makeStream(of: Int.self)
        try await withLoopbackServer({ _, connection in
            connection.write("HTTP/1.1 200 OK\r\n\(field)\r\n\r\n")
            size.yield(Self.flood(connection, chunked: field.hasPrefix("Transfer")))
            return .close
        }) { server in
            let error = await HostileExchange(kind: kind).failure(server)
            #expect(error?.code == .bodyTooLarge || error?.code == .unsupportedByTransport, "\(error as Any)")
            // The server learns that nobody wants more, though the engine of URLSession takes its time to stop.
            for await sent in sizes {
                #expect(kind == .urlSession || sent < 512 << 20)
                break
            }
        }
    }

    @Test("holds a bounded part of an answer that nobody reads", arguments: TransportUnderTest.allCases)
    func unread(kind: TransportUnderTest) async throws {
        let transport: any HTTPTransport =
            kind == .urlSession ? URLSessionTransport(maxUnreadBytes: 1 << 20) : kind.make()
        let limit = 256 << 20
        let (sizes, size) = AsyncStream.makeStream(of: Int.self)
        try await withLoopbackServer({ _, connection in
            connection.answer(200, length: limit)
            size.yield(connection.writeUntilHeldBack(limit: limit))
            return .close
        }) { server in
            let request = HTTPRequest(method: .get, scheme: "http", authority: server.authority, path: "/")
            let response = try await transport.send(request, body: nil, options: .init())
            for await sent in sizes {
                // What the systems' sockets hold comes on top. URLSession goes on reading until it comes to be cancelled.
                if kind != .urlSession { #expect(sent < 64 << 20) }
                break
            }
            guard kind == .urlSession else { return }
            var count = 0
            let error = await #expect(throws: HTTPTransportError.self) {
                for try await chunk in response.body { count += chunk.count }
            }
            #expect(error?.kind == .unsupported && error?.requestWasNotSent == false)
            #expect(error?.message.contains("another transport") == true)
            #expect(count <= 1 << 20)
        }
    }

    @Test("is not filled by content that was compressed", arguments: TransportUnderTest.allCases)
    func bomb(kind: TransportUnderTest) async throws {
        var deflater = Deflater(.gzip)
        var bomb = Data()
        for _ in 0..<256 { bomb += deflater.compress(Data(count: 1 << 20)) }
        bomb += deflater.finish()
        let answer = bomb
        try await withLoopbackServer({ _, connection in
            connection.answer(200, headers: ["Content-Encoding": "gzip"], body: answer)
            return .close
        }) { server in
            let exchange = HostileExchange(kind: kind)
            if kind.make().capabilities.contains(.keepsContentEncoding) {
                let response = try await exchange.run(server)
                #expect(response.body == answer)
            } else {
                let error = await exchange.failure(server)
                #expect(error?.code == .bodyTooLarge || error?.code == .unsupportedByTransport, "\(error as Any)")
            }
        }
    }

    private static let bodies: [String] = [
        "zz\r\nok\r\n0\r\n\r\n", "-2\r\nok\r\n0\r\n\r\n", "ffffffffffffffff\r\nok", "7fffffffffffffff\r\nok",
        "10000000000000000\r\nok", "2\r\nokay\r\n0\r\n\r\n", "2\r\nok0\r\n\r\n", "\r\n\r\n",
        "2;\(String(repeating: "a", count: 100_000))\r\nok\r\n0\r\n\r\n",
        "2\r\nok\r\n", "2\r\nok\r\n0\r\n", "2\r\n", "2", "",
    ]

    @Test("ends in order whatever the chunks", arguments: TransportUnderTest.allCases, bodies)
    func chunks(kind: TransportUnderTest, body: String) async throws {
        try await withAnswer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(body)") { server in
            await HostileExchange(kind: kind).endsInOrder(server)
        }
    }

    @Test(
        "does not wait for the end of trailers that have none",
        arguments: TransportUnderTest.allCases.filter { $0 != .urlSession })
    func endlessTrailers(kind: TransportUnderTest) async throws {
        try await withLoopbackServer({ _, connection in
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n")
            while connection.write("x-trailer: \(String(repeating: "a", count: 1000))\r\n") {}
            return .close
        }) { server in
            var exchange = HostileExchange(kind: kind, responseHandling: .streamed)
            exchange.idleTimeout = .seconds(60)
            #expect(await exchange.failure(server) != nil)
        }
    }

    @Test(
        "gives what breaks under the reader as an error that says what it was about",
        arguments: TransportUnderTest.allCases,
        ["Content-Length: 10\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"])
    func brokenStream(kind: TransportUnderTest, rest: String) async throws {
        try await withAnswer("HTTP/1.1 200 OK\r\nx-ms-request-id: r1\r\n\(rest)") { server in
            let error = await HostileExchange(kind: kind, responseHandling: .streamed).failure(server)
            #expect(error?.code == .connectionLost, "\(error as Any)")
            #expect(error?.status == .ok && error?.requestID == "r1" && error?.clientRequestID != nil)
            #expect(error.map { "\($0)".contains("s3cret") } == false)
        }
    }
}

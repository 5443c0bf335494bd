#if AsyncHTTPClient
import AsyncHTTPClient
import AzureAsyncHTTPClientTransport
import AzureCore
import Foundation
import HTTPTypes
import NIOSSL
import Synchronization
import TestSupport
import Testing

@Suite("AsyncHTTPClient", .timeLimit(.minutes(2)))
struct AsyncHTTPClientTransportTests {
    private func request(
        _ authority: String, _ method: HTTPRequest.Method = .get, scheme: String = "http", path: String = "/"
    ) -> HTTPRequest {
        HTTPRequest(method: method, scheme: scheme, authority: authority, path: path)
    }

    /// A transport on a client of its own.
    private func withTransport(
        _ configure: (inout HTTPClient.Configuration) -> Void = { _ in },
        _ body: (AsyncHTTPClientTransport) async throws -> Void
    ) async throws {
        var configuration = AsyncHTTPClientTransport.configuration
        configure(&configuration)
        let client = HTTPClient(configuration: configuration)
        do {
            try await body(AsyncHTTPClientTransport(client))
        } catch {
            try await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }

    private func status(
        _ transport: AsyncHTTPClientTransport, _ request: HTTPRequest, body: HTTPBody? = nil
    ) async throws -> Int {
        let response = try await transport.send(request, body: body, options: .init(idleTimeout: .seconds(30)))
        _ = try await response.body.collect(upTo: 1 << 20)
        return response.head.status.code
    }

    private func expectSuccess(_ transport: AsyncHTTPClientTransport, _ request: HTTPRequest) async throws {
        let code = try await status(transport, request)
        #expect(code == 200)
    }

    @Test("leaves paths and names of header fields as they are")
    func fidelity() async throws {
        let received = Mutex<[LoopbackServer.Request]>([])
        try await withLoopbackServer({ request, connection in
            received.withLock { $0.append(request) }
            connection.answer(200)
            return .keepAlive
        }) { server in
            try await withTransport { transport in
                var request = request(server.authority, path: "/c/../d/./e//f?x=%2e&y=a%26b")
                request.headerFields[HTTPField.Name("x-ms-meta-CamelCase")!] = "Value"
                request.headerFields[HTTPField.Name("x-ms-meta-empty")!] = ""
                try await expectSuccess(transport, request)
            }
        }
        let head = try #require(received.withLock { $0.first })
        #expect(head.requestLine == "GET /c/../d/./e//f?x=%2e&y=a%26b HTTP/1.1")
        let lines = String(head.head).split(separator: "\r\n").dropFirst().map { String($0) }
        #expect(lines.contains { $0 == "x-ms-meta-CamelCase: Value" })
        #expect(lines.contains { $0.hasPrefix("x-ms-meta-empty:") })
        // Beside those that were given there is only that of the host.
        #expect(lines.count == 3)
    }

    @Test("holds a server back that sends faster than it is read")
    func backPressure() async throws {
        let limit = 256 * 1024 * 1024
        let (counts, count) = AsyncStream.makeStream(of: Int.self)
        try await withLoopbackServer({ _, connection in
            connection.answer(200, length: limit)
            count.yield(connection.writeUntilHeldBack(limit: limit))
            return .close
        }) { server in
            try await withTransport { transport in
                let response = try await transport.send(request(server.authority), body: nil, options: .init())
                for await taken in counts {
                    #expect(taken < 32 * 1024 * 1024)
                    break
                }
                #expect(response.head.status == .ok)
            }
        }
    }

    @Test("never sends again by itself", arguments: [HTTPRequest.Method.get, .put, .post])
    func deadConnection(method: HTTPRequest.Method) async throws {
        let received = Mutex<[String]>([])
        try await withLoopbackServer({ request, connection in
            let number = received.withLock { lines in
                lines.append(request.requestLine)
                return lines.count
            }
            // The second request arrives, and the connection ends without a word.
            guard number != 2 else { return .close }
            connection.answer(200)
            return .keepAlive
        }) { server in
            try await withTransport { transport in
                try await expectSuccess(transport, request(server.authority))
                let error = await #expect(throws: HTTPTransportError.self) {
                    try await status(
                        transport, request(server.authority, method), body: method == .put ? HTTPBody("x") : nil)
                }
                #expect(error?.kind == .connectionLost && error?.requestWasNotSent == false)
            }
        }
        #expect(received.withLock { $0.count } == 2)
    }

    @Test("refuses the answer of a client that follows redirects, and says how to make another")
    func redirects() async throws {
        try await withLoopbackServer({ request, connection in
            if request.requestLine.contains("elsewhere") {
                connection.answer(200)
            } else {
                connection.answer(302, headers: ["Location": "/elsewhere"])
            }
            return .keepAlive
        }) { server in
            try await withTransport {
                $0.redirectConfiguration = .follow(max: 5, allowCycles: false)
            } _: { transport in
                let error = await #expect(throws: HTTPTransportError.self) {
                    try await status(transport, request(server.authority))
                }
                #expect(error?.kind == .unsupported && error?.requestWasNotSent == false)
                #expect(error?.message.contains("AsyncHTTPClientTransport.configuration") == true)
            }
        }
    }

    @Test("refuses a body that the client decompressed")
    func decompression() async throws {
        // "hello" as gzip, made with Python's gzip.compress(b"hello", mtime=0).
        let gzip = Data(base64Encoded: "H4sIAAAAAAACE8tIzcnJBwCGphA2BQAAAA==")!
        try await withLoopbackServer({ _, connection in
            connection.answer(200, headers: ["Content-Encoding": "gzip"], body: gzip)
            return .keepAlive
        }) { server in
            try await withTransport {
                $0.decompression = HTTPClient.Configuration.singletonConfiguration.decompression
            } _: { transport in
                let error = await #expect(throws: HTTPTransportError.self) {
                    try await status(transport, request(server.authority))
                }
                #expect(error?.message.contains("decompresses") == true)
            }
        }
    }

    @Test("goes through a proxy")
    func proxy() async throws {
        let received = Mutex<[String]>([])
        try await withLoopbackServer({ request, connection in
            received.withLock { $0.append(request.requestLine) }
            connection.answer(200)
            return .keepAlive
        }) { server in
            try await withTransport {
                $0.proxy = .server(host: "127.0.0.1", port: Int(server.port))
            } _: { transport in
                try await expectSuccess(transport, request("storage.invalid", path: "/c?comp=list"))
            }
        }
        #expect(received.withLock { $0 } == ["CONNECT storage.invalid:80 HTTP/1.1", "GET /c?comp=list HTTP/1.1"])
    }

    @Test("trusts the authorities that its client trusts, and no certificate of another host")
    func certificates() async throws {
        for (name, isRight) in [("127.0.0.1", true), ("127.0.0.2", false)] {
            try await TLSServer.with(certificateFor: name) { server in
                try await withTransport {
                    $0.tlsConfiguration = .makeClientConfiguration()
                    $0.tlsConfiguration?.trustRoots = .file(server.certificate)
                } _: { transport in
                    let request = request("127.0.0.1:\(server.port)", scheme: "https")
                    guard !isRight else { return try await expectSuccess(transport, request) }
                    let error = await #expect(throws: HTTPTransportError.self) { try await status(transport, request) }
                    #expect(error?.kind == .insecure && error?.requestWasNotSent == true)
                }
            }
        }
    }
}
#endif

import AzureCore
import Foundation
import HTTPTypes
import Synchronization
import TestSupport
import Testing

#if AsyncHTTPClient
import AsyncHTTPClient
import AzureAsyncHTTPClientTransport
#endif

/// The transports that the suite runs over.
enum TransportUnderTest: String, CaseIterable, CustomTestStringConvertible {
    case urlSession = "URLSession"
    #if Curl
    case curl = "libcurl"
    #endif
    #if AsyncHTTPClient
    case asyncHTTPClient = "AsyncHTTPClient"

    /// One for all tests, which nobody shuts down.
    private static let client = HTTPClient(configuration: AsyncHTTPClientTransport.configuration)
    #endif

    var testDescription: String { rawValue }

    func make() -> any HTTPTransport {
        switch self {
        case .urlSession: URLSessionTransport()
        #if Curl
        case .curl: CurlTransport()
        #endif
        #if AsyncHTTPClient
        case .asyncHTTPClient: AsyncHTTPClientTransport(Self.client)
        #endif
        }
    }
}

@Suite("A transport", .timeLimit(.minutes(2)))
struct TransportConformanceTests {
    func request(
        _ server: LoopbackServer, _ method: HTTPRequest.Method = .get, path: String = "/", headers: HTTPFields = [:]
    ) -> HTTPRequest {
        HTTPRequest(method: method, scheme: "http", authority: server.authority, path: path, headerFields: headers)
    }

    func send(
        _ transport: any HTTPTransport, _ request: HTTPRequest, body: HTTPBody? = nil,
        idleTimeout: Duration = .seconds(30)
    ) async throws -> (head: HTTPResponse, body: Data) {
        let response = try await transport.send(request, body: body, options: .init(idleTimeout: idleTimeout))
        return (response.head, try await response.body.collect(upTo: 1 << 30))
    }

    @Test("sends method, path and header fields as they are", arguments: TransportUnderTest.allCases)
    func fidelity(kind: TransportUnderTest) async throws {
        let received = Mutex<[LoopbackServer.Request]>([])
        try await withLoopbackServer({ request, connection in
            received.withLock { $0.append(request) }
            connection.answer(200, headers: ["x-ms-meta-Name": "v1", "ETag": "\"0x1\""], body: Data("ok".utf8))
            return .keepAlive
        }) { server in
            let path = "/c/dir%2Fa%20b%25/%E2%82%AC+;=?comp=list&prefix=a%2Fb%26%2B&x="
            var headers = HTTPFields()
            headers[HTTPField.Name("x-ms-date")!] = "Fri, 02 Jan 2026 03:04:05 GMT"
            headers[.contentType] = "application/json; odata=minimalmetadata"
            let (head, body) = try await send(kind.make(), request(server, .get, path: path, headers: headers))
            #expect(head.status == .ok && body == Data("ok".utf8))
            #expect(head.headerFields[.eTag] == "\"0x1\"")
            #expect(head.headerFields[HTTPField.Name("X-MS-META-NAME")!] == "v1")
            let request = try #require(received.withLock { $0.first })
            #expect(request.requestLine == "GET \(path) HTTP/1.1")
            #expect(request.header("x-ms-date") == ["Fri, 02 Jan 2026 03:04:05 GMT"])
            #expect(request.header("content-type") == ["application/json; odata=minimalmetadata"])
        }
    }

    @Test("sends bodies with their length, and a length of 0 without one", arguments: TransportUnderTest.allCases)
    func bodies(kind: TransportUnderTest) async throws {
        let received = Mutex<[LoopbackServer.Request]>([])
        try await withTemporaryDirectory { directory in
            let file = directory.appendingPathComponent("file")
            try Data("0123456789".utf8).write(to: file)
            try await withLoopbackServer({ request, connection in
                received.withLock { $0.append(request) }
                connection.answer(201)
                return .keepAlive
            }) { server in
                let transport = kind.make()
                for body in [
                    HTTPBody("hello"), HTTPBody(file: .init(path: file.path, offset: 2, length: 5)),
                    HTTPBody(stream: HTTPByteStream(Data("stream".utf8)), length: 6), HTTPBody(Data()), nil,
                ] {
                    #expect(try await send(transport, request(server, .put), body: body).head.status == .created)
                }
                for method in [HTTPRequest.Method.delete, .get, .head] {
                    _ = try await send(transport, request(server, method))
                }
            }
        }
        let requests = received.withLock { $0 }
        #expect(Array(requests.map(\.body).prefix(5)) == ["hello", "23456", "stream", "", ""].map { Data($0.utf8) })
        #expect(requests.prefix(5).map { $0.header("content-length") } == [["5"], ["5"], ["6"], ["0"], ["0"]])
        #expect(requests.allSatisfy { $0.header("transfer-encoding").isEmpty && $0.header("expect").isEmpty })
        #expect(requests.suffix(2).allSatisfy { $0.header("content-length").isEmpty })
    }

    @Test(
        "never sends a stream of another length than was said", arguments: TransportUnderTest.allCases,
        [["12345"], ["1234567890", "1"], ["123456", "123456"], []])
    func wrongLength(kind: TransportUnderTest, chunks: [String]) async throws {
        let answered = Mutex(0)
        try await withLoopbackServer({ _, connection in
            answered.withLock { $0 += 1 }
            connection.answer(201)
            return .close
        }) { server in
            let parts = chunks.map { Data($0.utf8) }
            let stream = HTTPByteStream(
                AsyncStream { continuation in
                    for part in parts { continuation.yield(part) }
                    continuation.finish()
                })
            let error = await #expect(throws: AzureError.self) {
                try await send(kind.make(), request(server, .put), body: HTTPBody(stream: stream, length: 10))
            }
            #expect(error?.code == .invalidArgument && error?.message.contains("announced with 10 bytes") == true)
        }
        #expect(answered.withLock { $0 } == 0)
    }

    @Test("follows no redirect", arguments: TransportUnderTest.allCases, [301, 302, 307, 308])
    func redirects(kind: TransportUnderTest, status: Int) async throws {
        try await withLoopbackServer({ request, connection in
            connection.answer(status, headers: ["Location": "/elsewhere"])
            return .keepAlive
        }) { server in
            let (head, _) = try await send(kind.make(), request(server))
            #expect(head.status.code == status)
            #expect(head.headerFields[.location] == "/elsewhere")
        }
    }

    @Test("understands answers without a body", arguments: TransportUnderTest.allCases)
    func withoutBody(kind: TransportUnderTest) async throws {
        try await withLoopbackServer({ request, connection in
            if request.requestLine.hasPrefix("HEAD") {
                connection.answer(200, length: 1_000_000)
            } else {
                connection.answer(request.requestLine.contains("304") ? 304 : 204, headers: ["ETag": "\"1\""])
            }
            return .keepAlive
        }) { server in
            let transport = kind.make()
            let head = try await transport.send(request(server, .head), body: nil, options: .init())
            #expect(head.head.headerFields[.contentLength] == "1000000")
            #expect(head.body.length == 0)
            #expect(try await head.body.collect(upTo: 10).isEmpty)
            #expect(try await send(transport, request(server, path: "/204")).head.status.code == 204)
            #expect(try await send(transport, request(server, path: "/304")).head.status.code == 304)
        }
    }

    @Test("brings large bodies whole", arguments: TransportUnderTest.allCases)
    func large(kind: TransportUnderTest) async throws {
        let bytes = Data((0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) })
        try await withLoopbackServer({ request, connection in
            connection.answer(206, length: bytes.count * 16)
            for _ in 0..<16 { connection.write(bytes) }
            return .keepAlive
        }) { server in
            let response = try await kind.make().send(request(server), body: nil, options: .init())
            #expect(response.body.length == Int64(bytes.count * 16))
            var count = 0
            for try await chunk in response.body {
                var rest = chunk
                while !rest.isEmpty {
                    let expected = bytes[(count % bytes.count)...].prefix(rest.count)
                    #expect(rest.prefix(expected.count) == expected)
                    rest = rest.dropFirst(expected.count)
                    count += expected.count
                }
            }
            #expect(count == bytes.count * 16)
        }
    }

    enum Break: String, CaseIterable { case close, reset, beforeHead, garbage }

    @Test("never takes a broken answer for a whole one", arguments: TransportUnderTest.allCases, Break.allCases)
    func broken(kind: TransportUnderTest, how: Break) async throws {
        // What broke off may come whole the next time; garbage will not, which URLSession cannot tell apart.
        let isGarbage = how == .garbage && kind != .urlSession
        try await expectError(kind, isGarbage ? .invalidResponse : .connectionLost) { connection in
            switch how {
            case .close: connection.answer(200, body: Data("12345".utf8), length: 10)
            case .reset:
                connection.answer(200, body: Data("12345".utf8), length: 10)
                connection.reset()
            case .beforeHead: break
            case .garbage: connection.write("this is not HTTP\r\n\r\n")
            }
        }
    }

    @Test("knows a head that breaks off for a lost connection", arguments: TransportUnderTest.allCases)
    func brokenHead(kind: TransportUnderTest) async throws {
        guard kind == .urlSession else { return try await expectBrokenHead(kind) }
        // https://github.com/swiftlang/swift-corelibs-foundation/issues/5285
        await withKnownIssue("Foundation of Swift 6.3 on Linux ends the process", isIntermittent: true) {
            await #expect(processExitsWith: .success) {
                try await TransportConformanceTests().expectBrokenHead(.urlSession)
            }
        }
    }

    private func expectBrokenHead(_ kind: TransportUnderTest) async throws {
        try await expectError(kind, .connectionLost) { $0.write("HTTP/1.1 200 OK\r\nContent-Len") }
    }

    private func expectError(
        _ kind: TransportUnderTest, _ expected: HTTPTransportError.Kind,
        after answer: @escaping @Sendable (LoopbackServer.Connection) -> Void
    ) async throws {
        try await withLoopbackServer({ _, connection in
            answer(connection)
            return .close
        }) { server in
            let error = await #expect(throws: HTTPTransportError.self) {
                _ = try await send(kind.make(), request(server))
            }
            #expect(error?.kind == expected)
            #expect(error?.requestWasNotSent == false)
        }
    }

    @Test("says that nothing was sent when nobody listens", arguments: TransportUnderTest.allCases)
    func refused(kind: TransportUnderTest) async throws {
        let port = try SilentPort()
        let error = await #expect(throws: HTTPTransportError.self) {
            try await send(
                kind.make(), HTTPRequest(method: .get, scheme: "http", authority: port.authority, path: "/"))
        }
        #expect(error?.kind == .cannotConnect)
        #expect(error?.requestWasNotSent == true)
        #expect(error?.message.contains("127.0.0.1") == true)
    }

    @Test("refuses a certificate that nobody vouches for", arguments: TransportUnderTest.allCases)
    func untrusted(kind: TransportUnderTest) async throws {
        try await TLSServer.with(certificateFor: "127.0.0.1") { server in
            let request = HTTPRequest(
                method: .get, scheme: "https", authority: "127.0.0.1:\(server.port)", path: "/")
            let error = await #expect(throws: HTTPTransportError.self) { try await send(kind.make(), request) }
            #expect(error?.kind == .insecure && error?.requestWasNotSent == true)
            #expect(error?.message.contains("certificate") == true)
        }
    }

    @Test("says so when it decoded a body", arguments: TransportUnderTest.allCases)
    func encoded(kind: TransportUnderTest) async throws {
        // "hello" as gzip, made with Python's gzip.compress(b"hello", mtime=0).
        let gzip = Data(base64Encoded: "H4sIAAAAAAACE8tIzcnJBwCGphA2BQAAAA==")!
        try await withLoopbackServer({ _, connection in
            connection.answer(200, headers: ["Content-Encoding": "gzip"], body: gzip)
            return .keepAlive
        }) { server in
            let transport = kind.make()
            let response = try await transport.send(request(server), body: nil, options: .init())
            let body = try await response.body.collect(upTo: 100)
            if transport.capabilities.contains(.keepsContentEncoding) {
                #expect(body == gzip && !response.body.isDecoded)
            } else {
                #expect(response.body.isDecoded && response.body.length == nil)
            }
        }
    }
}

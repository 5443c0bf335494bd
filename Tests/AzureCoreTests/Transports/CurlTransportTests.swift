#if Curl
import Foundation
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import AzureCore

@Suite("libcurl", .timeLimit(.minutes(2)))
struct CurlTransportTests {
    private func request(
        _ authority: String, _ method: HTTPRequest.Method = .get, scheme: String = "http", path: String = "/"
    ) -> HTTPRequest {
        HTTPRequest(method: method, scheme: scheme, authority: authority, path: path)
    }

    private func status(
        _ transport: CurlTransport, _ request: HTTPRequest, body: HTTPBody? = nil
    ) async throws -> Int {
        let response = try await transport.send(request, body: body, options: .init(idleTimeout: .seconds(30)))
        _ = try await response.body.collect(upTo: 1 << 20)
        return response.head.status.code
    }

    private func expectSuccess(_ transport: CurlTransport, _ request: HTTPRequest) async throws {
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
            var request = request(server.authority, path: "/c/../d/./e//f?x=%2e")
            request.headerFields[HTTPField.Name("x-ms-meta-CamelCase")!] = "Value"
            request.headerFields[HTTPField.Name("x-ms-meta-empty")!] = ""
            try await expectSuccess(CurlTransport(), request)
        }
        let head = try #require(received.withLock { $0.first })
        #expect(head.requestLine == "GET /c/../d/./e//f?x=%2e HTTP/1.1")
        let lines = String(head.head).split(separator: "\r\n").dropFirst().map { String($0) }.sorted()
        #expect(lines.contains("x-ms-meta-CamelCase: Value") && lines.contains("x-ms-meta-empty:"))
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
            let transport = CurlTransport(options: CurlOptions(receiveBuffer: 256 * 1024))
            let response = try await transport.send(request(server.authority), body: nil, options: .init())
            // What the systems' sockets hold comes on top.
            for await taken in counts {
                #expect(taken < 32 * 1024 * 1024)
                break
            }
            #expect(response.head.status == .ok)
        }
    }

    @Test("sends again on a fresh connection only what reads", arguments: [HTTPRequest.Method.get, .put, .post])
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
            let transport = CurlTransport()
            try await expectSuccess(transport, request(server.authority))
            let second = request(server.authority, method, path: "/second")
            let body = method == .put ? HTTPBody("content") : nil
            if method == .get {
                try await expectSuccess(transport, second)
            } else {
                let error = await #expect(throws: HTTPTransportError.self) {
                    try await status(transport, second, body: body)
                }
                #expect(error?.kind == .connectionLost && error?.requestWasNotSent == false)
            }
        }
        #expect(received.withLock { $0.count } == (method == .get ? 3 : 2))
    }

    @Test("does not call a request unsent that may have arrived, when no second connection comes about")
    func deadServer() async throws {
        let stop = Mutex<(@Sendable () -> Void)?>(nil)
        let received = Mutex(0)
        try await withLoopbackServer({ _, connection in
            let number = received.withLock { count in
                count += 1
                return count
            }
            guard number == 2 else {
                connection.answer(200)
                return .keepAlive
            }
            // The server dies with the request in its hands.
            stop.withLock { $0 }?()
            return .close
        }) { server in
            stop.withLock { $0 = { server.stop() } }
            let transport = CurlTransport()
            try await expectSuccess(transport, request(server.authority))
            let error = await #expect(throws: HTTPTransportError.self) {
                try await status(transport, request(server.authority, .put), body: HTTPBody("x"))
            }
            #expect(error?.kind == .connectionLost && error?.requestWasNotSent == false)
        }
    }

    @Test("lets requests wait for a connection for as long as it takes")
    func waitsForConnection() async throws {
        let (heldBack, holds) = AsyncStream.makeStream(of: Void.self)
        let limit = 256 * 1024 * 1024
        try await withLoopbackServer({ request, connection in
            guard request.requestLine.contains("/first") else {
                connection.answer(200)
                return .keepAlive
            }
            connection.answer(200, length: limit)
            // This takes a second, more than the time limit of silence.
            _ = connection.writeUntilHeldBack(limit: limit)
            holds.yield()
            return .close
        }) { server in
            let transport = CurlTransport(options: CurlOptions(maxConnectionsPerHost: 1))
            var first: HTTPTransportResponse? = try await transport.send(
                request(server.authority, path: "/first"), body: nil, options: .init(idleTimeout: .milliseconds(300)))
            #expect(first?.head.status == .ok)
            let waiting = request(server.authority, path: "/second")
            let second = Task {
                try await transport.send(waiting, body: nil, options: .init(idleTimeout: .milliseconds(300)))
            }
            for await _ in heldBack { break }
            first = nil
            #expect(try await second.value.head.status == .ok)
        }
    }

    @Test("prints no password of a proxy")
    func printing() {
        let options = CurlOptions(proxy: "http://user:hunter2@proxy.example:3128")
        var dumped = ""
        dump(options, to: &dumped)
        for text in ["\(options)", String(reflecting: options), dumped] {
            #expect(!text.contains("hunter2") && text.contains("proxy.example:3128"))
        }
    }

    @Test("keeps to the number of connections that it may have")
    func boundedConnections() async throws {
        try await withLoopbackServer({ _, connection in
            connection.answer(200)
            return .keepAlive
        }) { server in
            let transport = CurlTransport(options: CurlOptions(maxConnectionsPerHost: 3))
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<100 {
                    let request = request(server.authority, path: "/\(number)")
                    group.addTask { try await status(transport, request) }
                }
                for try await code in group { #expect(code == 200) }
            }
            #expect(server.connectionCount <= 3)
        }
    }

    @Test("uses one connection for requests that follow each other, however many threads there are")
    func oneConnection() async throws {
        try await withLoopbackServer({ _, connection in
            connection.answer(200, body: Data("x".utf8))
            return .keepAlive
        }) { server in
            let transport = CurlTransport(options: CurlOptions(threads: 4))
            for number in 0..<200 {
                try await expectSuccess(transport, request(server.authority, path: "/\(number)"))
            }
            #expect(server.connectionCount == 1)
        }
    }

    @Test("gives each thread its part of the requests, whatever becomes of them")
    func spreading() throws {
        let engines = CurlEngines(options: CurlOptions(maxConnectionsPerHost: 3, threads: 2))
        // The first may have two connections, the second one.
        #expect((0..<6).map { _ in engines.enter() } == [0, 1, 0, 0, 1, 0])
        engines.leave(1)
        #expect(engines.enter() == 1)
        let single = CurlEngines(options: CurlOptions(maxConnectionsPerHost: 1, threads: 8))
        #expect((0..<3).map { _ in single.enter() } == [0, 0, 0])
        #expect(CurlEngines(options: CurlOptions(maxConnectionsPerHost: 0, threads: 0)).enter() == 0)
    }

    @Test("goes through a proxy")
    func proxy() async throws {
        let received = Mutex<[String]>([])
        try await withLoopbackServer({ request, connection in
            received.withLock { $0.append(request.requestLine) }
            connection.answer(200)
            return .keepAlive
        }) { server in
            let transport = CurlTransport(options: CurlOptions(proxy: "http://\(server.authority)"))
            try await expectSuccess(transport, request("storage.invalid", path: "/c?comp=list"))
        }
        #expect(received.withLock { $0 } == ["GET http://storage.invalid/c?comp=list HTTP/1.1"])
    }

    @Test("trusts the authorities that it is told, and no others")
    func certificates() async throws {
        try await TLSServer.with(certificateFor: "127.0.0.1") { server in
            let request = request("127.0.0.1:\(server.port)", scheme: "https")
            let trusting = CurlTransport(options: CurlOptions(certificateAuthoritiesFile: server.certificate))
            try await expectSuccess(trusting, request)
            let error = await #expect(throws: HTTPTransportError.self) {
                try await status(CurlTransport(), request)
            }
            #expect(error?.kind == .insecure && error?.requestWasNotSent == true)
        }
    }

    @Test("refuses the certificate of another host")
    func wrongHost() async throws {
        try await TLSServer.with(certificateFor: "127.0.0.2") { server in
            let transport = CurlTransport(options: CurlOptions(certificateAuthoritiesFile: server.certificate))
            let error = await #expect(throws: HTTPTransportError.self) {
                try await status(transport, request("127.0.0.1:\(server.port)", scheme: "https"))
            }
            #expect(error?.kind == .insecure)
        }
    }
}
#endif

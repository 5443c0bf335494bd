import AzureCore
import Foundation
import HTTPTypes
import Synchronization
import Testing

/// Heads of answers that RFC 9110 and RFC 9112 do not know, or know and nobody expects.
@Suite("Against hostile heads, a transport", .timeLimit(.minutes(2)))
struct HostileHeadTests {
    /// RFC 9110, 15.2: a client must be able to read any number of interim answers before the final one.
    @Test(
        "takes no interim answer for the final one", arguments: TransportUnderTest.allCases,
        ["HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nx-a: 1\r\n\r\n"])
    func interim(kind: TransportUnderTest, interim: String) async throws {
        for (method, count) in [(HTTPRequest.Method.get, 1), (.put, 1), (.get, 3), (.head, 1)] {
            try await withLoopbackServer({ request, connection in
                connection.write(String(repeating: interim, count: count))
                let body = request.requestLine.hasPrefix("HEAD") ? "" : "hello"
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n\(body)")
                return .keepAlive
            }) { server in
                var exchange = HostileExchange(kind: kind, method: method)
                if method == .put { exchange.body = HTTPBody("content") }
                let transport = kind.make()
                exchange.transport = transport
                for _ in 0..<3 {
                    let answer = try await exchange.run(server)
                    #expect(answer.status == 200 && answer.body == Data((method == .head ? "" : "hello").utf8))
                }
            }
        }
    }

    @Test(
        "does not wait for more than its time for the answer after interim ones", arguments: TransportUnderTest.allCases
    )
    func onlyInterim(kind: TransportUnderTest) async throws {
        try await withAnswer("HTTP/1.1 103 Early Hints\r\n\r\n") { server in
            let error = await HostileExchange(kind: kind).failure(server)
            #expect(error?.code == .connectionLost, "\(error as Any)")
        }
        try await withLoopbackServer({ _, connection in
            connection.trickle("HTTP/1.1 103 Early Hints\r\n\r\n")
            return .close
        }) { server in
            var exchange = HostileExchange(kind: kind)
            exchange.retry.overallDeadline = .milliseconds(500)
            let error = await exchange.failure(server)
            #expect(error?.code == .deadlineExceeded, "\(error as Any)")
        }
    }

    @Test("has enough of a head that never ends", arguments: TransportUnderTest.allCases)
    func endlessHead(kind: TransportUnderTest) async throws {
        let (sizes, size) = AsyncStream.makeStream(of: Int.self)
        try await withLoopbackServer({ _, connection in
            connection.write("HTTP/1.1 200 OK\r\n")
            let line = "x-a: \(String(repeating: "a", count: 1000))\r\n"
            var sent = 0
            // Enough for all limits and what the systems' sockets hold; not each engine has one.
            while sent < (kind == .urlSession ? 4 : 64) << 20, connection.write(line) { sent += line.utf8.count }
            _ = connection.isClosed(within: 20_000)
            size.yield(sent)
            return .close
        }) { server in
            var exchange = HostileExchange(kind: kind)
            if kind == .urlSession { exchange.retry.overallDeadline = .seconds(3) }
            let error = await exchange.failure(server)
            // libcurl before 8.3, which Foundation may use, has no limit of its own; the time has.
            #expect(
                kind == .urlSession ? error?.code != nil : error?.code == .invalidResponse, "\(error as Any)")
            for await sent in sizes {
                #expect(kind == .urlSession || sent < 32 << 20)
                break
            }
        }
    }

    private static let heads: [String] = [
        "HTTP/1.1 000 X", "HTTP/1.1 099 X", "HTTP/1.1 1000 X", "HTTP/1.1 99999999999999999999 X", "HTTP/1.1 -200 X",
        "HTTP/1.1 2x0 X", "HTTP/1.1 200", "HTTP/1.1", "HTTP/9.9 200 X", "HTTP/2 200 X", "ICY 200 OK", "HTTP/1.1 999 X",
        "HTTP/1.1 101 Switching Protocols",
    ]

    @Test("ends in order whatever the status line", arguments: TransportUnderTest.allCases, heads)
    func statusLine(kind: TransportUnderTest, line: String) async throws {
        try await withAnswer("\(line)\r\nContent-Length: 2\r\n\r\nok") { server in
            await HostileExchange(kind: kind).endsInOrder(server)
        }
    }

    private static let fields: [String] = [
        "Content-Length: -1", "Content-Length: +2", "Content-Length: 0x2", "Content-Length: 2, 3", "Content-Length: ",
        "Content-Length: 2\r\nContent-Length: 3", "Content-Length: 99999999999999999999999", "Content-Length: two",
        "Content-Length: 9000000000000000000", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: nonsense",
        "Content-Length: 2\r\nTransfer-Encoding: chunked", "no colon at all", ": no name", "a b: space in the name",
        " folded: line", "x-a: a\u{0}b", "x-a: a\rb", "x-a: \u{FFFD}\u{1}\u{7F}", "x-é: 1", "Content-Encoding: gzip",
        "Content-Range: bytes 0-99/9223372036854775807", "Retry-After: 99999999999999999999", "Connection: close, , x",
        "x-a: \(String(repeating: "a", count: 200_000))", "ETag: \"\u{22}\u{22}", "Location: http://[::1",
    ]

    @Test("ends in order whatever the header fields", arguments: TransportUnderTest.allCases, fields)
    func field(kind: TransportUnderTest, field: String) async throws {
        try await withAnswer("HTTP/1.1 200 OK\r\n\(field)\r\nx-last: 1\r\n\r\nok") { server in
            await HostileExchange(kind: kind).endsInOrder(server)
        }
        try await withAnswer("HTTP/1.1 503 Busy\r\n\(field)\r\nx-last: 1\r\n\r\nok") { server in
            await HostileExchange(kind: kind).endsInOrder(server)
        }
    }

    @Test(
        "ends in order when lines end with a bare line feed or carriage return", arguments: TransportUnderTest.allCases)
    func lineEnds(kind: TransportUnderTest) async throws {
        for end in ["\n", "\r", "\r\r\n"] {
            try await withAnswer("HTTP/1.1 200 OK\(end)Content-Length: 2\(end)\(end)ok") { server in
                await HostileExchange(kind: kind).endsInOrder(server)
            }
        }
    }

    @Test("ends in order when bytes of a head are not UTF-8", arguments: TransportUnderTest.allCases)
    func notUTF8(kind: TransportUnderTest) async throws {
        try await withLoopbackServer({ _, connection in
            connection.write(Data("HTTP/1.1 200 O".utf8) + Data([0xFF, 0xFE]) + Data("K\r\nx-a: ".utf8))
            connection.write(Data([0xC3, 0x28, 0x80]) + Data("\r\nContent-Length: 2\r\n\r\nok".utf8))
            return .close
        }) { server in
            await HostileExchange(kind: kind).endsInOrder(server)
        }
    }

    /// Each of these ends the process in Foundation itself, before anything of this package sees the answer:
    /// `Int64(contentLength)` of a Double in `EasyHandle.didReceive(headerData:)`, and `transferCompleted` without a
    /// response in `NativeProtocol`. Docs/Transports.md and Docs/Security.md say so.
    @Test(
        "outlives what ends the process in Foundation",
        arguments: TransportUnderTest.allCases,
        [
            "Content-Length: 9223372036854775807\r\n\r\nok",
            "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nx-trailer: 1\r\n\r\n",
        ])
    func deadly(kind: TransportUnderTest, rest: String) async throws {
        guard kind == .urlSession else {
            return try await withAnswer("HTTP/1.1 200 OK\r\n\(rest)") { server in
                await HostileExchange(kind: kind).endsInOrder(server)
            }
        }
        await withKnownIssue("Foundation of Swift 6.3 on Linux ends the process", isIntermittent: true) {
            if rest.hasPrefix("Content") {
                await #expect(processExitsWith: .success) {
                    try await withAnswer("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nok") {
                        await HostileExchange(kind: .urlSession).endsInOrder($0)
                    }
                }
            } else {
                await #expect(processExitsWith: .success) {
                    try await withAnswer(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nx-trailer: 1\r\n\r\n"
                    ) { await HostileExchange(kind: .urlSession).endsInOrder($0) }
                }
            }
        }
    }
}

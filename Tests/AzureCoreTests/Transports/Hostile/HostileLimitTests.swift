import AzureCore
import Foundation
import HTTPTypes
import Synchronization
import Testing

/// The limits that the documentation names, each inside a try, and with each transport.
@Suite("The limits of a call, with each transport", .timeLimit(.minutes(2)))
struct HostileLimitTests {
    enum Trickle: String, CaseIterable { case head, fields, body, chunks, nothing }

    @Test(
        "RetryOptions.overallDeadline ends a try whose answer comes byte by byte",
        arguments: TransportUnderTest.allCases,
        Trickle.allCases)
    func overallDeadline(kind: TransportUnderTest, what: Trickle) async throws {
        let (closed, closes) = AsyncStream.makeStream(of: Void.self)
        try await withLoopbackServer({ _, connection in
            Self.trickle(what, connection)
            closes.yield()
            return .close
        }) { server in
            var exchange = HostileExchange(kind: kind)
            exchange.retry = RetryOptions(maxRetries: 4, overallDeadline: .milliseconds(600))
            let error = await exchange.failure(server)
            #expect(error?.code == .deadlineExceeded, "\(error as Any)")
            #expect(error?.message.contains("0.6 s") == true)
            // Nobody is left behind on the connection, if there was time for one.
            guard server.connectionCount > 0 else { return }
            for await _ in closed { break }
        }
    }

    @Test(
        "RetryOptions.tryTimeout ends a try whose answer comes byte by byte", arguments: TransportUnderTest.allCases,
        Trickle.allCases)
    func tryTimeout(kind: TransportUnderTest, what: Trickle) async throws {
        try await withLoopbackServer({ _, connection in
            Self.trickle(what, connection)
            return .close
        }) { server in
            var exchange = HostileExchange(kind: kind)
            exchange.retry = RetryOptions(maxRetries: 1, baseDelay: .milliseconds(1), tryTimeout: .milliseconds(300))
            let error = await exchange.failure(server)
            #expect(error?.code == .requestTimedOut, "\(error as Any)")
            #expect(server.connectionCount <= 2)
        }
    }

    private static func trickle(_ what: Trickle, _ connection: LoopbackServer.Connection) {
        switch what {
        case .head:
            connection.write("HTTP/1.1 200 ")
            connection.trickle("O")
        case .fields:
            connection.write("HTTP/1.1 200 OK\r\n")
            connection.trickle("x-a: 1\r\n")
        case .body:
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            connection.trickle("x")
        case .chunks:
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            connection.trickle("1\r\nx\r\n")
        case .nothing: _ = connection.isClosed(within: 20_000)
        }
    }

    @Test(
        "HTTPTransportOptions.idleTimeout ends an answer that stops", arguments: TransportUnderTest.allCases,
        [
            "", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        ])
    func idleTimeout(kind: TransportUnderTest, bytes: String) async throws {
        try await withLoopbackServer({ _, connection in
            connection.write(bytes)
            _ = connection.isClosed(within: 20_000)
            return .close
        }) { server in
            for handling in [PipelineRequest.ResponseHandling.streamed, .buffered(limit: 1000)] {
                let exchange = HostileExchange(
                    kind: kind, responseHandling: handling, idleTimeout: .milliseconds(500))
                let error = await exchange.failure(server)
                #expect(error?.code == .requestTimedOut, "\(error as Any)")
            }
        }
    }

    @Test(
        "limits that no clock can count do no harm", arguments: TransportUnderTest.allCases,
        [Duration.seconds(Int64.max), .seconds(1e12)])
    func hugeLimits(kind: TransportUnderTest, limit: Duration) async throws {
        try await withLoopbackServer({ _, connection in
            connection.answer(200, body: Data("ok".utf8))
            return .keepAlive
        }) { server in
            var exchange = HostileExchange(kind: kind, idleTimeout: limit)
            exchange.retry = RetryOptions(
                baseDelay: limit, maxDelay: limit, overallDeadline: limit, tryTimeout: limit)
            let first = try await exchange.run(server)
            #expect(first.status == 200)
            exchange.retry.tryTimeout = nil
            let second = try await exchange.run(server)
            #expect(second.status == 200)
        }
    }
}

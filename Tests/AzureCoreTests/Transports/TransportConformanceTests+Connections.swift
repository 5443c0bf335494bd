import AzureCore
import Foundation
import HTTPTypes
import Testing

// When a transport lets go of a connection, and when it keeps it.
extension TransportConformanceTests {
    @Test("gives up on a peer that stays silent", arguments: TransportUnderTest.allCases)
    func silent(kind: TransportUnderTest) async throws {
        try await withLoopbackServer({ _, connection in
            _ = connection.waitForClose()
            return .close
        }) { server in
            let error = await #expect(throws: HTTPTransportError.self) {
                try await send(kind.make(), request(server), idleTimeout: .seconds(1))
            }
            #expect(error?.kind == .timedOut)
            #expect(error?.message.contains("within 1 s, the limit of silence (idleTimeout)") == true)
        }
    }

    @Test(
        "stops when cancelled before the head and in the body", arguments: TransportUnderTest.allCases, [true, false])
    func cancellation(kind: TransportUnderTest, beforeHead: Bool) async throws {
        let (arrived, arrivals) = AsyncStream.makeStream(of: Void.self)
        let (closed, closes) = AsyncStream.makeStream(of: Bool.self)
        try await withLoopbackServer({ _, connection in
            if !beforeHead { connection.answer(200, body: Data("12345".utf8), length: 10) }
            arrivals.yield()
            closes.yield(connection.waitForClose())
            return .close
        }) { server in
            let transport = kind.make()
            let request = request(server)
            let task = Task { try await send(transport, request) }
            for await _ in arrived { break }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(await closed.first { _ in true } == true)
        }
    }

    @Test("stops when cancelled while it starts, whatever the moment", arguments: TransportUnderTest.allCases)
    func cancellationAtStart(kind: TransportUnderTest) async throws {
        try await withLoopbackServer({ _, connection in
            connection.answer(201)
            return .keepAlive
        }) { server in
            let transport = kind.make()
            let body = HTTPBody(Data(count: 5000))
            for round in 0..<300 {
                let request = request(server, .put, path: "/\(round)")
                let tasks = (0..<3).map { _ in Task { try await send(transport, request, body: body) } }
                for _ in 0..<round % 16 { await Task.yield() }
                tasks[0].cancel()
                tasks[1].cancel()
                #expect(try await tasks[2].value.head.status == .created)
                for task in tasks[..<2] {
                    do { _ = try await task.value } catch is CancellationError {}
                }
            }
        }
    }

    @Test("lets go of the connection when the body is dropped unread", arguments: TransportUnderTest.allCases)
    func dropped(kind: TransportUnderTest) async throws {
        let (closed, closes) = AsyncStream.makeStream(of: Bool.self)
        try await withLoopbackServer({ _, connection in
            connection.answer(200, body: Data("12345".utf8), length: 10)
            closes.yield(connection.waitForClose())
            return .close
        }) { server in
            let transport = kind.make()
            do {
                let response = try await transport.send(request(server), body: nil, options: .init())
                #expect(response.head.status == .ok)
            }
            #expect(await closed.first { _ in true } == true)
        }
    }

    @Test("reuses connections", arguments: TransportUnderTest.allCases)
    func keepAlive(kind: TransportUnderTest) async throws {
        try await withLoopbackServer({ _, connection in
            connection.answer(200, body: Data("ok".utf8))
            return .keepAlive
        }) { server in
            let transport = kind.make()
            for _ in 0..<10_000 { _ = try await send(transport, request(server)) }
            #expect(server.connectionCount <= 4)
        }
    }

    @Test("keeps many parallel requests apart", arguments: TransportUnderTest.allCases)
    func parallel(kind: TransportUnderTest) async throws {
        try await withLoopbackServer({ request, connection in
            connection.answer(200, body: Data(request.requestLine.utf8))
            return .keepAlive
        }) { server in
            let transport = kind.make()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<1000 {
                    let request = request(server, path: "/\(number)")
                    group.addTask {
                        let body = try await send(transport, request).body
                        #expect(body == Data("GET /\(number) HTTP/1.1".utf8))
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}

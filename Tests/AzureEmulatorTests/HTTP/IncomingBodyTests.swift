#if Emulator
import AzureCore
import Foundation
import HTTPTypes
import Logging
import Synchronization
import Testing

@testable import AzureEmulator

@Suite("The body of a request has one reader at a time", .timeLimit(.minutes(2)))
struct IncomingBodyTests {
    /// Bytes that come when the test says so; it counts how many wait for them at once.
    private final class Source: Sendable {
        private struct State {
            var waiting = 0
            var most = 0
        }

        private let state = Mutex(State())
        private let (chunks, give) = AsyncStream.makeStream(of: Data.self)
        private let (asked, ask) = AsyncStream.makeStream(of: Void.self)

        var most: Int { state.withLock(\.most) }

        var stream: HTTPByteStream {
            HTTPByteStream(unfolding: { { await self.next() } })
        }

        private func next() async -> Data? {
            state.withLock { state in
                state.waiting += 1
                state.most = max(state.most, state.waiting)
            }
            defer { state.withLock { $0.waiting -= 1 } }
            ask.yield()
            for await chunk in chunks { return chunk }
            return nil
        }

        func waitForReader() async { for await _ in asked { return } }

        func yield(_ text: String) { give.yield(Data(text.utf8)) }

        func finish() { give.finish() }
    }

    private func request(length: Int) -> HTTPRequest {
        HTTPRequest(
            method: .put, scheme: "http", authority: "h", path: "/",
            headerFields: [.contentLength: String(length)])
    }

    @Test("While a service reads, nothing is drained and nobody else gets bytes")
    func second() async throws {
        let source = Source()
        let body = IncomingBody(source.stream, of: request(length: 6))
        async let first = body.next {}
        await source.waitForReader()
        #expect(await body.isTooLong(toDrain: 100))
        let drained = Task { try await body.drain(upTo: 100) }
        let second = Task { try await body.next {} }
        await #expect(throws: IncomingBody.IsBeingRead.self) { _ = try await second.value }
        #expect(try await drained.value == false)
        source.yield("abc")
        #expect(try await first == Data("abc".utf8))
        #expect(source.most == 1)
        source.yield("def")
        source.finish()
        #expect(try await body.drain(upTo: 100))
        #expect(try await body.next {} == nil)
    }

    @Test("Whoever reads a body that has none, after its request, does not get the next request")
    func late() async throws {
        let source = Source()
        let body = IncomingBody(source.stream, of: request(length: 0))
        #expect(try await body.drain(upTo: 100))
        source.yield("GET / HTTP/1.1")
        #expect(try await body.next {} == nil)
    }

    /// Answers at once, and reads on behind its own back.
    private struct Hasty: EmulatedService {
        let ended: AsyncStream<Void>.Continuation

        func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
            let (begun, begin) = AsyncStream.makeStream(of: Void.self)
            Task {
                begin.yield()
                _ = try? await body.collect(upTo: .max)
                ended.yield()
            }
            for await _ in begun { break }
            return .emulated(200)
        }
    }

    @Test("A service that answers and reads on costs its connection, not the process")
    func hasty() async throws {
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        try await EmulatorServer.serve(Hasty(ended: end), port: 0, logger: Logger(label: "test")) { port in
            for _ in 0..<20 {
                let connection = try RawConnection(port: port)
                try await connection.write("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n1234")
                #expect(try await connection.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 200"))
                // Whichever of them reads the rest: both come to an end, and so does the connection.
                try? await connection.write("56789")
                connection.finishWriting()
                _ = try await connection.read()
                for await _ in ended { break }
            }
        }
    }
}
#endif

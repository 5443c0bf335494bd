#if Emulator
import AzureCore
import Foundation
import HTTPTypes
import Logging
import Synchronization
import Testing

@testable import AzureEmulator

@Suite("The HTTP server of the emulator")
struct EmulatorServerTests {
    /// Answers with what it saw: the path as sent, the header lines, the number of bytes of the body.
    private struct Mirror: EmulatedService {
        func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
            var count = 0
            do {
                for try await chunk in body { count += chunk.count }
            } catch {
                return .emulated(500)
            }
            let lines =
                ["\(request.method) \(request.path ?? "") \(request.authority ?? "") \(count)"]
                + request.headerFields.map { "\($0.name.rawName)=\($0.value)" }
            if request.method == .head {
                return .emulated(200, headers: [("Content-Length", "12345")])
            }
            return .emulated(200, headers: [("X-MiXed", "1")], body: Data(lines.joined(separator: "\n").utf8))
        }
    }

    private let logger = Logger(label: "test")

    private func serve<Result>(
        _ service: any EmulatedService = Mirror(), _ body: (Int) async throws -> Result
    ) async throws -> Result {
        try await EmulatorServer.serve(service, port: 0, logger: logger, body)
    }

    @Test("The path and the names of header fields arrive as they were sent, also on a kept connection")
    func fidelity() async throws {
        try await serve { port in
            let connection = try RawConnection(port: port)
            for path in ["/a%2Fb//c/../%c3%A9+%20?x=%26&y", "/other"] {
                try await connection.write("GET \(path) HTTP/1.1\r\nHost: h:1\r\nx-MS-Thing: V a l\r\n\r\n")
                let answer = try await connection.read(until: "V a l")
                #expect(answer.contains("GET \(path) h:1 0\nx-MS-Thing=V a l"))
                #expect(answer.contains("\r\nX-MiXed: 1\r\n"))
            }
        }
    }

    @Test("An answer to HEAD has the length of what GET would give, and no body")
    func head() async throws {
        try await serve { port in
            let connection = try RawConnection(port: port)
            try await connection.write("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n")
            let answer = try await connection.read(until: "\r\n\r\n")
            #expect(answer.contains("\r\nContent-Length: 12345\r\n"))
            #expect(!answer.lowercased().contains("transfer-encoding"))
            try await connection.write("GET /next HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            #expect(try await connection.read().hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test("A client that waits to be asked for its body is asked")
    func expectContinue() async throws {
        try await serve { port in
            let connection = try RawConnection(port: port)
            try await connection.write(
                "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await connection.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100"))
            try await connection.write("1234")
            #expect(try await connection.read(until: "PUT / h 4").contains("HTTP/1.1 200"))
        }
    }

    @Test("A body that the service does not read does not disturb the next request")
    func unreadBody() async throws {
        struct Refusal: EmulatedService {
            func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
                .emulated(403)
            }
        }
        try await serve(Refusal()) { port in
            let connection = try RawConnection(port: port)
            for _ in 0..<2 {
                let body = String(repeating: "x", count: 300_000)
                try await connection.write("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: \(body.count)\r\n\r\n\(body)")
                #expect(try await connection.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 403"))
            }
        }
    }

    @Test("What is not HTTP is answered with 400 and leaves the server working")
    func garbage() async throws {
        try await serve { port in
            let connection = try RawConnection(port: port)
            try await connection.write("\u{1}\u{2}nonsense\r\n\r\n")
            #expect(try await connection.read().hasPrefix("HTTP/1.1 400"))
            let other = try RawConnection(port: port)
            try await other.write("GET /ok HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            #expect(try await other.read().hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test("Many connections at once are served")
    func concurrency() async throws {
        try await serve { port in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<50 {
                    group.addTask {
                        let connection = try RawConnection(port: port)
                        try await connection.write("GET /\(index) HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                        return try await connection.read().contains("GET /\(index) h 0")
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test("A port that is taken gives an error that says so")
    func portTaken() async throws {
        try await serve { port in
            let error = await #expect(throws: AzureError.self) {
                try await EmulatorServer.serve(Mirror(), port: port, logger: logger) { _ in }
            }
            #expect(error?.message.contains("Port \(port)") == true)
        }
        await #expect(throws: AzureError.self) {
            try await EmulatorServer.serve(Mirror(), port: 70_000, logger: logger) { _ in }
        }
    }

    @Test("It stops with an idle connection open, and the port is free again")
    func stopsWithIdleConnection() async throws {
        let (port, connection) = try await serve { port in
            let connection = try RawConnection(port: port)
            try await connection.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try await connection.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 200"))
            return (port, connection)
        }
        #expect(try await connection.read().contains("HTTP/1.1") == false)
        try await EmulatorServer.serve(Mirror(), port: port, logger: logger) { #expect($0 == port) }
    }

    @Test("A request that never ends is cut off when the grace is over", .timeLimit(.minutes(5)))
    func stopsWithHangingRequest() async throws {
        struct Hanging: EmulatedService {
            func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
                try? await Task.sleep(for: .seconds(3600))
                return .emulated(200)
            }
        }
        try await EmulatorServer.serve(Hanging(), port: 0, logger: logger, grace: .milliseconds(50)) { port in
            let connection = try RawConnection(port: port)
            try await connection.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            // Half a request on another connection does not hold it up either.
            let other = try RawConnection(port: port)
            try await other.write("GET / HT")
        }
    }

    @Test("The error of the body comes out, and so does a cancellation, with the server stopped")
    func failures() async throws {
        // Another test's server may be given the port at once, so that one of several looks is enough.
        var stoppedByError = false
        var stoppedByCancellation = false
        for _ in 0..<5 {
            stoppedByError = try await portAfterError().isRefused || stoppedByError
            stoppedByCancellation = try await portAfterCancellation().isRefused || stoppedByCancellation
            if stoppedByError && stoppedByCancellation { break }
        }
        #expect(stoppedByError)
        #expect(stoppedByCancellation)
    }

    private func portAfterError() async throws -> Int {
        struct Failure: Error {}
        let port = Mutex(0)
        await #expect(throws: Failure.self) {
            try await serve { found in
                port.withLock { $0 = found }
                throw Failure()
            }
        }
        return port.withLock { $0 }
    }

    private func portAfterCancellation() async throws -> Int {
        let (started, start) = AsyncStream.makeStream(of: Int.self)
        let task = Task {
            try await serve { found in
                start.yield(found)
                try await Task.sleep(for: .seconds(3600))
            }
        }
        var iterator = started.makeAsyncIterator()
        let port = try #require(await iterator.next())
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        return port
    }
}

extension Int {
    /// Whether nobody listens on this port.
    fileprivate var isRefused: Bool { (try? RawConnection(port: self)) == nil }
}
#endif

#if Emulator
import AzureEmulator
import BlobStorage
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Snippets
import Testing

@Suite("The code of the documentation of serving blobs does what it says", .timeLimit(.minutes(3)))
struct ServingSnippetTests {
    private static let content = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 5) })

    /// A server that passes blobs on, and how to ask it.
    private func withServer(
        _ body:
            @escaping @Sendable (
                _ ask: @escaping @Sendable (HTTPRequest.Method, String, HTTPFields) async throws -> (HTTPResponse, Data)
            ) async throws -> Void
    ) async throws {
        try await withEmulator { emulator in
            let container = try BlobServiceClient(connectionString: emulator.blobConnectionString).container("docs")
            try await container.create()
            try await container.blob("a b/film").upload(
                Self.content, options: .init(httpHeaders: .init(contentType: "video/mp4")))
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            let application = Application(
                router: router(for: container), configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: logger)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await application.run() }
                var iterator = ports.makeAsyncIterator()
                let address = try #require(await iterator.next())
                try await body { method, path, headers in
                    let answer = try await DefaultTransport.shared.send(
                        HTTPRequest(
                            method: method, scheme: "http", authority: "127.0.0.1:\(address)", path: path,
                            headerFields: headers),
                        body: nil, options: HTTPTransportOptions())
                    return (answer.head, try await answer.body.collect(upTo: 10_000_000))
                }
                group.cancelAll()
            }
        }
    }

    @Test("a whole blob, its head, and what has not changed")
    func whole() async throws {
        try await withServer { ask in
            let (head, content) = try await ask(.get, "/files/a%20b/film", [:])
            #expect(head.status == .ok && content == Self.content)
            #expect(head.headerFields[.contentType] == "video/mp4" && head.headerFields[.acceptRanges] == "bytes")
            let etag = try #require(head.headerFields[.eTag])
            let (look, nothing) = try await ask(.head, "/files/a%20b/film", [:])
            #expect(look.status == .ok && nothing.isEmpty)
            #expect(look.headerFields[.contentLength] == "3000000" && look.headerFields[.eTag] == etag)
            for method in [HTTPRequest.Method.get, .head] {
                #expect(try await ask(method, "/files/a%20b/film", [.ifNoneMatch: etag]).0.status == .notModified)
            }
            #expect(try await ask(.get, "/files/missing", [:]).0.status == .notFound)
        }
    }

    @Test(
        "parts of a blob",
        arguments: [
            ("bytes=0-99", 0..<100), ("bytes=1500000-2999999", 1_500_000..<3_000_000),
            ("bytes=2999990-", 2_999_990..<3_000_000), ("bytes=2999990-9999999", 2_999_990..<3_000_000),
        ])
    func parts(range: String, expected: Range<Int>) async throws {
        try await withServer { ask in
            let (head, content) = try await ask(.get, "/files/a%20b/film", [.range: range])
            #expect(head.status == .partialContent && content == Self.content[expected])
            #expect(
                head.headerFields[.contentRange] == "bytes \(expected.lowerBound)-\(expected.upperBound - 1)/3000000")
        }
    }

    @Test("ranges that make no sense are left out of account, and those behind the end refused")
    func wrongParts() async throws {
        try await withServer { ask in
            for range in ["bytes=-5", "bytes=9-3", "lines=1-2", "bytes=0-1,4-5", "bytes=0-9223372036854775807"] {
                let (head, content) = try await ask(.get, "/files/a%20b/film", [.range: range])
                #expect(head.status == .ok && content == Self.content, "\(range)")
            }
            #expect(
                try await ask(.get, "/files/a%20b/film", [.range: "bytes=3000000-"]).0.status == .rangeNotSatisfiable)
        }
    }
}
#endif

#if Curl
import Foundation
import HTTPTypes
import Testing

@testable import AzureCore

@Suite("Heads for and from libcurl")
struct CurlHeadTests {
    private func parse(_ lines: [String], _ names: CurlFieldNames) -> HTTPResponse? {
        var parser = CurlHeadParser()
        for line in lines {
            let isTaken = Array((line + "\r\n").utf8).withUnsafeBytes { parser.add($0, names) }
            guard isTaken else { return nil }
        }
        return parser.takeHead()
    }

    @Test("names are those of the answer, whatever came before")
    func names() throws {
        let names = CurlFieldNames()
        let first = ["HTTP/1.1 200 OK", "ETag: \"1\"", "x-ms-meta-A: a", "x-ms-meta-a: b", ""]
        for lines in [first, first, [first[0], first[2], first[1], first[3], ""], first] {
            let head = try #require(parse(lines, names))
            #expect(
                head.headerFields.map { "\($0.name.rawName): \($0.value)" } == lines.dropFirst().dropLast())
        }
        // More names than are kept.
        let many = (0..<200).map { "x-ms-meta-\($0): \($0)" }
        for _ in 0..<2 {
            let head = try #require(parse(["HTTP/1.1 200 OK"] + many + [""], names))
            #expect(head.headerFields.map { "\($0.name.rawName): \($0.value)" } == many)
        }
    }

    @Test("blanks around a value are not part of it, and what is no name is left out")
    func values() throws {
        let head = try #require(
            parse(
                ["HTTP/1.1 206 Partial", "a:1", "b: \t 2 3 \t", "c:", ": x", "d e: 4", "no field", ""], CurlFieldNames()
            ))
        #expect(head.status.code == 206)
        #expect(head.headerFields.map { "\($0.name.rawName)=\($0.value)" } == ["a=1", "b=2 3", "c="])
    }

    @Test("a request is its own, whatever the one before it was")
    func handlesAreUsedAgain() async throws {
        let (lines, line) = AsyncStream.makeStream(of: String.self)
        try await withLoopbackServer({ request, connection in
            line.yield(
                "\(request.requestLine.prefix { $0 != " " }) \(request.header("content-length")) "
                    + "\(request.header("x-ms-meta-a")) \(String(decoding: request.body, as: UTF8.self))")
            connection.answer(200)
            return .keepAlive
        }) { server in
            let transport = CurlTransport(options: CurlOptions(threads: 1))
            func send(_ method: HTTPRequest.Method, _ body: String? = nil, metadata: String? = nil) async throws {
                var request = HTTPRequest(method: method, scheme: "http", authority: server.authority, path: "/")
                request.headerFields[HTTPField.Name("x-ms-meta-a")!] = metadata
                let response = try await transport.send(request, body: body.map { HTTPBody($0) }, options: .init())
                _ = try await response.body.collect(upTo: 10)
            }
            try await send(.put, "first", metadata: "1")
            try await send(.get)
            try await send(.head, metadata: "2")
            try await send(.put, "se")
            try await send(.delete)
            try await send(.post)
            try await send(.head)
            try await send(.get, metadata: "3")
        }
        line.finish()
        var received: [String] = []
        for await line in lines { received.append(line) }
        let expected = [
            #"PUT ["5"] ["1"] first"#, "GET [] [] ", #"HEAD [] ["2"] "#, #"PUT ["2"] [] se"#, "DELETE [] [] ",
            #"POST ["0"] [] "#, "HEAD [] [] ", #"GET [] ["3"] "#,
        ]
        #expect(received == expected)
    }
}
#endif

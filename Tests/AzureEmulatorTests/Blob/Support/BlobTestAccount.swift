import AzureCore
import AzureCrypto
import AzureTesting
import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

/// A Blob service in the same process, and requests to it that are signed by hand: not by the package's clients.
struct BlobTestAccount: Sendable {
    static let name = "devstoreaccount1"
    static let key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
    static let wrongKey = "d3Jvbmcga2V5"

    /// What a request proves about its sender.
    enum Credentials: Sendable {
        case key
        case wrongKey
        case sas(String)
        case none
    }

    let clock: ManualClock
    let service: BlobEmulator
    /// The protocol that requests say they come by.
    var scheme = "http"

    init(
        clock: ManualClock = ManualClock(), deletionTime: Duration = .zero, retention: Duration = .zero,
        keepsVersions: Bool = false, tokens: Set<String> = [], spool: SpoolFile = SpoolFile()
    ) throws {
        self.clock = clock
        var service = try BlobEmulator(
            account: Self.name, key: Self.key, time: clock.timeSource, containerDeletionTime: deletionTime,
            containerRetention: retention, keepsVersions: keepsVersions, tokens: tokens)
        service.receiver = ContentReceiver(.spool(spool))
        self.service = service
    }

    /// Sends a request.
    ///
    /// - Parameters:
    ///   - path: What follows the account, percent-encoded.
    ///   - query: The query without its question mark.
    ///   - body: The body; without one there is no Content-Length.
    @discardableResult
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ query: String = "", _ headers: [(String, String)] = [],
        body: Data? = nil, as credentials: Credentials = .key
    ) async throws -> BlobTestAnswer {
        let stream = body.map { HTTPByteStream($0) }
        return try await send(
            method, path, query, headers, stream: stream, length: body.map { Int64($0.count) }, as: credentials)
    }

    /// Sends a request with a body that comes in chunks.
    @discardableResult
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ query: String = "", _ headers: [(String, String)] = [],
        stream: HTTPByteStream?, length: Int64?, as credentials: Credentials = .key
    ) async throws -> BlobTestAnswer {
        var query = query
        if case .sas(let token) = credentials { query += (query.isEmpty ? "" : "&") + token }
        var fields = HTTPFields(emulated: headers)
        if let length { fields[.contentLength] = String(length) }
        let version = try #require(HTTPField.Name("x-ms-version"))
        if fields[version] == nil { fields[version] = "2026-10-06" }
        var request = HTTPRequest(
            method: method, scheme: scheme, authority: "127.0.0.1:10000",
            path: "/\(Self.name)\(path)\(query.isEmpty ? "" : "?\(query)")", headerFields: fields)
        switch credentials {
        case .key: Self.sign(&request, key: Self.key, date: clock.timeSource.now())
        case .wrongKey: Self.sign(&request, key: Self.wrongKey, date: clock.timeSource.now())
        case .sas, .none: break
        }
        let response = await service.respond(to: request, body: stream ?? HTTPByteStream(Data()))
        return BlobTestAnswer(response)
    }

    /// Makes a container.
    func makeContainer(_ name: String = "box") async throws {
        let answer = try await send(.put, "/\(name)", "restype=container")
        #expect(answer.status == 201)
    }

    /// Makes a page blob without content.
    func makePages(
        _ path: String = "/box/disk", length: Int64 = 4096, _ headers: [(String, String)] = []
    ) async throws {
        let fields = [("x-ms-blob-type", "PageBlob"), ("x-ms-blob-content-length", String(length))] + headers
        let answer = try await send(.put, path, "", fields, body: Data())
        #expect(answer.status == 201)
    }

    /// Makes an append blob without content.
    func makeLog(_ path: String = "/box/log") async throws {
        let answer = try await send(.put, path, "", [("x-ms-blob-type", "AppendBlob")], body: Data())
        #expect(answer.status == 201)
    }

    /// The address of a blob, as the source of a copy.
    static func url(_ path: String) -> String { "http://127.0.0.1:10000/\(name)\(path)" }

    /// Makes a block blob.
    @discardableResult
    func makeBlob(
        _ path: String = "/box/thing", _ content: Data = Data("0123456789".utf8), _ headers: [(String, String)] = []
    ) async throws -> BlobTestAnswer {
        let answer = try await send(.put, path, "", [("x-ms-blob-type", "BlockBlob")] + headers, body: content)
        #expect(answer.status == 201)
        return answer
    }

    /// Signs a request by the documented rules.
    static func sign(_ request: inout HTTPRequest, key: String, date: Date) {
        func value(_ name: String) -> String { HTTPField.Name(name).flatMap { request.headerFields[$0] } ?? "" }
        if value("x-ms-date").isEmpty, let name = HTTPField.Name("x-ms-date") {
            request.headerFields[name] = RFC1123Date.format(date)
        }
        let standard = [
            "Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "",
            "If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range",
        ].map { name in name.isEmpty || (name == "Content-Length" && value(name) == "0") ? "" : value(name) }
        let own = Dictionary(
            grouping: request.headerFields.filter { $0.name.canonicalName.hasPrefix("x-ms-") },
            by: \.name.canonicalName
        ).sorted { $0.key < $1.key }.map { "\($0.key):\($0.value.map(\.value).joined(separator: ","))" }
        let parts = (request.path ?? "").split(separator: "?", maxSplits: 1)
        let query = (parts.count == 2 ? parts[1] : "").split(separator: "&").map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1)
            return (halves[0].lowercased(), halves.count == 2 ? halves[1].removingPercentEncoding ?? "" : "")
        }.sorted { $0.0 < $1.0 }.map { "\n\($0.0):\($0.1)" }.joined()
        let text =
            ([request.method.rawValue] + standard + own).joined(separator: "\n") + "\n/\(name)\(parts[0])" + query
        request.headerFields[.authorization] = "SharedKey \(name):\(signature(text, key: key))"
    }

    /// The signature of a text.
    static func signature(_ text: String, key: String = key) -> String {
        let hmac = HMACSHA256(key: Data(base64Encoded: key) ?? Data())
        return Data(hmac.authenticationCode(for: text.utf8)).base64EncodedString()
    }
}

/// An answer with its body in memory.
struct BlobTestAnswer: Sendable {
    let status: Int
    let fields: HTTPFields
    private let bodyStream: HTTPResponseBody

    init(_ response: HTTPTransportResponse) {
        status = response.head.status.code
        fields = response.head.headerFields
        bodyStream = response.body
    }

    /// The body; it can be read once.
    var body: HTTPResponseBody { bodyStream }

    /// The body as bytes; it can be read once.
    func data() async throws -> Data { try await bodyStream.collect(upTo: 64 * 1024 * 1024) }

    /// The body as text; it can be read once.
    func text() async throws -> String { String(decoding: try await data(), as: UTF8.self) }

    /// The body as XML; it can be read once.
    func xml() async throws -> XMLTree { try #require(XMLTree(parsing: try await data())) }

    /// The error code; nil when there is none.
    var code: String? { self["x-ms-error-code"] }

    subscript(name: String) -> String? { HTTPField.Name(name).flatMap { fields[$0] } }

    /// Status and code, such as `404 BlobNotFound`.
    var outcome: String { code.map { "\(status) \($0)" } ?? "\(status)" }
}

extension ContentReceiver {
    /// The file that ends with the process.
    var spool: SpoolFile {
        get throws {
            guard case .spool(let spool) = place else { throw SpoolMissing() }
            return spool
        }
    }

    private struct SpoolMissing: Error {}
}

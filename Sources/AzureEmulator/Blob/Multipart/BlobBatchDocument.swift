import AzureCore
import Foundation
import HTTPTypes

/// The `multipart/mixed` body of a batch, taken apart.
struct BlobBatchDocument: Sendable {
    /// One request of a batch.
    struct Part: Sendable {
        /// What the answer to it is called; nil when it has no name.
        let id: String?
        let request: HTTPRequest
    }

    /// The most requests of one batch.
    static let maxParts = 256

    let parts: [Part]

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - contentType: The type of the body, which names the boundary.
    ///   - outer: The request that has the body; its parts go to the same host.
    init(_ body: Data, contentType: String?, outer: HTTPRequest) throws {
        guard let boundary = Self.boundary(contentType) else {
            throw BlobServiceError.invalidHeader("Content-Type", contentType ?? "")
        }
        var lines = Self.lines(of: body)[...]
        let open = "--\(boundary)"
        let close = "\(open)--"
        lines = lines.drop { $0 != open }
        var parts: [Part] = []
        while lines.first == open {
            let content = lines.dropFirst().prefix { $0 != open && $0 != close }
            parts.append(try Self.part(content, outer))
            guard parts.count <= Self.maxParts else {
                throw BlobServiceError(
                    400, "ExceedsMaxBatchRequestCount", "The batch has more than \(Self.maxParts) requests.")
            }
            lines = lines.dropFirst(content.count + 1)
        }
        guard lines.first == close, !parts.isEmpty else {
            throw BlobServiceError.invalidBatch("It has no request, or does not end.")
        }
        self.parts = parts
    }

    private static func boundary(_ contentType: String?) -> String? {
        let items = (contentType ?? "").split(separator: ";").map { $0.drop { $0 == " " } }
        guard items.first?.lowercased() == "multipart/mixed",
            let item = items.first(where: { $0.lowercased().hasPrefix("boundary=") })
        else { return nil }
        let value = item.dropFirst("boundary=".count).filter { $0 != "\"" }
        return (1...70).contains(value.utf8.count) ? value : nil
    }

    private static func lines(of body: Data) -> [String] {
        body.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }
    }

    private static func part(_ lines: ArraySlice<String>, _ outer: HTTPRequest) throws -> Part {
        let head = lines.prefix { !$0.isEmpty }
        let fields = try self.fields(head)
        guard value("content-type", in: fields)?.lowercased().hasPrefix("application/http") == true else {
            throw BlobServiceError.invalidBatch("A part is not of the type application/http.")
        }
        let inner = lines.dropFirst(head.count).drop { $0.isEmpty }
        let words = (inner.first ?? "").split(separator: " ")
        guard words.count == 3, words[2].hasPrefix("HTTP/1."), let method = HTTPRequest.Method(String(words[0])),
            let path = path(words[1])
        else { throw BlobServiceError.invalidBatch("A part does not begin with the line of a request.") }
        let own = try self.fields(inner.dropFirst().prefix { !$0.isEmpty })
        return Part(
            id: value("content-id", in: fields),
            request: HTTPRequest(
                method: method, scheme: outer.scheme, authority: outer.authority, path: path,
                headerFields: HTTPFields(emulated: own)))
    }

    /// The path and the query of a target, which may be a whole address.
    private static func path(_ target: Substring) -> String? {
        if target.hasPrefix("/") { return String(target) }
        guard let host = target.range(of: "://")?.upperBound else { return nil }
        return String(target[host...].drop { $0 != "/" })
    }

    private static func fields(_ lines: some Sequence<String>) throws -> [(String, String)] {
        try lines.map { line in
            guard let colon = line.firstIndex(of: ":") else {
                throw BlobServiceError.invalidBatch("A line of a part is no header field.")
            }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (String(line[..<colon]), String(value))
        }
    }

    private static func value(_ name: String, in fields: [(String, String)]) -> String? {
        fields.first { $0.0.lowercased() == name }?.1
    }
}

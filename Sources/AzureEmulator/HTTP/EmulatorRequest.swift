package import AzureCore
package import HTTPTypes

package import struct Foundation.Data

/// A request, taken apart the way a service looks at it.
package struct EmulatorRequest: Sendable {
    /// The request as it was sent.
    package let head: HTTPRequest
    /// The bytes of the body, which can be read once.
    package let body: HTTPByteStream
    /// The path as it was sent, percent-encoded, without the query.
    package let rawPath: String
    /// The query as it was sent, without the question mark; empty when there is none.
    package let rawQuery: String
    /// The parts of the path between its slashes, each percent-decoded. `/a/b%2Fc` has `a` and `b/c`.
    package let segments: [String]
    /// The names and values of the query, in the order in which they were sent.
    package let query: EmulatorQuery

    /// Takes a request apart.
    ///
    /// - Returns: Nil when the path or the query is not UTF-8 after decoding, when the path has no slash at its start, or a
    ///   NUL, which the HTTP server of the services lets no path have.
    package init?(_ head: HTTPRequest, body: HTTPByteStream = HTTPByteStream(Data())) {
        let target = head.path ?? ""
        let rawPath = target.prefix { $0 != "?" }
        guard rawPath.hasPrefix("/") else { return nil }
        let rawQuery = target.dropFirst(rawPath.count).dropFirst()
        var segments: [String] = []
        for segment in rawPath.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let decoded = PercentEncoding.decode(segment), !decoded.utf8.contains(0) else { return nil }
            segments.append(decoded)
        }
        guard let query = EmulatorQuery(rawQuery) else { return nil }
        self.head = head
        self.body = body
        self.rawPath = String(rawPath)
        self.rawQuery = String(rawQuery)
        self.segments = segments
        self.query = query
    }

    /// The method.
    package var method: HTTPRequest.Method { head.method }

    /// The address that the client has of the service, without a slash at its end: another one may not lead here from where
    /// the client is. Nil when the request has no host.
    package var origin: String? {
        guard let authority = head.authority, !authority.isEmpty else { return nil }
        return "\(head.scheme ?? "http")://\(authority)"
    }

    /// The first value of a header field, whatever the case of its name; nil when it is not there.
    package func header(_ name: String) -> String? {
        guard let name = HTTPField.Name(name) else { return nil }
        return head.headerFields[values: name].first
    }

    /// The announced length of the body; nil when there is none, or it is no number.
    package var contentLength: Int64? {
        header("Content-Length").flatMap { Int64($0) }.flatMap { $0 < 0 ? nil : $0 }
    }

    /// Reads the whole body into memory.
    ///
    /// - Parameter limit: The most bytes to accept.
    /// - Returns: Nil when there are more.
    package func collectBody(upTo limit: Int) async throws -> Data? {
        if let contentLength, contentLength > Int64(limit) { return nil }
        var data = Data()
        for try await chunk in body {
            guard data.count + chunk.count <= limit else { return nil }
            data.append(chunk)
        }
        return data
    }
}

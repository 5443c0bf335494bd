public import HTTPTypes

public import struct Foundation.URL

/// The base address of a client's requests: scheme, host and port, and a base path.
public struct AzureEndpoint: Sendable, Hashable, CustomStringConvertible {
    /// `https` or `http`.
    public let scheme: String
    /// Host and, if given, port, such as `127.0.0.1:10000`.
    public let authority: String
    /// The base path, percent-encoded, without a trailing slash; usually empty.
    public let basePath: String
    /// The address as a URL.
    public let url: URL

    /// Reads an address such as `https://account.blob.core.windows.net`.
    ///
    /// - Parameter url: An absolute `https` or `http` URL without user, query and fragment.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidArgument`` when it is anything else.
    public init(_ url: String) throws {
        func fail(_ reason: String) -> AzureError {
            // What is no URL may be a connection string that got into the wrong place.
            .invalidArgument("The endpoint '\(Redactor.text(Redactor.url(url)))' \(reason).")
        }
        guard let separator = url.range(of: "://") else { throw fail("has no scheme; write https://…") }
        let scheme = url[..<separator.lowerBound].lowercased()
        guard ["http", "https"].contains(scheme) else { throw fail("is neither https nor http") }
        let rest = url[separator.upperBound...]
        guard !rest.contains("?"), !rest.contains("#") else { throw fail("must not have a query or a fragment") }
        let authority = rest.prefix { $0 != "/" }
        guard !authority.isEmpty, !authority.hasPrefix(":") else { throw fail("has no host") }
        guard !authority.contains("@") else { throw fail("must not have a user") }
        guard authority.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"<>\"{}|\\^`=&;,!'()$*+".utf8.contains($0) })
        else {
            throw fail("has characters that no host name has")
        }
        var path = rest[authority.endIndex...]
        while path.hasSuffix("/") { path.removeLast() }
        guard path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw fail("has a path that is not encoded") }
        let text = "\(scheme)://\(authority.lowercased())\(path)"
        guard let address = URL(string: text, encodingInvalidCharacters: false) else { throw fail("is not a URL") }
        self.scheme = scheme
        self.authority = authority.lowercased()
        basePath = String(path)
        self.url = address
    }

    /// Reads an address such as `https://account.blob.core.windows.net`.
    ///
    /// - Parameter url: An absolute `https` or `http` URL without user, query and fragment.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidArgument`` when it is anything else.
    public init(_ url: URL) throws {
        try self.init(url.absoluteString)
    }

    /// The host without the port; an IPv6 address keeps its brackets.
    public var host: String {
        guard let colon = authority.lastIndex(of: ":"), authority[colon...].dropFirst().allSatisfy(\.isNumber) else {
            return authority
        }
        return String(authority[..<colon])
    }

    public var description: String { "\(scheme)://\(authority)\(basePath)" }

    /// The URL of something below this endpoint.
    ///
    /// - Parameter rest: Path and query, percent-encoded, with a slash at the start.
    package func url(of rest: String) -> URL {
        // A URL followed by encoded text is always a URL.
        URL(string: description + rest, encodingInvalidCharacters: false) ?? url
    }

    /// Makes a request to a path below this endpoint.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - path: The path, percent-encoded, with a slash at its start, or empty.
    ///   - query: Names and values, which are encoded here; the order is kept.
    ///   - headers: The header fields.
    public func request(
        _ method: HTTPRequest.Method, path: String, query: [(name: String, value: String)] = [],
        headers: HTTPFields = [:]
    ) -> HTTPRequest {
        var target = basePath + path
        if target.isEmpty { target = "/" }
        if !query.isEmpty {
            target += "?"
            target += query.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
                .joined(separator: "&")
        }
        return HTTPRequest(
            method: method, scheme: scheme, authority: authority, path: target, headerFields: headers)
    }
}

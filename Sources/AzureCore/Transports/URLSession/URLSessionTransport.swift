import Foundation
public import HTTPTypes

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// A transport on URLSession, on Linux that of FoundationNetworking.
///
/// It holds bodies in memory while they travel, so callers ask for bounded ranges and send bounded blocks; the
/// clients of this package do. Its engine decodes compressed content unasked, which is reported in
/// ``HTTPResponseBody/isDecoded``. It changes the case of header names on Linux: names of answers are in lower case
/// here, so metadata names are best written in lower case. Redirects are refused, cookies and caches are off.
public struct URLSessionTransport: HTTPTransport {
    /// The most bytes of a request body that this transport takes into memory: 256 MiB.
    public static let maxBufferedBody = 256 * 1024 * 1024

    /// The most bytes of an answer that wait for whoever reads it, unless told otherwise: 64 MiB.
    public static let defaultMaxUnreadBytes = 64 * 1024 * 1024

    private let session: URLSession
    private let router: URLSessionTaskRouter
    private let maxUnreadBytes: Int

    /// Creates a transport with connections of its own.
    ///
    /// Make few, and keep them: the session under it stays for as long as the process runs. FoundationNetworking is not
    /// safe to end a session whose last tasks have just come to their end.
    ///
    /// - Parameters:
    ///   - maxConnectionsPerHost: The most connections to one host. The default is 32.
    ///   - maxUnreadBytes: How many bytes of an answer may wait for whoever reads it. This engine cannot hold a server
    ///     back, so that an answer with more of them fails. The default is ``defaultMaxUnreadBytes``.
    public init(
        maxConnectionsPerHost: Int = 32, maxUnreadBytes: Int = URLSessionTransport.defaultMaxUnreadBytes
    ) {
        self.maxUnreadBytes = maxUnreadBytes
        let configuration = URLSessionConfiguration.ephemeral
        // More than a process can have sockets is as good as no limit.
        configuration.httpMaximumConnectionsPerHost = min(max(1, maxConnectionsPerHost), 65_536)
        configuration.httpCookieAcceptPolicy = .never
        configuration.httpShouldSetCookies = false
        configuration.httpCookieStorage = nil
        configuration.urlCache = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        configuration.urlCredentialStorage = nil
        configuration.timeoutIntervalForResource = 7 * 24 * 3600
        router = URLSessionTaskRouter()
        session = URLSession(configuration: configuration, delegate: router, delegateQueue: nil)
    }

    /// Nothing beyond plain requests.
    public var capabilities: HTTPTransportCapabilities { [] }

    public func send(
        _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
    ) async throws -> HTTPTransportResponse {
        var urlRequest = try Self.urlRequest(for: request, options: options)
        if let body {
            try await Self.attach(body, to: &urlRequest)
        } else if [.put, .post, .patch].contains(request.method) {
            // An empty body makes the engine send Content-Length: 0.
            urlRequest.httpBody = Data()
        }
        let task = session.dataTask(with: urlRequest)
        let exchange = URLSessionExchange(
            host: urlRequest.url?.host ?? "", method: request.method, idleTimeout: options.idleTimeout,
            maxUnread: maxUnreadBytes)
        router.add(exchange, for: task)
        return try await withTaskCancellationHandler {
            try await exchange.response(starting: task)
        } onCancel: {
            router.cancel(task)
        }
    }

    private static func urlRequest(for request: HTTPRequest, options: HTTPTransportOptions) throws -> URLRequest {
        let path = request.path ?? "/"
        let address = "\(request.scheme ?? "https")://\(request.authority ?? "")\(path)"
        let segments = path.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
        guard !segments.contains(where: { [".", ".."].contains(PercentEncoding.decode($0) ?? "") }) else {
            throw HTTPTransportError(
                .unsupported,
                "URLSession removes '.' and '..' from paths, so the request for '\(Redactor.resource(address))' "
                    + "would reach something else. Avoid names with such segments, or use another transport.")
        }
        guard let url = URL(string: address), url.host != nil else {
            throw HTTPTransportError(.unsupported, "'\(Redactor.resource(address))' is no URL.")
        }
        var result = URLRequest(url: url)
        result.httpMethod = request.method.rawValue
        result.timeoutInterval = timeoutInterval(for: options.idleTimeout)
        result.httpShouldHandleCookies = false
        for field in request.headerFields where field.name != .contentLength {
            result.addValue(field.value, forHTTPHeaderField: field.name.rawName)
        }
        return result
    }

    /// The engine on Linux counts whole seconds, takes none for a millisecond, and ends the process where there are too
    /// many of them for its arithmetic. A week is as good as no limit.
    static func timeoutInterval(for limit: Duration) -> Double {
        min(max(1, limit.seconds.rounded(.up)), 7 * 86_400)
    }

    /// Gives the request its body. Only bytes in memory have a `Content-Length` with this engine.
    private static func attach(_ body: HTTPBody, to request: inout URLRequest) async throws {
        if let length = body.length, length > Int64(maxBufferedBody) {
            throw HTTPTransportError(
                .unsupported,
                "URLSession cannot stream a body of \(length) bytes with its length; it takes at most "
                    + "\(maxBufferedBody) bytes. Send blocks, or use another transport.")
        }
        request.httpBody = try await body.collect(upTo: maxBufferedBody)
    }
}

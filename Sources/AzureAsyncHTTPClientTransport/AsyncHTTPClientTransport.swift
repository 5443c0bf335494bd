#if AsyncHTTPClient
public import AsyncHTTPClient
public import AzureCore
public import HTTPTypes
import NIOCore
import NIOHTTP1

/// A transport on AsyncHTTPClient, for programs that have an `HTTPClient` already.
///
/// ```swift
/// let client = HTTPClient(configuration: AsyncHTTPClientTransport.configuration)
/// let options = PipelineOptions(transport: AsyncHTTPClientTransport(client))
/// …
/// try await client.shutdown()
/// ```
///
/// The client is the caller's, and so are its limits and its shutdown. It must not follow redirects, which its own
/// default does, and must not decompress: take ``configuration``, or set both in yours. An answer to a redirected request is
/// refused, and so is a body that is not as long as it was announced. Bodies are streamed in both directions with
/// back-pressure. Time that a request waits for a free connection counts as silence.
///
/// Needs the package trait `AsyncHTTPClient`.
public struct AsyncHTTPClientTransport: HTTPTransport {
    private let client: HTTPClient

    /// Sends through a client.
    ///
    /// - Parameter client: A client made with ``configuration``, or with one that neither follows redirects nor
    ///   decompresses. It has to be shut down by whoever made it, after the last request.
    public init(_ client: HTTPClient) {
        self.client = client
    }

    /// How a client for this transport is made: no redirects, no decompression, 64 connections to a host, large receive
    /// buffers, an error at once when no connection comes about, and one for an answer that would end the process in
    /// AsyncHTTPClient.
    public static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow, decompression: .disabled)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.submit { try AnswerGuard.watch(channel) }.flatMap {
                channel.setOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 256 * 1024))
            }
        }
        return configuration
    }

    public func send(
        _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
    ) async throws -> HTTPTransportResponse {
        try Task.checkCancellation()
        let host = request.authority ?? ""
        let watch = IdleWatch(limit: options.idleTimeout, host: host)
        let sender = body.map { RequestBody($0, watch: watch) }
        let message = try Self.message(for: request, sender)
        let response: HTTPClientResponse
        do {
            response = try await watch.limiting { [client] in
                try await client.execute(message, deadline: .distantFuture)
            }
        } catch {
            // What the caller's stream threw is the reason, not what came of it.
            if let failure = sender?.failure { throw failure }
            throw AsyncHTTPClientFailure.error(error, host: host)
        }
        guard response.history.count <= 1 else {
            throw HTTPTransportError(
                .unsupported,
                "The HTTPClient followed a redirect of '\(host)'. Make it with AsyncHTTPClientTransport.configuration, "
                    + "or with redirects disallowed.",
                requestWasNotSent: false)
        }
        return try Self.response(response, to: request.method, watch)
    }

    private static func message(for request: HTTPRequest, _ body: RequestBody?) throws -> HTTPClientRequest {
        let scheme = request.scheme?.lowercased() ?? "https"
        guard ["http", "https"].contains(scheme), let authority = request.authority, !authority.isEmpty else {
            throw HTTPTransportError(.unsupported, "A request needs an authority, and http or https.")
        }
        var message = HTTPClientRequest(url: "\(scheme)://\(authority)\(request.path ?? "/")")
        message.method = HTTPMethod(rawValue: request.method.rawValue)
        // The engine writes the length itself.
        for field in request.headerFields where field.name != .contentLength {
            message.headers.add(name: field.name.rawName, value: field.value)
        }
        message.body = body?.message
        return message
    }

    private static func response(
        _ response: HTTPClientResponse, to method: HTTPRequest.Method, _ watch: IdleWatch
    ) throws -> HTTPTransportResponse {
        var fields = HTTPFields()
        for (name, value) in response.headers {
            guard let name = HTTPField.Name(name) else { continue }
            fields.append(HTTPField(name: name, value: value))
        }
        guard (100...999).contains(response.status.code) else {
            throw HTTPTransportError(
                .invalidResponse, "What '\(watch.host)' sent is no HTTP answer: its status is none.")
        }
        let head = HTTPResponse(status: .init(code: Int(response.status.code)), headerFields: fields)
        let length = head.announcedBodyLength(for: method)
        let reader = AnswerReader(response.body, length: length, watch: watch)
        return HTTPTransportResponse(
            head: head,
            body: HTTPResponseBody(HTTPByteStream(unfolding: { { try await reader.next() } }), length: length))
    }
}
#endif

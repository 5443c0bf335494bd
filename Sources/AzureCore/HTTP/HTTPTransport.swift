public import HTTPTypes

/// A transport sends requests; it is the seam between this package and the network.
///
/// A transport never retries, follows no redirect, sends header fields as they are, and stops as soon as its task is
/// cancelled, by throwing `CancellationError`. Every other failure is an ``HTTPTransportError``, which says whether the
/// request can have reached the service. A transport declares what it supports in ``capabilities``.
///
/// The request's path goes out exactly as given, percent-encoding included.
public protocol HTTPTransport: Sendable {
    /// Sends one request and returns as soon as the head of the answer is there.
    ///
    /// - Parameters:
    ///   - request: Method, scheme, authority, path and header fields.
    ///   - body: The body. Nil means none; the transport then sends `Content-Length: 0` where the method calls for it.
    ///   - options: Limits of this request.
    func send(
        _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
    ) async throws -> HTTPTransportResponse

    /// What this transport can do beyond plain requests. The default is all of it.
    var capabilities: HTTPTransportCapabilities { get }
}

extension HTTPTransport {
    /// All capabilities.
    public var capabilities: HTTPTransportCapabilities { .all }
}

/// The limits of one request.
public struct HTTPTransportOptions: Sendable, Hashable {
    /// The time without any data after which the request fails with ``HTTPTransportError/Kind/timedOut``. The default
    /// is 60 seconds.
    public var idleTimeout: Duration

    /// Creates options.
    public init(idleTimeout: Duration = .seconds(60)) {
        self.idleTimeout = idleTimeout
    }
}

/// The answer to a request: its head, and a body that can be read once.
public struct HTTPTransportResponse: Sendable {
    /// Status and header fields.
    public var head: HTTPResponse
    /// The body.
    public var body: HTTPResponseBody
    /// Whether an earlier try of the same call ended without it being known whether the service acted, as when the
    /// connection broke. An answer such as "exists already" may then be about what that try did. Set by
    /// the pipeline; a transport leaves it false.
    public internal(set) var earlierTryMayHaveActed = false
    /// How many times the call was tried until this answer came. Set by the pipeline.
    package internal(set) var tries = 1

    /// Creates an answer.
    public init(head: HTTPResponse, body: HTTPResponseBody = .empty) {
        self.head = head
        self.body = body
    }
}

/// The capabilities of a transport.
public struct HTTPTransportCapabilities: OptionSet, Sendable, Hashable {
    public let rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// Request bodies are streamed with back-pressure instead of being held in memory.
    public static let streamsRequestBodies = HTTPTransportCapabilities(rawValue: 1 << 0)
    /// Response bodies are streamed with back-pressure instead of being held in memory.
    public static let streamsResponseBodies = HTTPTransportCapabilities(rawValue: 1 << 1)
    /// Bodies arrive as the service sent them, also with a `Content-Encoding`.
    public static let keepsContentEncoding = HTTPTransportCapabilities(rawValue: 1 << 2)
    /// The spelling of header names is kept in both directions.
    public static let keepsHeaderNames = HTTPTransportCapabilities(rawValue: 1 << 3)

    /// Every capability.
    public static let all: HTTPTransportCapabilities = [
        .streamsRequestBodies, .streamsResponseBodies, .keepsContentEncoding, .keepsHeaderNames,
    ]
}

/// A transport made from a function, for tests and adapters.
public struct ClosureTransport: HTTPTransport {
    /// The function that sends.
    public typealias Send =
        @Sendable (HTTPRequest, HTTPBody?, HTTPTransportOptions) async throws -> HTTPTransportResponse

    public let capabilities: HTTPTransportCapabilities
    private let handler: Send

    /// Creates a transport.
    public init(capabilities: HTTPTransportCapabilities = .all, _ send: @escaping Send) {
        self.capabilities = capabilities
        handler = send
    }

    public func send(
        _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
    ) async throws -> HTTPTransportResponse {
        try await handler(request, body, options)
    }
}

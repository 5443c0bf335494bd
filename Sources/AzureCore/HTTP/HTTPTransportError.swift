/// An error of a transport.
public struct HTTPTransportError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure. More may be added.
    public struct Kind: Sendable, Hashable, CustomStringConvertible {
        private let name: String

        /// No connection was established: unknown host, refused, unreachable. The request was not sent.
        public static let cannotConnect = Kind(name: "cannot connect")
        /// The peer's certificate was not accepted, or TLS failed. The request was not sent.
        public static let insecure = Kind(name: "no trusted TLS connection")
        /// The connection broke after it had been established.
        public static let connectionLost = Kind(name: "connection lost")
        /// The request timed out.
        public static let timedOut = Kind(name: "timed out")
        /// What arrived is not HTTP, or shorter than announced.
        public static let invalidResponse = Kind(name: "invalid response")
        /// The transport cannot do what this request needs; the message names the remedy.
        public static let unsupported = Kind(name: "not supported by the transport")

        public var description: String { name }
    }

    /// The kind of failure.
    public var kind: Kind
    /// What happened, to which host, without secrets.
    public var message: String
    /// Whether it is certain that the request did not reach the service.
    public var requestWasNotSent: Bool
    /// The engine's own error.
    public var underlying: (any Error)?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - kind: The kind of failure.
    ///   - message: What happened, to which host, without secrets.
    ///   - requestWasNotSent: By default true for ``Kind/cannotConnect``, ``Kind/insecure`` and ``Kind/unsupported``,
    ///     and false for the others.
    ///   - underlying: The engine's own error.
    public init(_ kind: Kind, _ message: String, requestWasNotSent: Bool? = nil, underlying: (any Error)? = nil) {
        self.kind = kind
        self.message = message
        self.requestWasNotSent = requestWasNotSent ?? [.cannotConnect, .insecure, .unsupported].contains(kind)
        self.underlying = underlying
    }

    public var description: String { "\(kind): \(message)" }
}

extension HTTPTransportError {
    /// No TLS connection came about.
    ///
    /// - Parameters:
    ///   - host: The server.
    ///   - words: The engine's words; empty when it has none.
    ///   - cause: Why, where the engine says it otherwise than in words.
    ///   - authorities: How the transport is told of an authority to trust.
    ///   - underlying: The engine's own error.
    package static func insecure(
        host: String, words: String, cause: TLSFailure? = nil, authorities: String, underlying: (any Error)? = nil
    ) -> HTTPTransportError {
        let cause = cause ?? TLSFailure(words: words)
        return HTTPTransportError(
            .insecure, cause.message(host: host, words: words, authorities: authorities), underlying: underlying)
    }

    /// Nothing moved on a connection for too long.
    ///
    /// - Parameters:
    ///   - host: The server.
    ///   - limit: How long that may last.
    ///   - underlying: The engine's own error.
    package static func silence(
        host: String, limit: Duration, underlying: (any Error)? = nil
    ) -> HTTPTransportError {
        HTTPTransportError(
            .timedOut,
            "Nothing arrived from '\(host)' within \(limit.formattedSeconds), the limit of silence (idleTimeout).",
            underlying: underlying)
    }

    /// No connection came about.
    ///
    /// - Parameters:
    ///   - host: The server.
    ///   - words: The engine's words; empty when it has none.
    ///   - underlying: The engine's own error.
    package static func notConnected(
        host: String, words: String, underlying: (any Error)? = nil
    ) -> HTTPTransportError {
        let words = words.trimmingFullStops()
        return HTTPTransportError(
            .cannotConnect,
            "No connection to '\(host)' came about\(words.isEmpty ? "" : " (\(words))"). Check the endpoint and the network.",
            underlying: underlying)
    }
}

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
    ///   - reason: The engine's words; empty when it has none.
    ///   - underlying: The engine's own error.
    package static func insecure(
        host: String, reason: String, underlying: (any Error)? = nil
    ) -> HTTPTransportError {
        HTTPTransportError(
            .insecure,
            "No trusted TLS connection to '\(host)' came about\(reason.isEmpty ? "" : ": \(reason)"). Either nobody whom "
                + "this machine trusts vouches for the server's certificate, or what listens there does not speak TLS.",
            underlying: underlying)
    }
}

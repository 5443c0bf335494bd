#if Curl
public import HTTPTypes

/// A transport straight on libcurl, the engine underneath FoundationNetworking, without the parts of URLSession that
/// stand in the way on Linux: it streams in both directions with back-pressure, leaves contents encoded as they are
/// and header names spelled as they are.
///
/// A few threads (``CurlOptions/threads``) drive the sockets of a transport. They touch no file and run no code of the
/// caller's: request bodies are read by a task of their own, answers are read by whoever asked. TLS certificates are
/// always verified.
///
/// Needs the package trait `Curl` and libcurl (libcurl4-openssl-dev on Debian and Ubuntu).
public struct CurlTransport: HTTPTransport {
    private let engines: CurlEngines
    private let options: CurlOptions

    /// Creates a transport with connections of its own, which are closed when its last copy goes away.
    public init(options: CurlOptions = CurlOptions()) {
        self.options = options
        engines = CurlEngines(options: options)
    }

    public func send(
        _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
    ) async throws -> HTTPTransportResponse {
        try Task.checkCancellation()
        let exchange = try CurlExchange(
            request: request, body: body, idleTimeout: options.idleTimeout, options: self.options, engines: engines)
        return try await withTaskCancellationHandler {
            try await exchange.response()
        } onCancel: {
            exchange.cancel()
        }
    }
}
#endif

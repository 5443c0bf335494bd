#if Curl
import CCurl

/// What libcurl's results mean to this package.
enum CurlFailure {
    /// - Parameters:
    ///   - code: What libcurl ended with.
    ///   - host: The server.
    ///   - hasStarted: Whether the request was let into a connection. Whatever happens then, such as a second connection
    ///     that does not come about after the first has died, the service may have acted.
    static func error(_ code: CURLcode, host: String, hasStarted: Bool) -> HTTPTransportError {
        let reason = curl_easy_strerror(code).map { String(cString: $0) } ?? "libcurl error \(code.rawValue)"
        switch code {
        case CURLE_OPERATION_TIMEDOUT where hasStarted:
            return HTTPTransportError(.timedOut, "Nothing arrived from '\(host)' within the time limit.")
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_HTTP2, CURLE_WRITE_ERROR,
            CURLE_BAD_CONTENT_ENCODING:
            return HTTPTransportError(.invalidResponse, "What '\(host)' sent is no HTTP answer: \(reason).")
        case _ where hasStarted:
            return HTTPTransportError(.connectionLost, "The connection to '\(host)' broke: \(reason).")
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_OUT_OF_MEMORY,
            CURLE_OPERATION_TIMEDOUT:
            return notConnected(host, reason)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_NOTFOUND,
            CURLE_SSL_INVALIDCERTSTATUS:
            return .insecure(host: host, reason: reason)
        default:
            return HTTPTransportError(.connectionLost, "The connection to '\(host)' broke: \(reason).")
        }
    }

    private static func notConnected(_ host: String, _ reason: String) -> HTTPTransportError {
        HTTPTransportError(
            .cannotConnect,
            "No connection to '\(host)' came about: \(reason). Check the endpoint and the network.")
    }
}

#endif

#if Curl
import CCurl

/// What libcurl's results mean to this package.
struct CurlFailure {
    /// The server.
    let host: String
    /// Whether the request was let into a connection. Whatever happens then, such as a second connection that does not
    /// come about after the first has died, the service may have acted.
    let hasStarted: Bool
    /// What libcurl says beyond its result; empty when that is nothing.
    let words: String
    let idleTimeout: Duration
    let connectTimeout: Duration

    /// - Parameter code: What libcurl ended with.
    func error(_ code: CURLcode) -> HTTPTransportError {
        let reason = curl_easy_strerror(code).map { String(cString: $0) } ?? "libcurl error \(code.rawValue)"
        switch code {
        case CURLE_OPERATION_TIMEDOUT where hasStarted:
            return .silence(host: host, limit: idleTimeout)
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_HTTP2, CURLE_WRITE_ERROR,
            CURLE_BAD_CONTENT_ENCODING:
            return HTTPTransportError(.invalidResponse, "What '\(host)' sent is no HTTP answer: \(reason).")
        case _ where hasStarted:
            return HTTPTransportError(.connectionLost, "The connection to '\(host)' broke: \(reason).")
        case CURLE_COULDNT_RESOLVE_HOST:
            return .notConnected(host: host, words: "the host is not known")
        case CURLE_OPERATION_TIMEDOUT:
            return .notConnected(
                host: host,
                words: "not within \(connectTimeout.formattedSeconds), the limit of CurlOptions.connectTimeout")
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_OUT_OF_MEMORY:
            return .notConnected(host: host, words: reason)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_NOTFOUND,
            CURLE_SSL_INVALIDCERTSTATUS:
            return .insecure(
                host: host, words: words.isEmpty ? reason : words,
                authorities: "CurlOptions.certificateAuthoritiesFile, or SSL_CERT_FILE in the environment")
        default:
            return HTTPTransportError(.connectionLost, "The connection to '\(host)' broke: \(reason).")
        }
    }
}
#endif

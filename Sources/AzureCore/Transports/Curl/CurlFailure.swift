#if Curl
import CCurl

/// What libcurl's results mean to this package.
enum CurlFailure {
    static func error(_ code: CURLcode, host: String, wasConnected: Bool) -> HTTPTransportError {
        let reason = curl_easy_strerror(code).map { String(cString: $0) } ?? "libcurl error \(code.rawValue)"
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_OUT_OF_MEMORY:
            return notConnected(host, reason)
        case CURLE_OPERATION_TIMEDOUT where !wasConnected:
            return notConnected(host, reason)
        case CURLE_OPERATION_TIMEDOUT:
            return HTTPTransportError(.timedOut, "Nothing arrived from '\(host)' within the time limit.")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_NOTFOUND,
            CURLE_SSL_INVALIDCERTSTATUS:
            return HTTPTransportError(
                .insecure, "No trusted TLS connection to '\(host)' came about: \(reason).")
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_HTTP2, CURLE_WRITE_ERROR,
            CURLE_BAD_CONTENT_ENCODING:
            return HTTPTransportError(.invalidResponse, "What '\(host)' sent is no HTTP answer: \(reason).")
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

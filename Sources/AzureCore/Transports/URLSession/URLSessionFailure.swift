import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What the errors of URLSession mean to this package.
enum URLSessionFailure {
    /// - Parameters:
    ///   - error: What the engine ended with.
    ///   - host: The server.
    ///   - idleTimeout: How long nothing was allowed to move.
    static func error(_ error: any Error, host: String, idleTimeout: Duration) -> any Error {
        let words = Redactor.text((error as NSError).localizedDescription).trimmingFullStops()
        guard let code = (error as? URLError)?.code else {
            return HTTPTransportError(.connectionLost, "The connection to '\(host)' failed: \(words).")
        }
        // The engine's own error has the whole URL, and with it a signature if there is one.
        let underlying = URLError(code)
        switch code {
        case .cancelled: return CancellationError()
        case .cannotFindHost, .dnsLookupFailed:
            return HTTPTransportError.notConnected(
                host: host, words: "the host is not known", underlying: underlying)
        case .cannotConnectToHost, .notConnectedToInternet:
            return HTTPTransportError.notConnected(host: host, words: words, underlying: underlying)
        case .timedOut:
            return HTTPTransportError.silence(host: host, limit: idleTimeout, underlying: underlying)
        case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid, .clientCertificateRejected,
            .clientCertificateRequired:
            return insecure(host, words, cause: cause(of: code), underlying)
        case .badServerResponse:
            // The engine on Linux says so when the connection ended before an answer began.
            return HTTPTransportError(
                .connectionLost, "The connection to '\(host)' ended without a whole answer.", underlying: underlying)
        case .cannotParseResponse:
            return HTTPTransportError(
                .invalidResponse, "What '\(host)' sent is no HTTP answer.", underlying: underlying)
        default:
            return meansHandshake(words)
                ? insecure(host, words, cause: nil, underlying)
                : HTTPTransportError(
                    .connectionLost, "The connection to '\(host)' broke: \(words).", underlying: underlying)
        }
    }

    private static func insecure(
        _ host: String, _ words: String, cause: TLSFailure?, _ underlying: URLError
    ) -> HTTPTransportError {
        .insecure(
            host: host, words: words, cause: cause,
            authorities: "to those of the system, or, with CurlTransport, in CurlOptions.certificateAuthoritiesFile",
            underlying: underlying)
    }

    /// Why, where the engine has a code for it, as on macOS; nil where only its words tell.
    private static func cause(of code: URLError.Code) -> TLSFailure? {
        switch code {
        case .serverCertificateHasBadDate: .expired
        case .serverCertificateNotYetValid: .notYetValid
        case .serverCertificateHasUnknownRoot: .unknownAuthority
        default: nil
        }
    }

    /// Whether words are about a TLS connection that did not come about. The engine on Linux has no code for that, only
    /// the words of libcurl. Those about reading and writing are about one that did.
    static func meansHandshake(_ reason: String) -> Bool {
        let isUnderWay = ["SSL_read", "SSL_write", "SSL_shutdown", "SSL read", "SSL write"].contains {
            reason.contains($0)
        }
        return !isUnderWay && ["certificate", "SSL", "TLS"].contains { reason.contains($0) }
    }
}

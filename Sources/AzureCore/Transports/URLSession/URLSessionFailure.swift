import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What the errors of URLSession mean to this package.
enum URLSessionFailure {
    static func error(_ error: any Error, host: String) -> any Error {
        guard let code = (error as? URLError)?.code else {
            return HTTPTransportError(
                .connectionLost,
                "The connection to '\(host)' failed: \(Redactor.text(error.localizedDescription)).")
        }
        // The engine's own error has the whole URL, and with it a signature if there is one.
        let underlying = URLError(code)
        switch code {
        case .cancelled: return CancellationError()
        case .cannotConnectToHost, .cannotFindHost, .dnsLookupFailed, .notConnectedToInternet:
            return HTTPTransportError(
                .cannotConnect, "No connection to '\(host)' came about. Check the endpoint and the network.",
                underlying: underlying)
        case .timedOut:
            return HTTPTransportError(
                .timedOut, "Nothing arrived from '\(host)' within the time limit.", underlying: underlying)
        case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid, .clientCertificateRejected,
            .clientCertificateRequired:
            return HTTPTransportError.insecure(host: host, reason: "", underlying: underlying)
        case .badServerResponse:
            // The engine on Linux says so when the connection ended before an answer began.
            return HTTPTransportError(
                .connectionLost, "The connection to '\(host)' ended without a whole answer.", underlying: underlying)
        case .cannotParseResponse:
            return HTTPTransportError(
                .invalidResponse, "What '\(host)' sent is no HTTP answer.", underlying: underlying)
        default:
            let reason = Redactor.text((error as NSError).localizedDescription)
            return meansHandshake(reason)
                ? HTTPTransportError.insecure(host: host, reason: reason, underlying: underlying)
                : HTTPTransportError(
                    .connectionLost, "The connection to '\(host)' broke: \(reason).", underlying: underlying)
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

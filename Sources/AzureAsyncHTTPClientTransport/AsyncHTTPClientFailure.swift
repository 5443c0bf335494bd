#if AsyncHTTPClient
import AsyncHTTPClient
import AzureCore
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// What the engine's errors mean to this package.
enum AsyncHTTPClientFailure {
    static func error(_ error: any Error, host: String) -> any Error {
        let words = Redactor.text("\(error)").trimmingFullStops()
        return switch error {
        case is CancellationError, is HTTPTransportError, is AzureError: error
        case let error as HTTPClientError: failure(for: error, host)
        case let error as NIOConnectionError where isUnknown(error):
            HTTPTransportError.notConnected(host: host, words: "the host is not known")
        case is NIOConnectionError: HTTPTransportError.notConnected(host: host, words: words)
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            insecure(host, words)
        case HTTPParserError.invalidEOFState:
            HTTPTransportError(.connectionLost, "The connection to '\(host)' broke in the middle of an answer.")
        case is HTTPParserError:
            HTTPTransportError(.invalidResponse, "What '\(host)' sent is no HTTP answer: \(words).")
        case let error as IOError where [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode):
            HTTPTransportError.notConnected(host: host, words: words)
        default:
            HTTPTransportError(.connectionLost, "The connection to '\(host)' broke: \(words).")
        }
    }

    private static func failure(for error: HTTPClientError, _ host: String) -> any Error {
        switch error {
        case .cancelled where Task.isCancelled: CancellationError()
        case .connectTimeout, .socksHandshakeTimeout, .httpProxyHandshakeTimeout, .getConnectionFromPoolTimeout,
            .invalidProxyResponse, .proxyAuthenticationRequired:
            HTTPTransportError.notConnected(host: host, words: error.shortDescription)
        case .tlsHandshakeTimeout:
            insecure(host, "it took too long")
        case .readTimeout, .writeTimeout, .deadlineExceeded:
            HTTPTransportError(
                .timedOut,
                "Nothing arrived from '\(host)' within a time limit of the HTTPClient's own (\(error.shortDescription))."
            )
        case .alreadyShutdown:
            HTTPTransportError(.connectionLost, "The HTTPClient was shut down.", requestWasNotSent: true)
        case .invalidURL, .emptyHost, .emptyScheme, .traceRequestWithBody,
            .identityCodingIncorrectlyPresent, .contentLengthMissing:
            HTTPTransportError(.unsupported, "AsyncHTTPClient cannot send the request: \(error.shortDescription).")
        case .redirectLimitReached, .redirectCycleDetected:
            HTTPTransportError(
                .unsupported, "The HTTPClient follows redirects, which it must not; disallow them.",
                requestWasNotSent: false)
        default:
            HTTPTransportError(.connectionLost, "The connection to '\(host)' broke: \(error.shortDescription).")
        }
    }

    private static func insecure(_ host: String, _ words: String) -> HTTPTransportError {
        .insecure(
            host: host, words: words, authorities: "tlsConfiguration.trustRoots in the HTTPClient's configuration")
    }

    /// Whether no address was found for a host.
    private static func isUnknown(_ error: NIOConnectionError) -> Bool {
        error.connectionErrors.isEmpty && (error.dnsAError != nil || error.dnsAAAAError != nil)
    }
}
#endif

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
        switch error {
        case is CancellationError, is HTTPTransportError, is AzureError: error
        case let error as HTTPClientError: failure(for: error, host)
        case is NIOConnectionError: notConnected(host, "\(error)")
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            HTTPTransportError.insecure(host: host, reason: "\(error)")
        case HTTPParserError.invalidEOFState:
            HTTPTransportError(.connectionLost, "The connection to '\(host)' broke in the middle of an answer.")
        case is HTTPParserError:
            HTTPTransportError(.invalidResponse, "What '\(host)' sent is no HTTP answer: \(error).")
        case let error as IOError where [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode):
            notConnected(host, "\(error)")
        default:
            HTTPTransportError(.connectionLost, "The connection to '\(host)' broke: \(error).")
        }
    }

    private static func failure(for error: HTTPClientError, _ host: String) -> any Error {
        switch error {
        case .cancelled where Task.isCancelled: CancellationError()
        case .connectTimeout, .socksHandshakeTimeout, .httpProxyHandshakeTimeout, .getConnectionFromPoolTimeout,
            .invalidProxyResponse, .proxyAuthenticationRequired:
            notConnected(host, error.shortDescription)
        case .tlsHandshakeTimeout:
            HTTPTransportError.insecure(host: host, reason: "it took too long")
        case .readTimeout, .writeTimeout, .deadlineExceeded:
            HTTPTransportError(.timedOut, "Nothing arrived from '\(host)' within the time limit.")
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

    private static func notConnected(_ host: String, _ reason: String) -> HTTPTransportError {
        HTTPTransportError(
            .cannotConnect,
            "No connection to '\(host)' came about: \(reason). Check the endpoint and the network.")
    }
}
#endif

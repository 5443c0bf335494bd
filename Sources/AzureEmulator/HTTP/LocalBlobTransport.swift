import AzureCore
import HTTPTypes
import Synchronization

/// Reaches the Blob service in this process without a connection, and all else where it is.
final class LocalBlobTransport: HTTPTransport {
    private let blob: InProcessTransport
    private let elsewhere: any HTTPTransport
    private let known: Mutex<String?>

    /// - Parameters:
    ///   - blob: The service in this process.
    ///   - elsewhere: What reaches all else.
    ///   - authority: Host and port of the service in this process; nil until they are known.
    init(blob: InProcessTransport, elsewhere: any HTTPTransport, authority: String? = nil) {
        self.blob = blob
        self.elsewhere = elsewhere
        known = Mutex(authority)
    }

    /// Says where clients reach the service.
    func serve(at authority: String) {
        known.withLock { $0 = authority }
    }

    var capabilities: HTTPTransportCapabilities { elsewhere.capabilities }

    func send(
        _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
    ) async throws -> HTTPTransportResponse {
        let isLocal = known.withLock { $0 != nil && $0 == request.authority }
        return try await (isLocal ? blob : elsewhere).send(request, body: body, options: options)
    }
}

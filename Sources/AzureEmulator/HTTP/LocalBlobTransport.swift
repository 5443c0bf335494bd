import AzureCore
import HTTPTypes
import Synchronization

/// Reaches the Blob service in this process without a connection, and all else where it is.
final class LocalBlobTransport: HTTPTransport {
    private let blob: InProcessTransport
    private let elsewhere: any HTTPTransport
    /// Hosts and ports of the service in this process.
    private let known = Mutex(Set<String>())

    /// - Parameters:
    ///   - blob: The service in this process.
    ///   - elsewhere: What reaches all else.
    init(blob: InProcessTransport, elsewhere: any HTTPTransport) {
        self.blob = blob
        self.elsewhere = elsewhere
    }

    /// Says at which hosts and ports clients reach the service in this process.
    func serve(at authorities: Set<String>) {
        known.withLock { $0 = authorities }
    }

    var capabilities: HTTPTransportCapabilities { elsewhere.capabilities }

    func send(
        _ request: HTTPRequest, body: HTTPBody?, options: HTTPTransportOptions
    ) async throws -> HTTPTransportResponse {
        let isLocal = known.withLock { known in request.authority.map { known.contains($0.lowercased()) } ?? false }
        return try await (isLocal ? blob : elsewhere).send(request, body: body, options: options)
    }
}

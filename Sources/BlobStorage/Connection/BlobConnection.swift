import AzureAuth
import AzureCore
import HTTPTypes
import StorageCore
import Synchronization

/// What all clients that derive from one another share: endpoint, credential and pipeline. It never changes; as a class it
/// costs its many copies, one in each client and request, a reference.
final class BlobConnection: Sendable {
    let endpoint: AzureEndpoint
    /// The account's second region, which can only be read.
    let secondaryEndpoint: AzureEndpoint?
    let accountName: String?
    let credential: StorageCredential
    let options: BlobClientOptions
    let service: ServiceConnection

    /// Connects to an account.
    ///
    /// - Parameters:
    ///   - endpoint: The address of the account.
    ///   - secondaryEndpoint: The address of its second region. The default is that of the options, or else what the
    ///     rules of the service make of `endpoint`.
    ///   - accountName: The account, where the caller knows it.
    ///   - credential: Proves who the caller is.
    ///   - options: The caller's choices.
    init(
        endpoint: AzureEndpoint, secondaryEndpoint: AzureEndpoint? = nil, accountName: String?,
        credential: StorageCredential, options: BlobClientOptions
    ) {
        let account = accountName ?? credential.sharedKey?.accountName
        self.endpoint = endpoint
        self.secondaryEndpoint =
            options.secondaryEndpoint ?? secondaryEndpoint
            ?? BlobConnection.secondaryEndpoint(of: endpoint, accountName: account)
        self.accountName = account
        self.credential = credential
        self.options = options
        service = ServiceConnection(
            endpoint: endpoint,
            definition: .storage(.blob, version: options.apiVersion.rawValue, account: account),
            authentication: credential.makePolicy(timeSource: options.pipeline.timeSource), options: options.pipeline)
    }

    var timeSource: TimeSource { options.pipeline.timeSource }

    /// Whether bodies arrive as the service sent them.
    var keepsContentEncoding: Bool {
        options.pipeline.transport.capabilities.contains(.keepsContentEncoding)
    }

    /// Sends a request and returns the answer if it means success.
    ///
    /// - Throws: An ``AzureError`` made from what the service answered, or from why no answer came.
    func send(_ request: BlobRequest) async throws -> ServiceAnswer {
        do {
            var operation = try request.serviceOperation()
            if let body = operation.body, let bandwidth = bandwidth(request.call.bandwidth) {
                let isStreamed = options.pipeline.transport.capabilities.contains(.streamsRequestBodies)
                operation.body = try await bandwidth.paced(body, isStreamed: isStreamed)
            }
            return try await service.send(operation)
        } catch let error as AzureError {
            throw request.explaining(error)
        }
    }

    /// Makes a request that becomes a part of another: signed, but without what the other one says for all.
    func makePart(_ request: BlobRequest) async throws -> HTTPRequest {
        var headers = request.headers
        headers[.contentLength] = "0"
        let part = PipelineRequest(
            endpoint.request(request.method, path: try request.path(), query: request.query, headers: headers),
            operation: request.operation)
        let signed = Mutex(part.request)
        let policy = credential.makePolicy(timeSource: timeSource)
        do {
            _ = try await policy.send(
                part,
                next: PipelineNext(
                    last: ClosurePolicy { request, _ in
                        signed.withLock { $0 = request.request }
                        return HTTPTransportResponse(head: HTTPResponse(status: .ok), body: .empty)
                    }))
        } catch {
            // Signing may ask for a token, and that may fail as any call does.
            throw service.context(of: part).describing(error)
        }
        return signed.withLock { $0 }
    }
}

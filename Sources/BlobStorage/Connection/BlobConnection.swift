import AzureAuth
import AzureCore
import HTTPTypes
import Synchronization

import struct Foundation.Data

/// What all clients that derive from one another share: endpoint, credential and pipeline.
struct BlobConnection: Sendable {
    let endpoint: AzureEndpoint
    /// The account's second region, which can only be read.
    let secondaryEndpoint: AzureEndpoint?
    let accountName: String?
    let credential: StorageCredential
    let options: BlobClientOptions
    private let pipeline: HTTPPipeline

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
            ?? Self.secondaryEndpoint(of: endpoint, accountName: account)
        self.accountName = account
        self.credential = credential
        self.options = options
        pipeline = HTTPPipeline(
            service: .blob,
            authority: endpoint.authority,
            requestIDHeader: .clientRequestID,
            authentication: credential.makePolicy(timeSource: options.pipeline.timeSource),
            options: options.pipeline)
    }

    var timeSource: TimeSource { options.pipeline.timeSource }

    /// Whether bodies arrive as the service sent them.
    var keepsContentEncoding: Bool {
        options.pipeline.transport.capabilities.contains(.keepsContentEncoding)
    }

    /// Sends a request and returns the answer if it means success.
    ///
    /// - Throws: An ``AzureError`` made from what the service answered, or from why no answer came.
    func send(_ request: BlobRequest) async throws -> HTTPTransportResponse {
        let sent = try makeRequest(request)
        let response = try await pipeline.send(sent)
        request.call.onResponse?(response.head)
        guard request.success.contains(response.head.status.code) else {
            // An answer that should have been a stream may break off here, and is an error already.
            let body: Data
            do {
                body = try await response.body.collect(upTo: PipelineRequest.defaultBufferLimit)
            } catch let error as CancellationError {
                throw error
            } catch {
                body = Data()
            }
            var error = BlobErrorResponse.error(
                for: response.head, body: body, operation: request.operation, resource: resource(of: sent.request))
            error.earlierTryMayHaveActed = response.earlierTryMayHaveActed
            throw error
        }
        try StructuredBody.checkAcknowledgement(of: request, in: response.head)
        return response
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
        } catch let error as CancellationError {
            throw error
        } catch {
            // Signing may ask for a token, and that may fail as any call does.
            var failure = AzureError(error)
            failure.service = failure.service ?? .blob
            failure.operation = failure.operation ?? request.operation
            failure.resource = failure.resource ?? part.resource
            throw failure
        }
        return signed.withLock { $0 }
    }

    private func makeRequest(_ request: BlobRequest) throws -> PipelineRequest {
        var query = request.query
        if let timeout = request.call.serverTimeout {
            guard timeout >= .seconds(1) else {
                throw AzureError.invalidArgument("The server timeout must be at least one second.")
            }
            query.append(("timeout", String(timeout.components.seconds)))
        }
        var headers = request.headers
        headers[.version] = options.apiVersion.rawValue
        try headers.set(.clientRequestID, request.call.clientRequestID)
        if let length = request.body?.length {
            headers[.contentLength] = String(length)
        } else if request.body == nil, request.method == .put || request.method == .post {
            headers[.contentLength] = "0"
        }
        let isUnsafe = request.isUnsafe && !request.call.isSafeToRetry
        return PipelineRequest(
            endpoint.request(request.method, path: try request.path(), query: query, headers: headers),
            body: request.body,
            operation: request.operation,
            retrySafety: isUnsafe ? .unsafe : .idempotent,
            responseHandling: request.responseHandling,
            logger: request.call.logger,
            idleTimeout: request.call.idleTimeout)
    }

    private func resource(of request: HTTPRequest) -> String {
        Redactor.resource("\(request.scheme ?? "")://\(request.authority ?? "")\(request.path ?? "")")
    }
}

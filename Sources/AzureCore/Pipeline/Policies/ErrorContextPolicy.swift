import HTTPTypes

/// Turns what transports throw into ``AzureError`` and gives every error its context: service, operation, resource
/// and the id of the request. That goes for the body of an answer, too, when it breaks while the caller reads it.
public struct ErrorContextPolicy: PipelinePolicy {
    let service: AzureService
    let requestIDHeader: HTTPField.Name

    public func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        var response: HTTPTransportResponse
        do {
            response = try await next(request)
        } catch {
            throw inContext(error, request)
        }
        // What was buffered is in memory and cannot fail any more.
        guard request.responseHandling == .streamed, response.head.status.kind == .successful else { return response }
        let head = response.head
        response.body = response.body.mapError { error in
            inContext(error, request, head)
        }
        return response
    }

    private func inContext(_ error: any Error, _ request: PipelineRequest, _ head: HTTPResponse? = nil) -> any Error {
        guard !(error is CancellationError) else { return error }
        var failure = AzureError(error)
        failure.service = failure.service ?? service
        failure.operation = failure.operation ?? request.operation
        failure.resource = failure.resource ?? request.resource
        failure.clientRequestID = failure.clientRequestID ?? request.request.headerFields[requestIDHeader]
        if let head {
            failure.status = failure.status ?? head.status
            failure.requestID = failure.requestID ?? Self.requestID(in: head)
        }
        return failure
    }

    private static func requestID(in head: HTTPResponse) -> String? {
        ["x-ms-request-id", "request-id"].lazy.compactMap { HTTPField.Name($0) }
            .compactMap { head.headerFields.value($0) }.first
    }
}

extension AzureError {
    /// Makes an error from whatever was thrown below.
    package init(_ error: any Error) {
        switch error {
        case let error as AzureError: self = error
        case let error as HTTPTransportError:
            self.init(
                code: AzureErrorCode(error.kind), message: error.message, underlying: error.underlying ?? error)
        default:
            self.init(
                code: .connectionLost, message: Redactor.text(String(describing: error)), underlying: error)
        }
    }
}

extension PipelineRequest {
    /// The URL without its query.
    package var resource: String {
        Redactor.resource(
            "\(request.scheme ?? "https")://\(request.authority ?? "")\(request.path ?? "")")
    }
}

extension AzureErrorCode {
    init(_ kind: HTTPTransportError.Kind) {
        switch kind {
        case .cannotConnect: self = .connectionFailed
        case .insecure: self = .insecureConnection
        case .timedOut: self = .requestTimedOut
        case .invalidResponse: self = .invalidResponse
        case .unsupported: self = .unsupportedByTransport
        default: self = .connectionLost
        }
    }
}

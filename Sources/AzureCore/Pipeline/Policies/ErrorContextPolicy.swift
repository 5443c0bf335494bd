import HTTPTypes

/// Turns what transports throw into ``AzureError`` and gives every error its context: service, operation, resource
/// and the id of the request.
public struct ErrorContextPolicy: PipelinePolicy {
    let service: AzureService
    let requestIDHeader: HTTPField.Name

    public func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        do {
            return try await next(request)
        } catch let error as CancellationError {
            throw error
        } catch {
            var failure = AzureError(error)
            failure.service = failure.service ?? service
            failure.operation = failure.operation ?? request.operation
            failure.resource = failure.resource ?? request.resource
            failure.clientRequestID = failure.clientRequestID ?? request.request.headerFields[requestIDHeader]
            throw failure
        }
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

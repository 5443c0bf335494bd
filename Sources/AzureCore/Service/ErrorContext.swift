package import HTTPTypes

/// A call as errors tell of it: service, operation, resource, and, once an answer has come, status and ids.
package struct ErrorContext: Sendable {
    package let service: AzureService
    package let operation: String
    package let resource: String
    package let status: HTTPResponse.Status?
    package let requestID: String?
    package let clientRequestID: String?

    /// Describes a call.
    ///
    /// - Parameters:
    ///   - service: The service that is called.
    ///   - request: The call.
    ///   - clientRequestIDHeader: The header field with the id that this side gave the request.
    ///   - head: The answer, once there is one.
    package init(
        service: AzureService, request: PipelineRequest, clientRequestIDHeader: HTTPField.Name,
        head: HTTPResponse? = nil
    ) {
        self.service = service
        operation = request.operation
        resource = request.resource
        status = head?.status
        let info = head.map { ResponseInfo($0) }
        requestID = info?.requestID
        clientRequestID = info?.clientRequestID ?? request.request.headerFields.value(clientRequestIDHeader)
    }

    /// Describes a part of a call, which has a resource and an answer of its own.
    package init(
        service: AzureService, operation: String, resource: String, head: HTTPResponse, clientRequestID: String? = nil
    ) {
        self.service = service
        self.operation = operation
        self.resource = resource
        let info = ResponseInfo(head)
        status = head.status
        requestID = info.requestID
        self.clientRequestID = info.clientRequestID ?? clientRequestID
    }

    /// An error about the call.
    package func error(
        _ code: AzureErrorCode, _ message: String, details: [AzureError.Detail] = [], underlying: (any Error)? = nil
    ) -> AzureError {
        AzureError(
            service: service, code: code, status: status, message: message, operation: operation, resource: resource,
            requestID: requestID, clientRequestID: clientRequestID, details: details, underlying: underlying)
    }

    /// What was thrown, as an ``AzureError`` that tells of the call. Cancellation stays what it is, and what an error
    /// knows already is kept.
    ///
    /// - Parameters:
    ///   - error: What was thrown.
    ///   - code: The code when it is neither an ``AzureError`` nor an ``HTTPTransportError``.
    package func describing(_ error: any Error, otherwise code: AzureErrorCode = .connectionLost) -> any Error {
        guard !(error is CancellationError) else { return error }
        var failure = AzureError(error, otherwise: code)
        failure.service = failure.service ?? service
        failure.operation = failure.operation ?? operation
        failure.resource = failure.resource ?? resource
        failure.status = failure.status ?? status
        failure.requestID = failure.requestID ?? requestID
        failure.clientRequestID = failure.clientRequestID ?? clientRequestID
        return failure
    }
}

extension PipelineRequest {
    /// The URL without its query.
    package var resource: String {
        Redactor.resource("\(request.scheme ?? "https")://\(request.authority ?? "")\(request.path ?? "")")
    }
}

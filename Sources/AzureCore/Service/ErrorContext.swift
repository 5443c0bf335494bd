package import HTTPTypes

/// A call as errors tell of it: service, operation, resource, and, once an answer has come, status and ids.
///
/// Each answer has one, and few become an error, so that its texts are made only then. Of the request it keeps nothing that
/// could be a secret.
package struct ErrorContext: Sendable {
    private enum Subject: Sendable {
        case request(scheme: String?, authority: String?, path: String?, id: String?)
        case resource(String)
    }

    package let service: AzureService
    package let operation: String
    private let subject: Subject
    private let head: HTTPResponse?

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
        let message = request.request
        subject = .request(
            scheme: message.scheme, authority: message.authority, path: message.path,
            id: message.headerFields.value(clientRequestIDHeader))
        self.head = head
    }

    /// Describes a part of a call, or several calls that are one to their caller.
    ///
    /// - Parameters:
    ///   - service: The service that is called.
    ///   - operation: What is done.
    ///   - resource: To what: a URL without its query.
    ///   - head: The answer that an error is about, where it is about one.
    package init(service: AzureService, operation: String, resource: String, head: HTTPResponse? = nil) {
        self.service = service
        self.operation = operation
        subject = .resource(resource)
        self.head = head
    }

    package var resource: String {
        switch subject {
        case .request(let scheme, let authority, let path, _): HTTPRequest.resource(scheme, authority, path)
        case .resource(let resource): resource
        }
    }

    package var status: HTTPResponse.Status? { head?.status }

    package var requestID: String? { head.flatMap { ResponseInfo.requestID(in: $0.headerFields) } }

    package var clientRequestID: String? {
        if let id = head.flatMap({ ResponseInfo.clientRequestID(in: $0.headerFields) }) { return id }
        guard case .request(_, _, _, let id) = subject else { return nil }
        return id
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
    package var resource: String { HTTPRequest.resource(request.scheme, request.authority, request.path) }
}

extension HTTPRequest {
    /// The URL without its query.
    fileprivate static func resource(_ scheme: String?, _ authority: String?, _ path: String?) -> String {
        Redactor.resource("\(scheme ?? "https")://\(authority ?? "")\(path ?? "")")
    }
}

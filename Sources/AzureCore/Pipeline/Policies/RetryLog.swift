import HTTPTypes
import Logging

/// What the log says of tries that failed: each retry at info level, with its reason and delay, and the end of a call that
/// ran out of tries or time as a warning.
struct RetryLog: Sendable {
    let logger: Logger

    func retrying(
        _ request: PipelineRequest, after result: Result<HTTPTransportResponse, any Error>, delay: Duration
    ) {
        guard logger.logLevel <= .info else { return }
        var metadata = Self.about(request, result)
        metadata["delay"] = "\(delay.formattedSeconds)"
        logger.info("Retrying request", metadata: metadata)
    }

    func givingUp(_ request: PipelineRequest, after result: Result<HTTPTransportResponse, any Error>) {
        guard logger.logLevel <= .warning else { return }
        logger.warning("Giving up on request", metadata: Self.about(request, result))
    }

    /// Takes note of an error that no retry follows: only one of a time limit is a reason to give up, any other is for the
    /// caller alone.
    func ended(_ request: PipelineRequest, _ error: any Error) {
        guard let error = error as? AzureError, error.code == .deadlineExceeded else { return }
        givingUp(request, after: .failure(error))
    }

    private static func about(
        _ request: PipelineRequest, _ result: Result<HTTPTransportResponse, any Error>
    ) -> Logger.Metadata {
        var metadata = request.logMetadata
        switch result {
        case .success(let response):
            metadata["reason"] = "HTTP status \(response.head.status.code)"
            metadata["http.response.status_code"] = "\(response.head.status.code)"
            metadata["azure.error_code"] = errorCode.flatMap { response.head.headerFields.value($0) }.map { "\($0)" }
            metadata["azure.request_id"] = ResponseInfo.requestID(in: response.head.headerFields).map { "\($0)" }
        case .failure(let error):
            let error = AzureError(error, otherwise: .policyFailed)
            metadata["reason"] = "\(Redactor.text(error.message))"
            metadata["azure.error_code"] = "\(error.code)"
        }
        return metadata
    }

    private static let errorCode = HTTPField.Name("x-ms-error-code")
}

extension PipelineRequest {
    /// What every entry of the log says of a call: operation, method, URL, which try it is, and its id.
    var logMetadata: Logger.Metadata {
        var metadata: Logger.Metadata = [
            "azure.operation": "\(operation)",
            "http.request.method": "\(request.method.rawValue)",
            "url.full": "\(resource)\(shownQuery)",
            "azure.attempt": "\(attempt)",
        ]
        metadata["azure.client_request_id"] = ResponseInfo.clientRequestID(in: request.headerFields).map { "\($0)" }
        return metadata
    }

    /// The query with what may be a secret hidden.
    private var shownQuery: String {
        guard let path = request.path, let question = path.firstIndex(of: "?") else { return "" }
        return Redactor.url(path[question...])
    }
}

import AzureCore
import BatchModels
import HTTPTypes

import struct Foundation.Data

/// To which call an answer belongs, for errors about it.
struct BatchErrorContext: Sendable {
    let operation: String
    let resource: String
    let status: HTTPResponse.Status
    let requestID: String?
    let clientRequestID: String?
    private let contentType: String?

    init(request: PipelineRequest, head: HTTPResponse) {
        operation = request.operation
        resource = request.resource
        status = head.status
        requestID = head.headerFields[.requestID]
        clientRequestID = head.headerFields[.clientRequestID] ?? request.request.headerFields[.clientRequestID]
        contentType = head.headerFields[.contentType]
    }

    /// An answer that cannot be one of the service's.
    func invalidResponse(_ message: String, underlying: (any Error)? = nil) -> AzureError {
        error(.invalidResponse, message, underlying: underlying)
    }

    /// The service's refusal.
    func error(from body: Data) -> AzureError {
        let code = AzureErrorCode(status: status)
        guard !body.isEmpty else {
            return error(code, "The service answered with status \(status.code) and without a reason.")
        }
        guard let failure = try? BatchJSON.decode(BatchError.self, from: body), let name = failure.code else {
            return error(
                code, "The service answered with status \(status.code) and, instead of an error, with \(excerpt(body))."
            )
        }
        return error(
            AzureErrorCode(name), Self.message(of: failure) ?? "The service answered with status \(status.code).",
            details: Self.details(of: failure))
    }

    func error(
        _ code: AzureErrorCode, _ message: String, details: [AzureError.Detail] = [], underlying: (any Error)? = nil
    ) -> AzureError {
        AzureError(
            service: .batch, code: code, status: status, message: message, operation: operation, resource: resource,
            requestID: requestID, clientRequestID: clientRequestID, details: details, underlying: underlying)
    }

    /// Why one of several tasks was not added.
    static func error(of result: BatchTaskCreateResult, task: String) -> AzureError {
        let failure = result.error
        return AzureError(
            service: .batch, code: AzureErrorCode(failure?.code ?? "InternalError"),
            message: failure.flatMap(message) ?? "Task '\(task)' was not added, and no reason was given.",
            operation: "Batch.CreateTaskCollection", details: failure.map(details) ?? [])
    }

    private static func details(of failure: BatchError) -> [AzureError.Detail] {
        (failure.values ?? []).map { .init(key: Redactor.text($0.key ?? ""), value: Redactor.text($0.value ?? "")) }
    }

    /// The message without the lines for request id and time, which the service adds to it.
    static func message(of failure: BatchError) -> String? {
        let lines = (failure.message?.value ?? "").split(whereSeparator: \.isNewline)
            .filter { !$0.hasPrefix("RequestId:") && !$0.hasPrefix("Time:") }
        return lines.isEmpty ? nil : Redactor.text(lines.joined(separator: " "))
    }

    /// What an answer that is no error of the service's looks like, in a few words.
    private func excerpt(_ body: Data) -> String {
        let text = String(decoding: body.prefix(1000), as: UTF8.self)
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let type = contentType.map { "\(body.count) bytes of \($0)" } ?? "\(body.count) bytes"
        return "\(type): '\(Redactor.text(String(text.prefix(200))))'"
    }
}

extension AzureErrorCode {
    /// The code for an answer that names none, as answers to HEAD requests do not.
    fileprivate init(status: HTTPResponse.Status) {
        switch status.code {
        case 304, 412: self = .conditionNotMet
        case 401: self = .authenticationFailed
        case 403: self = .insufficientAccountPermissions
        case 404: self = .resourceNotFound
        case 405: self = .unsupportedHttpVerb
        case 408, 504: self = .operationTimedOut
        case 409: self = .operationInvalidForCurrentState
        case 413: self = .requestBodyTooLarge
        case 416: self = .invalidRange
        case 429: self = .tooManyRequests
        case 500: self = .internalError
        case 501: self = .notImplemented
        case 503: self = .serverBusy
        case 400..<500: self = .invalidInput
        case 500...: self = .internalError
        default: self = .invalidResponse
        }
    }
}

extension DecodingError {
    /// Where and why, in a few words and without the data.
    var place: String {
        let (context, last): (Context, (any CodingKey)?) =
            switch self {
            case .keyNotFound(let key, let context): (context, key)
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                (context, nil)
            @unknown default: (Context(codingPath: [], debugDescription: "unknown"), nil)
            }
        var path = ""
        for key in context.codingPath + (last.map { [$0] } ?? []) {
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        let reason =
            switch self {
            case .keyNotFound: "it is missing"
            case .typeMismatch(let type, _): "it is not \(type)"
            case .valueNotFound: "it is null"
            default: Redactor.text(context.debugDescription)
            }
        return path.isEmpty ? reason : "at \(path), \(reason)"
    }
}

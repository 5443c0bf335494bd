package import HTTPTypes

package import struct Foundation.Data
package import struct Foundation.Date

/// What all calls of one service have in common, and other services have otherwise.
package struct ServiceDefinition: Sendable {
    /// Where a request says which version of the interface it speaks.
    package enum Version: Sendable {
        case header(HTTPField.Name, String)
        case query(name: String, value: String)
    }

    /// What the body of an error says.
    package struct ErrorContent: Sendable, Hashable {
        package var code: String?
        package var message: String?
        package var details: [AzureError.Detail]

        package init(code: String? = nil, message: String? = nil, details: [AzureError.Detail] = []) {
            self.code = code
            self.message = message
            self.details = details
        }
    }

    package let service: AzureService
    package let version: Version
    /// The parameter that limits how long the service works on a request.
    package let timeoutParameter: String
    /// The header field with the time of a request, where the caller sets it.
    package let dateHeader: HTTPField.Name
    /// The header field with the id that this side gives a request.
    package let clientRequestIDHeader: HTTPField.Name
    /// The header field that names the code of an error, where there is one.
    package let errorCodeHeader: HTTPField.Name?
    /// Reads the body of an error; nil when it is none of the service's.
    package let readError: @Sendable (Data) -> ErrorContent?

    package init(
        service: AzureService, version: Version, timeoutParameter: String, dateHeader: HTTPField.Name,
        clientRequestIDHeader: HTTPField.Name, errorCodeHeader: HTTPField.Name?,
        readError: @escaping @Sendable (Data) -> ErrorContent?
    ) {
        self.service = service
        self.version = version
        self.timeoutParameter = timeoutParameter
        self.dateHeader = dateHeader
        self.clientRequestIDHeader = clientRequestIDHeader
        self.errorCodeHeader = errorCodeHeader
        self.readError = readError
    }
}

extension ServiceDefinition {
    /// The most characters of a foreign answer that a message quotes.
    private static let excerptLength = 200

    /// The error that an answer stands for, be it the service's or that of something on the way.
    package func error(
        for head: HTTPResponse, body: Data, about context: ErrorContext, now: Date
    ) -> AzureError {
        let content = body.isEmpty ? nil : readError(body)
        let code = [content?.code, errorCodeHeader.flatMap { head.headerFields.value($0) }]
            .compactMap { $0 }.first { !$0.isEmpty }
        var error = context.error(
            code.map { AzureErrorCode($0) } ?? AzureErrorCode(status: head.status),
            content?.message ?? fallback(for: head, body: body, isService: content != nil || code != nil),
            details: content?.details ?? [])
        error.retryAfter = RetryAfter.delay(in: head.headerFields, now: now)
        return error
    }

    /// The message of an error without the lines `RequestId:` and `Time:` that services add; the error has them
    /// elsewhere.
    package static func sentence(_ message: String) -> String? {
        let lines = message.split(whereSeparator: \.isNewline)
            .filter { !$0.hasPrefix("RequestId:") && !$0.hasPrefix("Time:") }
        let text = lines.joined(separator: " ")
        return text.isEmpty ? nil : Redactor.text(text)
    }

    private func fallback(for head: HTTPResponse, body: Data, isService: Bool) -> String {
        let status = "HTTP status \(head.status.code)"
        if head.status.kind == .successful {
            return "The service answered with \(status), which this operation does not have."
        }
        if head.status.kind == .redirection, head.status.code != 304 {
            return "The answer with \(status) leads elsewhere; credentials are not sent there. Check the endpoint."
        }
        guard !body.isEmpty, !isService else {
            return "The service answered with \(status) and without a reason."
        }
        return strangerMessage(head, body: body)
    }

    /// What an answer is that is none of the service's.
    func strangerMessage(_ head: HTTPResponse, body: Data) -> String {
        let status = "HTTP status \(head.status.code)"
        let type = head.headerFields.value(.contentType) ?? "of no stated type"
        let text = String(decoding: body.prefix(4 * Self.excerptLength), as: UTF8.self)
            .map { $0.isWhitespace || $0.asciiValue.map { $0 < 0x20 } == true ? " " : String($0) }.joined()
            .split(separator: " ").joined(separator: " ")
        let excerpt = text.isEmpty ? "" : ": '\(Redactor.text(text).prefix(Self.excerptLength))'"
        return "The answer with \(status) (\(type)) is not one of the \(service) service\(excerpt). "
            + "Check the endpoint, and proxies on the way."
    }
}

extension AzureErrorCode {
    /// The code for an answer that names none, as answers to HEAD requests do not: the status, in a word. Only a status
    /// that can mean one thing gets a code of the services.
    package init(status: HTTPResponse.Status) {
        // Most transports give no reason phrase, so the words stand here.
        self =
            switch status.code {
            case 304, 412: .conditionNotMet
            case 200..<300: .invalidResponse
            case 400: AzureErrorCode("BadRequest")
            case 401: AzureErrorCode("Unauthorized")
            case 403: AzureErrorCode("Forbidden")
            case 404: AzureErrorCode("NotFound")
            case 405: AzureErrorCode("MethodNotAllowed")
            case 408, 504: .operationTimedOut
            case 409: AzureErrorCode("Conflict")
            case 413: .requestBodyTooLarge
            case 416: .invalidRange
            case 429: AzureErrorCode("TooManyRequests")
            case 500: .internalError
            case 501: AzureErrorCode("NotImplemented")
            case 503: .serverBusy
            default: AzureErrorCode("HTTP\(status.code)")
            }
    }
}

import AzureCore
import HTTPTypes

import struct Foundation.Data
import class Foundation.JSONDecoder

/// Makes an error from an answer of the service, or of whatever answered in its place.
enum BlobErrorResponse {
    /// What the body of an error says.
    struct Content: Equatable {
        var code: String?
        var message: String?
        var details: [AzureError.Detail] = []
    }

    /// The most characters of a foreign answer that a message quotes.
    private static let excerptLength = 200

    static func error(for head: HTTPResponse, body: Data, operation: String, resource: String) -> AzureError {
        let fields = head.headerFields
        let content = body.isEmpty ? nil : xml(body) ?? json(body)
        let code = content?.code ?? fields[.errorCode]
        return AzureError(
            service: .blob,
            code: code.map { AzureErrorCode($0) } ?? Self.code(for: head.status),
            status: head.status,
            message: content?.message ?? fallback(for: head, body: body, hasCode: code != nil),
            operation: operation,
            resource: resource,
            requestID: fields[.requestID],
            clientRequestID: fields[.clientRequestID],
            details: content?.details ?? [])
    }

    /// The service's own form: `<Error><Code/><Message/>` and, depending on the code, more elements.
    static func xml(_ body: Data) -> Content? {
        guard let root = try? XMLElement.parse(body), root.name == "Error" else { return nil }
        var content = Content()
        for child in root.children {
            switch child.name {
            case "Code": content.code = child.text.isEmpty ? nil : child.text
            case "Message": content.message = sentence(child.text)
            default: content.details.append(.init(key: child.name, value: Redactor.text(child.text)))
            }
        }
        return content.code == nil && content.message == nil ? nil : content
    }

    /// The form that some front ends of the service use: `{"error": {"code": …, "message": …}}`.
    static func json(_ body: Data) -> Content? {
        struct Wrapper: Decodable {
            struct Inner: Decodable {
                var code: String?
                var message: String?
            }
            var error: Inner
        }
        guard let inner = try? JSONDecoder().decode(Wrapper.self, from: body).error, inner.code != nil else {
            return nil
        }
        return Content(code: inner.code, message: inner.message.flatMap(sentence))
    }

    /// The message without the lines `RequestId:` and `Time:` that the service adds; the error has them elsewhere.
    static func sentence(_ message: String) -> String? {
        let lines = message.split(whereSeparator: \.isNewline)
            .filter { !$0.hasPrefix("RequestId:") && !$0.hasPrefix("Time:") }
        let text = lines.joined(separator: " ")
        return text.isEmpty ? nil : Redactor.text(text)
    }

    /// The code for an answer that names none: the status, in a word.
    static func code(for status: HTTPResponse.Status) -> AzureErrorCode {
        // Most transports give no reason phrase, so the words stand here.
        switch status.code {
        case 304, 412: .conditionNotMet
        case 200..<300: .invalidResponse
        case 400: AzureErrorCode("BadRequest")
        case 401: AzureErrorCode("Unauthorized")
        case 403: AzureErrorCode("Forbidden")
        case 404: AzureErrorCode("NotFound")
        case 409: AzureErrorCode("Conflict")
        case 416: .invalidRange
        case 429: AzureErrorCode("TooManyRequests")
        case 500: .internalError
        case 503: .serverBusy
        default: AzureErrorCode("HTTP\(status.code)")
        }
    }

    private static func fallback(for head: HTTPResponse, body: Data, hasCode: Bool) -> String {
        let status = "HTTP \(head.status.code)"
        if (200..<300).contains(head.status.code) {
            return "The service answered with the status \(status), which this operation does not have."
        }
        if (300..<400).contains(head.status.code), head.status.code != 304 {
            return "The answer \(status) leads elsewhere; credentials are not sent there. Check the endpoint."
        }
        guard !body.isEmpty, !hasCode else { return "The service answered \(status)." }
        let type = head.headerFields[.contentType] ?? "of no stated type"
        let text = String(decoding: body.prefix(4 * excerptLength), as: UTF8.self)
            .map { $0.isNewline || $0.asciiValue.map { $0 < 0x20 } == true ? " " : String($0) }.joined()
        return "The answer \(status) (\(type)) is not one of the Blob service: "
            + "'\(Redactor.text(text).prefix(excerptLength))'. Check the endpoint, and proxies on the way."
    }
}

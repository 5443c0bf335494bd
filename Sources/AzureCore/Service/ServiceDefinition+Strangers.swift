import HTTPTypes

import struct Foundation.Data

extension ServiceDefinition {
    /// Whether an answer that means success came from something on the way, such as the page of a proxy that wants a
    /// password, which comes with 200.
    ///
    /// Every answer of a service has an id of its own. One without, and without any other header field that only the
    /// service sends, is a stranger's when it is a page for people, or has content where the operation has none. That is
    /// looked at as well, so that the answers of a mock need no ids.
    ///
    /// - Parameters:
    ///   - head: The answer.
    ///   - bodyLength: How long its body is, where that is known.
    ///   - operation: What was asked for.
    func isStranger(_ head: HTTPResponse, bodyLength: Int64?, to operation: ServiceOperation) -> Bool {
        guard head.status.code != 204, !isOwn(head.headerFields) else { return false }
        if Self.isPage(head.headerFields) { return bodyLength != 0 || operation.method == .head }
        return !operation.mayAnswerContent && bodyLength ?? 0 > 0
    }

    /// The error that a stranger's answer is.
    func strangerError(_ head: HTTPResponse, body: Data, _ context: ErrorContext) -> AzureError {
        context.error(
            .invalidResponse,
            strangerMessage(head, body: body)
                + " A proxy or a login page of the network answers so; this one names neither its request (x-ms-request-id, "
                + "request-id) nor a version (x-ms-version).")
    }

    private func isOwn(_ fields: HTTPFields) -> Bool {
        ResponseInfo.requestID(in: fields) != nil || fields.contains { $0.name.canonicalName.hasPrefix("x-ms-") }
    }

    private static func isPage(_ fields: HTTPFields) -> Bool {
        let type = fields.value(.contentType)?.lowercased() ?? ""
        return ["text/html", "application/xhtml+xml"].contains { type.hasPrefix($0) }
    }
}

import HTTPTypes

/// Reads the body of an answer into memory where the call asks for it, and always when the status is an error, so
/// that an answer which breaks off counts as a failed try.
package struct BufferingPolicy: PipelinePolicy {
    /// The most bytes of an error's body that are kept.
    static let errorLimit = 1024 * 1024

    package func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        var response = try await next(request)
        let limit: Int
        if response.head.status.kind == .successful {
            guard case .buffered(let wanted) = request.responseHandling else { return response }
            limit = wanted
        } else {
            limit = Self.errorLimit
        }
        let body = response.body
        let data = try await readingTransport { try await body.collect(upTo: limit) }
        if let length = response.body.length, !response.body.isDecoded, request.request.method != .head,
            length != Int64(data.count)
        {
            throw AzureError(
                code: .truncatedBody,
                message: "The answer announced \(length) bytes and brought \(data.count).")
        }
        response.body = HTTPResponseBody(data, isDecoded: response.body.isDecoded)
        return response
    }
}

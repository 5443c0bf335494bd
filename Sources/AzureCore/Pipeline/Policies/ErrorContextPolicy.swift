import HTTPTypes

/// Turns whatever is thrown below into ``AzureError`` and gives every error its context: service, operation, resource
/// and the id of the request. That goes for the body of an answer, too, when it breaks while the caller reads it.
package struct ErrorContextPolicy: PipelinePolicy {
    let service: AzureService
    let requestIDHeader: HTTPField.Name

    package func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        var response: HTTPTransportResponse
        do {
            response = try await next(request)
        } catch {
            // What no part of the package throws, a policy of the caller's did.
            throw context(request).describing(error, otherwise: .policyFailed)
        }
        // What was buffered is in memory and cannot fail any more.
        guard request.responseHandling == .streamed, response.head.status.kind == .successful else { return response }
        let context = context(request, response.head)
        response.body = response.body.mapError { context.describing($0) }
        return response
    }

    private func context(_ request: PipelineRequest, _ head: HTTPResponse? = nil) -> ErrorContext {
        ErrorContext(service: service, request: request, clientRequestIDHeader: requestIDHeader, head: head)
    }
}

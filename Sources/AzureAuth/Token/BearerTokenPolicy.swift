import AzureCore
import HTTPTypes

/// Puts a token on each try, over HTTPS only. A token that the service refuses is replaced, once.
struct BearerTokenPolicy: PipelinePolicy {
    let cache: TokenCache
    let timeSource: TimeSource
    let dateHeader: HTTPField.Name

    func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        guard request.request.scheme?.lowercased() == "https" else {
            throw AzureError(
                code: .insecureConnection,
                message: "A token is sent over HTTPS only, but the endpoint has '\(request.request.scheme ?? "")'.")
        }
        let token = try await cache.token(timeSource)
        let response = try await next(authorized(request, by: token))
        guard response.head.status == .unauthorized else { return response }
        await cache.invalidate(token)
        guard request.body?.isReplayable != false else { return response }
        let fresh = try await cache.token(timeSource)
        guard fresh.token != token.token else { return response }
        return try await next(authorized(request, by: fresh))
    }

    private func authorized(_ request: PipelineRequest, by token: AccessToken) -> PipelineRequest {
        var request = request
        // A date that the caller has set stays.
        if request.request.headerFields[dateHeader] == nil {
            request.request.headerFields[dateHeader] = RFC1123Date.format(timeSource.now())
        }
        request.request.headerFields[.authorization] = "Bearer \(token.token)"
        return request
    }
}

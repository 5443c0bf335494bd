import AzureCore
import HTTPTypes

/// Puts a token on each try, over HTTPS only. A token that the service refuses is replaced, once.
struct BearerTokenPolicy: PipelinePolicy {
    private let cache: TokenCache
    private let timeSource: TimeSource
    private let dateHeader: HTTPField.Name

    init(credential: any TokenCredential, scopes: [String], timeSource: TimeSource, dateHeader: HTTPField.Name) {
        cache = TokenCache(credential: credential, scopes: scopes, timeSource: timeSource)
        self.timeSource = timeSource
        self.dateHeader = dateHeader
    }

    func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        guard request.request.scheme?.lowercased() == "https" else {
            throw AzureError(
                code: .insecureConnection,
                message: "A token is sent over HTTPS only, but the endpoint has '\(request.request.scheme ?? "")'.")
        }
        let token = try await cache.token()
        let response = try await next(authorized(request, by: token))
        guard response.head.status == .unauthorized else { return response }
        await cache.invalidate(token)
        guard request.body?.isReplayable != false else { return response }
        let fresh = try await cache.token()
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

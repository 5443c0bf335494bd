import AzureCore
import HTTPTypes

/// Puts a token on each try, over HTTPS only. A token that the service refuses is replaced, once: by one for the claims or
/// the tenant that its challenge names, else by a fresh one.
struct BearerTokenPolicy: PipelinePolicy {
    let cache: TokenCache
    let timeSource: TimeSource
    let dateHeader: HTTPField.Name
    private let known = KnownTenant()

    init(cache: TokenCache, timeSource: TimeSource, dateHeader: HTTPField.Name) {
        self.cache = cache
        self.timeSource = timeSource
        self.dateHeader = dateHeader
    }

    func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        guard request.request.scheme?.lowercased() == "https" else {
            throw AzureError(
                code: .insecureConnection,
                message: "A token is sent over HTTPS only, but the endpoint has '\(request.request.scheme ?? "")'.")
        }
        var key = TokenCache.Key(tenantID: await known.tenantID)
        let token = try await cache.token(timeSource, key)
        let response = try await next(authorized(request, by: token))
        guard response.head.status == .unauthorized else { return response }
        let challenge = BearerChallenge(response.head.headerFields[.wwwAuthenticate])
        key.claims = challenge?.claims
        let tenant = challenge?.tenantID
        // A token for another tenant is not bad, only not for this service.
        let isElsewhere = tenant != nil && tenant != key.tenantID && key.claims == nil
        if isElsewhere { key.tenantID = tenant } else { await cache.invalidate(token) }
        guard request.body?.isReplayable != false else { return response }
        let fresh = try await replacement(key, isElsewhere: isElsewhere, refused: token)
        guard let fresh, fresh.token != token.token else { return response }
        let second = try await next(authorized(request, by: fresh))
        if isElsewhere, second.head.status != .unauthorized { await known.remember(tenant) }
        return second
    }

    /// A token for what the challenge asks. A credential that may not ask that tenant gives another one of its own.
    private func replacement(
        _ key: TokenCache.Key, isElsewhere: Bool, refused: AccessToken
    ) async throws -> AccessToken? {
        do {
            return try await cache.token(timeSource, key)
        } catch let error as AzureError where isElsewhere && error.code == .signInFailed {
            await cache.invalidate(refused)
            throw error
        }
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

/// The tenant that a service's challenge named, so that later requests start with it.
private actor KnownTenant {
    private(set) var tenantID: String?

    func remember(_ tenantID: String?) { self.tenantID = tenantID }
}

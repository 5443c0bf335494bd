import AzureCore
import HTTPTypes

/// Puts a shared access signature on each try, unless the request carries one already.
struct SASPolicy: PipelinePolicy {
    let token: SASToken

    func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        var request = request
        request.request.path = Self.appending(token, to: request.request.path ?? "/")
        return try await next(request)
    }

    /// A path, with or without a query, that has the signature at its end.
    static func appending(_ token: SASToken, to path: String) -> String {
        guard let question = path.firstIndex(of: "?") else { return "\(path)?\(token.query)" }
        let query = path[path.index(after: question)...]
        guard !SASToken.hasSignature(query) else { return path }
        return path + (query.isEmpty || query.hasSuffix("&") ? "" : "&") + token.query
    }
}

/// Sends requests as they are.
struct AnonymousPolicy: PipelinePolicy {
    func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        try await next(request)
    }
}

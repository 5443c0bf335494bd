import HTTPTypes

/// Refuses to send a request to any host but the client's own, so that credentials never follow a link or a
/// redirect to somebody else.
package struct SingleHostPolicy: PipelinePolicy {
    let authority: String

    package func send(_ request: PipelineRequest, next: PipelineNext) async throws -> HTTPTransportResponse {
        let wanted = request.request.authority ?? ""
        guard wanted == authority || wanted.lowercased() == authority.lowercased() else {
            throw AzureError(
                code: .foreignHost,
                message: "A request for '\(authority)' was about to go to '\(wanted)'. "
                    + "Credentials are never sent to another host.")
        }
        return try await next(request)
    }
}

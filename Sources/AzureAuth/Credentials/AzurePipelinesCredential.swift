public import AzureCore
import HTTPTypes

/// Signs in from Azure Pipelines with a service connection that uses workload identity federation.
public struct AzurePipelinesCredential: TokenCredential {
    static let name = "AzurePipelinesCredential"
    private let credential: ClientAssertionCredential

    /// Creates a credential.
    ///
    /// - Parameters:
    ///   - tenantID: The tenant of the service connection.
    ///   - clientID: Its app.
    ///   - serviceConnectionID: Its id, from the query of its page.
    ///   - systemAccessToken: The pipeline's `System.AccessToken`.
    ///   - options: Authority, transport, time, variables.
    /// - Throws: An `AzureError` with `invalidArgument` when an argument is invalid.
    public init(
        tenantID: String, clientID: String, serviceConnectionID: String, systemAccessToken: String,
        options: CredentialOptions = CredentialOptions()
    ) throws {
        guard !serviceConnectionID.isEmpty, !systemAccessToken.isEmpty else {
            throw AzureError.invalidArgument("\(Self.name): the service connection's id or the access token is empty.")
        }
        let secret = Secret(systemAccessToken)
        credential = try ClientAssertionCredential(Self.name, tenantID, clientID, options) {
            try await Self.assertion(serviceConnectionID, secret, options)
        }
    }

    /// Gets a token: one from the pipeline, and for it one from `POST /{tenant}/oauth2/v2.0/token`.
    public func token(for request: TokenRequest) async throws -> AccessToken {
        try await credential.token(for: request)
    }

    private static func assertion(
        _ connection: String, _ secret: Secret<String>, _ options: CredentialOptions
    ) async throws -> String {
        guard let url = options.environment["SYSTEM_OIDCREQUESTURI"] else {
            throw AzureError.unavailable(name, "SYSTEM_OIDCREQUESTURI is not set. Is this a task of Azure Pipelines?")
        }
        let endpoint = try AzureEndpoint(url)
        try EntraAuthority.checkScheme(endpoint, what: "SYSTEM_OIDCREQUESTURI", options)
        var request = endpoint.request(
            .post, path: "", query: [("api-version", "7.1"), ("serviceConnectionId", connection)])
        request.headerFields[.authorization] = "Bearer \(secret.value)"
        // Without it the service answers with a redirect to a page where people sign in.
        if let header = HTTPField.Name("X-TFS-FedAuthRedirect") { request.headerFields[header] = "Suppress" }
        request.headerFields[.contentType] = "application/json"
        let answer = try await CredentialHTTP(name, options)
            .send(request, retry: CredentialRetry(limit: options.maxRetries))
        guard answer.status.code == 200, let token = answer.json?["oidcToken"] as? String, !token.isEmpty else {
            throw AzureError.signIn(
                name,
                "The pipeline gave no token for the service connection. Check its id and that "
                    + "System.AccessToken is mapped.", status: answer.status)
        }
        return token
    }
}

public import AzureCore

/// Signs in as an app with its secret.
public struct ClientSecretCredential: TokenCredential {
    private let client: EntraClient
    private let secret: Secret<String>

    /// Creates a credential.
    ///
    /// - Parameters:
    ///   - tenantID: The id or domain of the app's tenant.
    ///   - clientID: The id of the app.
    ///   - clientSecret: The value of one of its secrets, not the secret's id.
    ///   - options: Authority, transport, time.
    /// - Throws: An `AzureError` with `invalidArgument` when an argument is invalid.
    public init(
        tenantID: String, clientID: String, clientSecret: String, options: CredentialOptions = CredentialOptions()
    ) throws {
        guard !clientSecret.isEmpty else {
            throw AzureError.invalidArgument("ClientSecretCredential: the client secret is empty.")
        }
        client = try EntraClient("ClientSecretCredential", tenantID: tenantID, clientID: clientID, options)
        secret = Secret(clientSecret)
    }

    /// Gets a token: `POST /{tenant}/oauth2/v2.0/token`.
    public func token(for request: TokenRequest) async throws -> AccessToken {
        let grant = [("grant_type", "client_credentials"), ("client_secret", secret.value)]
        return try await client.token(for: request, grant: grant).token
    }
}

public import AzureCore

/// Signs in for a user whose token a service has received, to call another service on the user's behalf.
public struct OnBehalfOfCredential: TokenCredential {
    private let client: EntraClient
    private let userAssertion: Secret<String>
    private let proof: @Sendable (TokenRequest) async throws -> [(String, String)]

    /// Creates a credential of a service that has a secret.
    public init(
        tenantID: String, clientID: String, clientSecret: String, userAssertion: String,
        options: CredentialOptions = CredentialOptions()
    ) throws {
        guard !clientSecret.isEmpty else {
            throw AzureError.invalidArgument("OnBehalfOfCredential: the client secret is empty.")
        }
        try self.init(tenantID, clientID, userAssertion, options) { _ in [("client_secret", clientSecret)] }
    }

    /// Creates a credential of a service that makes assertions.
    public init(
        tenantID: String, clientID: String, userAssertion: String, options: CredentialOptions = CredentialOptions(),
        clientAssertion: @escaping ClientAssertionCredential.Assertion
    ) throws {
        try self.init(tenantID, clientID, userAssertion, options) { _ in
            [ClientAssertionCredential.grant[1], ("client_assertion", try await clientAssertion())]
        }
    }

    private init(
        _ tenantID: String, _ clientID: String, _ userAssertion: String, _ options: CredentialOptions,
        proof: @escaping @Sendable (TokenRequest) async throws -> [(String, String)]
    ) throws {
        guard !userAssertion.isEmpty else {
            throw AzureError.invalidArgument("OnBehalfOfCredential: the user's assertion is empty.")
        }
        client = try EntraClient("OnBehalfOfCredential", tenantID: tenantID, clientID: clientID, options)
        self.userAssertion = Secret(userAssertion)
        self.proof = proof
    }

    /// Gets a token: `POST /{tenant}/oauth2/v2.0/token`.
    public func token(for request: TokenRequest) async throws -> AccessToken {
        let grant = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("requested_token_use", "on_behalf_of"),
            ("assertion", userAssertion.value),
        ]
        return try await client.token(for: request, grant: grant + (try await proof(request))).token
    }
}

public import AzureCore

/// Signs in as an app with an assertion that the caller makes: a JSON Web Token that Microsoft Entra ID trusts.
public struct ClientAssertionCredential: TokenCredential {
    /// Makes an assertion. It is called for each token, so that it can keep or renew what it has.
    public typealias Assertion = @Sendable () async throws -> String

    static let grant = [
        ("grant_type", "client_credentials"),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
    ]

    let client: EntraClient
    private let assertion: Assertion

    /// Creates a credential.
    ///
    /// - Throws: An `AzureError` with `invalidArgument` when an id or the authority cannot be right.
    public init(
        tenantID: String, clientID: String, options: CredentialOptions = CredentialOptions(),
        assertion: @escaping Assertion
    ) throws {
        try self.init("ClientAssertionCredential", tenantID, clientID, options, assertion)
    }

    init(
        _ name: String, _ tenantID: String, _ clientID: String, _ options: CredentialOptions,
        _ assertion: @escaping Assertion
    ) throws {
        client = try EntraClient(name, tenantID: tenantID, clientID: clientID, options)
        self.assertion = assertion
    }

    /// Gets a token: `POST /{tenant}/oauth2/v2.0/token`.
    public func token(for request: TokenRequest) async throws -> AccessToken {
        let text = try await assertion()
        guard !text.isEmpty else { throw AzureError.unavailable(client.credential, "The assertion is empty.") }
        return try await client.token(for: request, grant: Self.grant + [("client_assertion", text)]).token
    }
}

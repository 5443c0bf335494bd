public import AzureCore

/// Signs in as a user who has signed in at a page and came back with a code.
///
/// The code is good for one token; after it the refresh token that came along is used.
public struct AuthorizationCodeCredential: TokenCredential {
    private let client: EntraClient
    private let store: RefreshTokenStore
    private let fields: Secret<[(String, String)]>
    private let secret: Secret<String>?

    /// Creates a credential.
    ///
    /// - Parameters:
    ///   - tenantID: The tenant.
    ///   - clientID: The app that the user signed in to.
    ///   - authorizationCode: The code from the redirect.
    ///   - redirectURI: Where the redirect went, the same as in the request for the code.
    ///   - clientSecret: The app's secret, if it has one.
    ///   - codeVerifier: The verifier of PKCE (RFC 7636), if the request had a challenge.
    ///   - options: Authority, transport, time.
    public init(
        tenantID: String, clientID: String, authorizationCode: String, redirectURI: String,
        clientSecret: String? = nil, codeVerifier: String? = nil, options: CredentialOptions = CredentialOptions()
    ) throws {
        guard !authorizationCode.isEmpty else {
            throw AzureError.invalidArgument("AuthorizationCodeCredential: the code is empty.")
        }
        client = try EntraClient("AuthorizationCodeCredential", tenantID: tenantID, clientID: clientID, options)
        store = RefreshTokenStore()
        var fields = [
            ("grant_type", "authorization_code"), ("code", authorizationCode), ("redirect_uri", redirectURI),
        ]
        if let codeVerifier { fields.append(("code_verifier", codeVerifier)) }
        self.fields = Secret(fields)
        secret = clientSecret.map { Secret($0) }
    }

    /// Gets a token: `POST /{tenant}/oauth2/v2.0/token`.
    public func token(for request: TokenRequest) async throws -> AccessToken {
        let proof = secret.map { [("client_secret", $0.value)] } ?? []
        var request = request
        // A refresh token comes only with this scope.
        if !request.scopes.isEmpty { request.scopes.append("offline_access") }
        if let refresh = await store.token {
            let grant = [("grant_type", "refresh_token"), ("refresh_token", refresh.value)]
            return await store.keep(try await client.token(for: request, grant: grant + proof))
        }
        return await store.keep(try await client.token(for: request, grant: fields.value + proof))
    }
}

/// Keeps the newest refresh token.
actor RefreshTokenStore {
    private(set) var token: Secret<String>?

    /// Takes what came with a token; an answer without one leaves the old one good.
    func keep(_ answer: TokenAnswer) -> AccessToken {
        token = answer.refreshToken ?? token
        return answer.token
    }

    func forget() {
        token = nil
    }
}

public import struct Foundation.Date

/// A credential for services that accept Microsoft Entra ID.
public protocol TokenCredential: Sendable {
    /// Gets a token.
    ///
    /// Whoever needs tokens often caches them; a credential need not.
    ///
    /// - Parameter request: For what the token is.
    /// - Throws: An ``AzureError``, mostly with ``AzureErrorCode/credentialUnavailable``.
    func token(for request: TokenRequest) async throws -> AccessToken
}

/// A request for a token.
public struct TokenRequest: Sendable, Hashable {
    /// The scopes, such as `https://storage.azure.com/.default`.
    public var scopes: [String]
    /// The tenant to ask, when not the credential's own.
    public var tenantID: String?
    /// The claims that a service asked for in a challenge.
    public var claims: String?

    /// Creates a request.
    public init(scopes: [String], tenantID: String? = nil, claims: String? = nil) {
        self.scopes = scopes
        self.tenantID = tenantID
        self.claims = claims
    }
}

/// An access token and its expiry. Descriptions do not contain the token.
public struct AccessToken: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The token itself.
    public let token: String
    /// When it expires.
    public let expiresOn: Date
    /// When to refresh it; nil lets the cache decide.
    public let refreshOn: Date?

    /// Creates a token.
    public init(token: String, expiresOn: Date, refreshOn: Date? = nil) {
        self.token = token
        self.expiresOn = expiresOn
        self.refreshOn = refreshOn
    }

    public var description: String { "AccessToken(expiresOn: \(expiresOn))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["expiresOn": expiresOn]) }
}

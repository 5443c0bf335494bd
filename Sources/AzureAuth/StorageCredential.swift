public import AzureCore
import HTTPTypes

/// A credential for Blob Storage. Descriptions contain no secret.
public struct StorageCredential: Sendable, CustomStringConvertible, CustomReflectable {
    private enum Kind: Sendable {
        case sharedKey(StorageSharedKey)
        case sas(SASToken)
        case token(TokenCache)
        case anonymous
    }

    private let kind: Kind

    /// The account's name and key, which allow everything.
    public static func sharedKey(_ key: StorageSharedKey) -> StorageCredential {
        StorageCredential(kind: .sharedKey(key))
    }

    /// A shared access signature.
    ///
    /// - Parameter token: Its query, with or without a question mark in front.
    /// - Throws: An `AzureError` with `invalidArgument` when it has no signature.
    public static func sas(_ token: String) throws -> StorageCredential {
        StorageCredential(kind: .sas(try SASToken(token)))
    }

    /// A credential of Microsoft Entra ID. It is only ever used over HTTPS, and all clients made with the value that
    /// this returns share its tokens.
    ///
    /// - Parameters:
    ///   - credential: Where tokens come from; they are cached here.
    ///   - audience: Whom they are for. The default is all of Azure's public cloud, `https://storage.azure.com`.
    public static func token(
        _ credential: any TokenCredential, audience: String = "https://storage.azure.com"
    ) -> StorageCredential {
        StorageCredential(kind: .token(TokenCache(credential: credential, scopes: ["\(audience)/.default"])))
    }

    /// None, for containers that the public may read.
    public static let anonymous = StorageCredential(kind: .anonymous)

    public var description: String {
        switch kind {
        case .sharedKey(let key): "StorageCredential.sharedKey(\(key.accountName))"
        case .sas: "StorageCredential.sas"
        case .token: "StorageCredential.token"
        case .anonymous: "StorageCredential.anonymous"
        }
    }

    public var customMirror: Mirror { Mirror(self, children: [:]) }

    /// The key, where the credential is one: only it can sign a SAS.
    package var sharedKey: StorageSharedKey? {
        guard case .sharedKey(let key) = kind else { return nil }
        return key
    }

    /// The query of the SAS, where the credential is one, without a question mark.
    package var sasToken: String? {
        guard case .sas(let token) = kind else { return nil }
        return token.query
    }

    /// Whether requests are sent with a token.
    package var usesTokens: Bool {
        guard case .token = kind else { return false }
        return true
    }

    /// A token that is good now, where the credential has some.
    package func token(_ timeSource: TimeSource) async throws -> AccessToken? {
        guard case .token(let cache) = kind else { return nil }
        return try await cache.token(timeSource)
    }

    /// What authorises each try.
    package func makePolicy(timeSource: TimeSource) -> any PipelinePolicy {
        switch kind {
        case .sharedKey(let key): StorageSharedKeyPolicy(key: key, timeSource: timeSource)
        case .sas(let token): SASPolicy(token: token)
        case .token(let cache):
            BearerTokenPolicy(cache: cache, timeSource: timeSource, dateHeader: .storageDate)
        case .anonymous: AnonymousPolicy()
        }
    }
}

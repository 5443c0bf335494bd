public import AzureCore

/// A credential for the Batch service. Descriptions contain no secret.
public struct BatchCredential: Sendable, CustomStringConvertible, CustomReflectable {
    private enum Kind: Sendable {
        case sharedKey(BatchSharedKey)
        case token(TokenCache)
    }

    private let kind: Kind

    /// The account's name and key.
    public static func sharedKey(_ key: BatchSharedKey) -> BatchCredential {
        BatchCredential(kind: .sharedKey(key))
    }

    /// A credential of Microsoft Entra ID. It is only ever used over HTTPS, and all clients made with the value that
    /// this returns share its tokens.
    ///
    /// - Parameters:
    ///   - credential: Where tokens come from; they are cached here.
    ///   - audience: Whom they are for. The default is all of Azure's public cloud,
    ///     `https://batch.core.windows.net/`, whose slash is part of the name.
    public static func token(
        _ credential: any TokenCredential, audience: String = "https://batch.core.windows.net/"
    ) -> BatchCredential {
        BatchCredential(kind: .token(TokenCache(credential: credential, scopes: ["\(audience)/.default"])))
    }

    public var description: String {
        switch kind {
        case .sharedKey(let key): "BatchCredential.sharedKey(\(key.accountName))"
        case .token: "BatchCredential.token"
        }
    }

    public var customMirror: Mirror { Mirror(self, children: [:]) }

    /// The key, where the credential is one.
    package var sharedKey: BatchSharedKey? {
        guard case .sharedKey(let key) = kind else { return nil }
        return key
    }

    /// What authorises each try.
    package func makePolicy(timeSource: TimeSource) -> any PipelinePolicy {
        switch kind {
        case .sharedKey(let key): BatchSharedKeyPolicy(key: key, timeSource: timeSource)
        case .token(let cache):
            BearerTokenPolicy(cache: cache, timeSource: timeSource, dateHeader: .batchDate)
        }
    }
}

public import AzureCore

/// A cloud of Azure: where its users sign in, and what its services are called in tokens.
public struct AzureCloud: Sendable, Hashable {
    /// The host of Microsoft Entra ID.
    public var authorityHost: String
    /// Whom tokens for Azure Storage are for.
    public var storageAudience: String
    /// Whom tokens for Azure Batch are for. The slash at the end is part of the name, so that the scope has two.
    public var batchAudience: String

    /// Describes a cloud.
    public init(authorityHost: String, storageAudience: String, batchAudience: String) {
        self.authorityHost = authorityHost
        self.storageAudience = storageAudience
        self.batchAudience = batchAudience
    }

    /// The public cloud.
    public static let `public` = AzureCloud(
        authorityHost: "https://login.microsoftonline.com", storageAudience: "https://storage.azure.com",
        batchAudience: "https://batch.core.windows.net/")
    /// Azure in China, operated by 21Vianet.
    public static let china = AzureCloud(
        authorityHost: "https://login.chinacloudapi.cn", storageAudience: "https://storage.azure.com",
        batchAudience: "https://batch.chinacloudapi.cn/")
    /// Azure for the US government.
    public static let usGovernment = AzureCloud(
        authorityHost: "https://login.microsoftonline.us", storageAudience: "https://storage.azure.com",
        batchAudience: "https://batch.core.usgovcloudapi.net/")
}

extension StorageCredential {
    /// A credential of Microsoft Entra ID for the storage of one cloud.
    public static func token(_ credential: any TokenCredential, cloud: AzureCloud) -> StorageCredential {
        token(credential, audience: cloud.storageAudience)
    }
}

extension BatchCredential {
    /// A credential of Microsoft Entra ID for the Batch service of one cloud.
    public static func token(_ credential: any TokenCredential, cloud: AzureCloud) -> BatchCredential {
        token(credential, audience: cloud.batchAudience)
    }
}

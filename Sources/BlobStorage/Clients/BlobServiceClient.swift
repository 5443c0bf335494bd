public import AzureAuth
import AzureCore
import StorageCore

public import struct Foundation.URL

/// The client of the Blob service of a storage account, and the clients of its containers.
///
/// ```swift
/// let key = try StorageSharedKey(accountName: "example", key: …)
/// let service = try BlobServiceClient(
///     endpoint: "https://example.blob.core.windows.net", credential: .sharedKey(key))
/// for try await container in service.listContainers() { print(container.name) }
/// ```
///
/// Clients are values: cheap to copy, safe to share between tasks, and there is nothing to close.
public struct BlobServiceClient: Sendable {
    let connection: BlobConnection

    init(connection: BlobConnection) {
        self.connection = connection
    }

    /// Creates a client from an endpoint.
    ///
    /// - Parameters:
    ///   - endpoint: Such as `https://account.blob.core.windows.net`, or, for emulators and private hosts,
    ///     `http://127.0.0.1:10000/account`. A shared access signature in its query becomes the credential.
    ///   - credential: The credential. The default is the signature in the endpoint, or else anonymous access.
    ///   - isPathStyle: Whether the account is the last part of the endpoint's path. The default depends on the host:
    ///     true for IP addresses, single-label hosts and non-standard ports; for other hosts an endpoint has no path.
    ///   - options: Version, transport, retries and more.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` for an invalid endpoint.
    public init(
        endpoint: String, credential: StorageCredential? = nil, isPathStyle: Bool? = nil,
        options: BlobClientOptions = BlobClientOptions()
    ) throws {
        let address = endpoint.prefix { $0 != "?" }
        let sas = try StorageURLQuery(endpoint[address.endIndex...].dropFirst(), of: endpoint).sas
        let parsed = try AzureEndpoint(String(address))
        let account = try parsed.checkPath(
            of: .blob, account: credential?.sharedKey?.accountName, isPathStyle: isPathStyle)
        connection = BlobConnection(
            endpoint: parsed,
            accountName: account,
            credential: try .choose(credential, sas: sas),
            options: options)
    }

    /// Creates a client from a connection string.
    ///
    /// - Parameters:
    ///   - connectionString: As the portal shows it, with `AccountName` and `AccountKey` or `SharedAccessSignature`,
    ///     `BlobEndpoint` or `EndpointSuffix`, or `UseDevelopmentStorage=true`. Keys are case-insensitive.
    ///   - options: Version, transport, retries and more.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` that says what is
    ///   missing, never what is in the string.
    public init(connectionString: String, options: BlobClientOptions = BlobClientOptions()) throws {
        let parsed = try StorageConnectionString(connectionString, for: .blob, developmentPort: 10000)
        connection = BlobConnection(
            endpoint: parsed.endpoint, secondaryEndpoint: parsed.secondaryEndpoint, accountName: parsed.accountName,
            credential: parsed.credential, options: options)
    }

    /// The address of the service, without any credential.
    public var url: URL { connection.endpoint.url }

    /// The name of the account, where the endpoint or the credential shows it.
    public var accountName: String? { connection.accountName }

    /// The client of one container. Nothing is sent; the name is validated when a request is made.
    public func container(_ name: String) -> BlobContainerClient {
        BlobContainerClient(connection: connection, name: name)
    }
}

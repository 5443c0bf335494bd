public import AzureAuth
import AzureCore
import HTTPTypes
import StorageCore

public import struct Foundation.URL

/// The client of a container, and the clients of its blobs.
public struct BlobContainerClient: Sendable {
    let connection: BlobConnection
    /// The name of the container.
    public let name: String

    init(connection: BlobConnection, name: String) {
        self.connection = connection
        self.name = name
    }

    /// Creates a client from the URL of a container.
    ///
    /// - Parameters:
    ///   - url: Such as `https://account.blob.core.windows.net/pictures`, percent-encoded. A shared access signature
    ///     in its query becomes the credential.
    ///   - credential: The credential. The default is the signature in the URL, or else anonymous access.
    ///   - isPathStyle: Whether the account is the first part of the path. The default depends on the host: true for IP
    ///     addresses, single-label hosts and non-standard ports.
    ///   - options: Version, transport, retries and more.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` for a URL that is not
    ///   one of a container.
    public init(
        url: String, credential: StorageCredential? = nil, isPathStyle: Bool? = nil,
        options: BlobClientOptions = BlobClientOptions()
    ) throws {
        let parsed = try BlobURL(url, isPathStyle: isPathStyle)
        guard let container = parsed.container, !container.isEmpty, parsed.blob == nil, parsed.snapshot == nil else {
            throw AzureError.invalidArgument("'\(StorageURL.shown(url))' is not the URL of a container.")
        }
        self.init(connection: try BlobConnection(parsed, credential: credential, options: options), name: container)
    }

    /// Creates a client from a connection string.
    ///
    /// - Parameters:
    ///   - connectionString: See ``BlobServiceClient/init(connectionString:options:)``.
    ///   - container: The name of the container.
    ///   - options: Version, transport, retries and more.
    public init(
        connectionString: String, container: String, options: BlobClientOptions = BlobClientOptions()
    ) throws {
        self = try BlobServiceClient(connectionString: connectionString, options: options).container(container)
    }

    /// The address of the container, without any credential.
    public var url: URL { connection.endpoint.url(of: "/\(PercentEncoding.encode(name))") }

    /// The name of the account, where the endpoint or the credential shows it.
    public var accountName: String? { connection.accountName }

    /// The client of the account.
    public var service: BlobServiceClient { BlobServiceClient(connection: connection) }

    /// The client of one blob. Nothing is sent; the name is validated when a request is made.
    ///
    /// - Parameter name: The name, not percent-encoded; it may have slashes.
    public func blob(_ name: String) -> BlobClient {
        BlobClient(connection: connection, containerName: self.name, name: name)
    }

    func request(
        _ operation: String, _ method: HTTPRequest.Method, comp: String? = nil, success: [Int],
        call: CallOptions
    ) -> BlobRequest {
        var query = [(name: "restype", value: "container")]
        if let comp { query.append(("comp", comp)) }
        return BlobRequest(
            "Container.\(operation)", method, container: name, query: query, success: success, call: call)
    }
}

extension BlobConnection {
    convenience init(_ url: BlobURL, credential: StorageCredential?, options: BlobClientOptions) throws {
        self.init(
            endpoint: url.endpoint, accountName: url.accountName,
            credential: try .choose(credential, sas: url.sas), options: options)
    }
}

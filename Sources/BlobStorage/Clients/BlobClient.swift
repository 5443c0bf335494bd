public import AzureAuth
import AzureCore
import HTTPTypes
import StorageCore

public import struct Foundation.URL

/// The client of a blob, or of a snapshot or version of it.
///
/// The operations here apply to all types of blobs; for operations on blocks see ``blockBlob``.
public struct BlobClient: Sendable {
    let connection: BlobConnection
    /// The name of the container.
    public let containerName: String
    /// The name of the blob, not percent-encoded.
    public let name: String
    /// The snapshot that this client reads; nil for the blob itself.
    public private(set) var snapshot: String?
    /// The version that this client reads; nil for the newest.
    public private(set) var versionID: String?

    init(connection: BlobConnection, containerName: String, name: String) {
        self.connection = connection
        self.containerName = containerName
        self.name = name
    }

    /// Creates a client from the URL of a blob.
    ///
    /// - Parameters:
    ///   - url: Such as `https://account.blob.core.windows.net/pictures/cat.jpg`, percent-encoded. A shared access
    ///     signature in its query becomes the credential; `snapshot` and `versionid` are taken over. A single name
    ///     after the account is that of a blob in the container `$root`.
    ///   - credential: The credential. The default is the signature in the URL, or else anonymous access.
    ///   - isPathStyle: Whether the account is the first part of the path. The default depends on the host: true for IP
    ///     addresses, single-label hosts and non-standard ports.
    ///   - options: Version, transport, retries and more.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` for a URL that is not
    ///   one of a blob.
    public init(
        url: String, credential: StorageCredential? = nil, isPathStyle: Bool? = nil,
        options: BlobClientOptions = BlobClientOptions()
    ) throws {
        let parsed = try BlobURL(url, isPathStyle: isPathStyle)
        guard let first = parsed.container, !first.isEmpty else {
            throw AzureError.invalidArgument("'\(StorageURL.shown(url))' is not the URL of a blob.")
        }
        self.init(
            connection: try BlobConnection(parsed, credential: credential, options: options),
            containerName: parsed.blob == nil ? "$root" : first,
            name: parsed.blob ?? first)
        snapshot = parsed.snapshot
        versionID = parsed.versionID
    }

    /// Creates a client from a connection string.
    ///
    /// - Parameters:
    ///   - connectionString: See ``BlobServiceClient/init(connectionString:options:)``.
    ///   - container: The name of the container.
    ///   - blob: The name of the blob, not percent-encoded.
    ///   - options: Version, transport, retries and more.
    public init(
        connectionString: String, container: String, blob: String, options: BlobClientOptions = BlobClientOptions()
    ) throws {
        self = try BlobServiceClient(connectionString: connectionString, options: options)
            .container(container).blob(blob)
    }

    /// The address of the blob, with its snapshot or version but without any credential.
    public var url: URL { connection.endpoint.url(of: pathAndQuery) }

    /// The text of ``url``, as errors and journals show it.
    var address: String { "\(connection.endpoint)\(pathAndQuery)" }

    private var pathAndQuery: String {
        var text = "/\(PercentEncoding.encode(containerName))/\(PercentEncoding.encodePath(name))"
        let query = versionQuery.map { "\($0.name)=\(PercentEncoding.encode($0.value))" }
        if !query.isEmpty { text += "?" + query.joined(separator: "&") }
        return text
    }

    /// The name of the account, where the endpoint or the credential shows it.
    public var accountName: String? { connection.accountName }

    /// The client of the container.
    public var container: BlobContainerClient { BlobContainerClient(connection: connection, name: containerName) }

    /// The same blob as one made of blocks.
    public var blockBlob: BlockBlobClient { BlockBlobClient(blob: self) }

    /// The same blob as one that grows at its end.
    public var appendBlob: AppendBlobClient { AppendBlobClient(blob: self) }

    /// The same blob as one made of pages.
    public var pageBlob: PageBlobClient { PageBlobClient(blob: self) }

    /// A client of one snapshot of this blob.
    ///
    /// - Parameter snapshot: The time that names it; nil for the blob itself.
    public func snapshot(_ snapshot: String?) -> BlobClient {
        var copy = self
        copy.snapshot = snapshot
        copy.versionID = nil
        return copy
    }

    /// A client of one version of this blob.
    ///
    /// - Parameter versionID: The time that names it; nil for the newest.
    public func version(_ versionID: String?) -> BlobClient {
        var copy = self
        copy.snapshot = nil
        copy.versionID = versionID
        return copy
    }

    var versionQuery: [(name: String, value: String)] {
        [("snapshot", snapshot), ("versionid", versionID)].compactMap { name, value in value.map { (name, $0) } }
    }

    /// A request about the blob, its snapshot or its version.
    func request(
        _ operation: String, _ method: HTTPRequest.Method, comp: String? = nil, success: [Int],
        call: CallOptions
    ) -> BlobRequest {
        let query = (comp.map { [(name: "comp", value: $0)] } ?? []) + versionQuery
        return BlobRequest(
            operation, method, container: containerName, blob: name, query: query, success: success, call: call)
    }

    /// A request that writes, which only the blob itself can take.
    func writeRequest(
        _ operation: String, _ method: HTTPRequest.Method, comp: String? = nil, success: [Int],
        call: CallOptions
    ) throws -> BlobRequest {
        guard snapshot == nil, versionID == nil else {
            throw AzureError.invalidArgument(
                "A snapshot or an older version of a blob cannot be written; use the client of the blob itself.")
        }
        return request(operation, method, comp: comp, success: success, call: call)
    }
}

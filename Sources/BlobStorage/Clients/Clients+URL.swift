public import AzureAuth

public import struct Foundation.URL

extension BlobServiceClient {
    /// Creates a client from an endpoint.
    ///
    /// - Parameters:
    ///   - endpoint: Such as `https://account.blob.core.windows.net`, or, for emulators and private hosts,
    ///     `http://127.0.0.1:10000/account`. A shared access signature in its query becomes the credential.
    ///   - credential: The credential. The default is the signature in the endpoint, or else anonymous access.
    ///   - isPathStyle: Whether the account is the last part of the endpoint's path. The default depends on the host:
    ///     true for IP addresses, single-label hosts and non-standard ports; for other hosts an endpoint has no path.
    ///   - options: Version, transport, retries and more.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` for a URL that is not an
    ///   endpoint.
    public init(
        endpoint: URL, credential: StorageCredential? = nil, isPathStyle: Bool? = nil,
        options: BlobClientOptions = BlobClientOptions()
    ) throws {
        try self.init(
            endpoint: endpoint.absoluteString, credential: credential, isPathStyle: isPathStyle, options: options)
    }
}

extension BlobContainerClient {
    /// Creates a client from the URL of a container.
    ///
    /// - Parameters:
    ///   - url: Such as `https://account.blob.core.windows.net/pictures`. A shared access signature in its query
    ///     becomes the credential.
    ///   - credential: The credential. The default is the signature in the URL, or else anonymous access.
    ///   - isPathStyle: Whether the account is the first part of the path. The default depends on the host: true for IP
    ///     addresses, single-label hosts and non-standard ports.
    ///   - options: Version, transport, retries and more.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` for a URL that is not one
    ///   of a container.
    public init(
        url: URL, credential: StorageCredential? = nil, isPathStyle: Bool? = nil,
        options: BlobClientOptions = BlobClientOptions()
    ) throws {
        try self.init(url: url.absoluteString, credential: credential, isPathStyle: isPathStyle, options: options)
    }
}

extension BlobClient {
    /// Creates a client from the URL of a blob.
    ///
    /// - Parameters:
    ///   - url: Such as `https://account.blob.core.windows.net/pictures/cat.jpg`. A shared access signature in its query
    ///     becomes the credential; `snapshot` and `versionid` are taken over. A single name after the account is that
    ///     of a blob in the container `$root`.
    ///   - credential: The credential. The default is the signature in the URL, or else anonymous access.
    ///   - isPathStyle: Whether the account is the first part of the path. The default depends on the host: true for IP
    ///     addresses, single-label hosts and non-standard ports.
    ///   - options: Version, transport, retries and more.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` for a URL that is not one
    ///   of a blob.
    public init(
        url: URL, credential: StorageCredential? = nil, isPathStyle: Bool? = nil,
        options: BlobClientOptions = BlobClientOptions()
    ) throws {
        try self.init(url: url.absoluteString, credential: credential, isPathStyle: isPathStyle, options: options)
    }
}

import AzureAuth
public import AzureCore

public import struct Foundation.Date
public import struct Foundation.URL

extension BlobClient: SignedBlobSource {
    /// Creates a URL that allows reading the blob, its snapshot or its version.
    ///
    /// A client with the account's key signs the URL. A client with a SAS uses that one, with its permissions and
    /// expiry.
    ///
    /// - Parameter expiresOn: The end of the validity of a URL that is signed by this client.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` when the client has
    ///   neither.
    public func signedURLForReading(until expiresOn: Date) throws -> URL {
        if let sas = connection.credential.sasToken { return try signed(with: sas) }
        return try signedURL(permissions: .read, expiresOn: expiresOn)
    }
}

extension BlobContainerClient: SignedBlobContainerSource {
    /// Creates a URL that allows listing the container and reading its blobs.
    ///
    /// A client with the account's key signs the URL. A client with a SAS uses that one, with its permissions and
    /// expiry.
    ///
    /// - Parameter expiresOn: The end of the validity of a URL that is signed by this client.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` when the client has
    ///   neither.
    public func signedURLForReading(until expiresOn: Date) throws -> URL {
        if let sas = connection.credential.sasToken { return try signed(with: sas) }
        return try signedURL(permissions: [.read, .list], expiresOn: expiresOn)
    }

    /// Creates a URL that allows creating and overwriting blobs of the container.
    ///
    /// A client with the account's key signs the URL. A client with a SAS uses that one, with its permissions and
    /// expiry.
    ///
    /// - Parameter expiresOn: The end of the validity of a URL that is signed by this client.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` when the client has
    ///   neither.
    public func signedURLForWriting(until expiresOn: Date) throws -> URL {
        if let sas = connection.credential.sasToken { return try signed(with: sas) }
        return try signedURL(permissions: .write, expiresOn: expiresOn)
    }
}

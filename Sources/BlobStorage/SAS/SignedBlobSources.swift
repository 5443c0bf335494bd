import AzureAuth
public import AzureCore

public import struct Foundation.Date
public import struct Foundation.URL

extension BlobClient: SignedBlobSource {
    /// A URL with which others can read the blob, its snapshot or its version.
    ///
    /// A client with the account's key signs one. A client with a SAS hands out its own, which ends when it ends and
    /// allows what it allows.
    ///
    /// - Parameter expiresOn: Until when, for a URL that is signed here.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` when the client has
    ///   neither.
    public func signedURLForReading(until expiresOn: Date) throws -> URL {
        if let sas = connection.credential.sasToken { return try signed(with: sas) }
        return try signedURL(permissions: .read, expiresOn: expiresOn)
    }
}

extension BlobContainerClient: SignedBlobContainerSource {
    /// A URL with which others can list the container and read its blobs.
    ///
    /// A client with the account's key signs one. A client with a SAS hands out its own, which ends when it ends and
    /// allows what it allows.
    ///
    /// - Parameter expiresOn: Until when, for a URL that is signed here.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` when the client has
    ///   neither.
    public func signedURLForReading(until expiresOn: Date) throws -> URL {
        if let sas = connection.credential.sasToken { return try signed(with: sas) }
        return try signedURL(permissions: [.read, .list], expiresOn: expiresOn)
    }

    /// A URL with which others can create and overwrite blobs of the container.
    ///
    /// A client with the account's key signs one. A client with a SAS hands out its own, which ends when it ends and
    /// allows what it allows.
    ///
    /// - Parameter expiresOn: Until when, for a URL that is signed here.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` when the client has
    ///   neither.
    public func signedURLForWriting(until expiresOn: Date) throws -> URL {
        if let sas = connection.credential.sasToken { return try signed(with: sas) }
        return try signedURL(permissions: .write, expiresOn: expiresOn)
    }
}

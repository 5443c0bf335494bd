public import struct Foundation.Date
public import struct Foundation.URL

/// A blob that can hand out URLs of itself which need no further credential.
///
/// `BlobClient` of the module BlobStorage is one. Models of Azure Batch take any, so that neither module needs the
/// other.
public protocol SignedBlobSource: Sendable {
    /// The name of the blob in its container.
    var name: String { get }

    /// A URL with which others can read the blob.
    ///
    /// - Parameter expiresOn: Until when.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidArgument`` when there is nothing to sign with.
    func signedURLForReading(until expiresOn: Date) throws -> URL
}

/// A container of blobs that can hand out URLs of itself which need no further credential.
///
/// `BlobContainerClient` of the module BlobStorage is one.
public protocol SignedBlobContainerSource: Sendable {
    /// A URL with which others can list the container and read its blobs.
    ///
    /// - Parameter expiresOn: Until when.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidArgument`` when there is nothing to sign with.
    func signedURLForReading(until expiresOn: Date) throws -> URL

    /// A URL with which others can write blobs into the container, and nothing else.
    ///
    /// - Parameter expiresOn: Until when.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidArgument`` when there is nothing to sign with.
    func signedURLForWriting(until expiresOn: Date) throws -> URL
}

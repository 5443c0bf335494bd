public import struct Foundation.Date
public import struct Foundation.URL

/// A blob that provides URLs of itself which need no further credential.
///
/// `BlobClient` of the module BlobStorage is one. Models of Azure Batch take any, so that neither module needs the
/// other.
public protocol SignedBlobSource: Sendable {
    /// The name of the blob in its container.
    var name: String { get }

    /// Creates a URL that allows reading the blob.
    ///
    /// - Parameter expiresOn: The end of the signature's validity.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidArgument`` when there is nothing to sign with.
    func signedURLForReading(until expiresOn: Date) throws -> URL
}

/// A container that provides URLs of itself which need no further credential.
///
/// `BlobContainerClient` of the module BlobStorage is one.
public protocol SignedBlobContainerSource: Sendable {
    /// Creates a URL that allows listing the container and reading its blobs.
    ///
    /// - Parameter expiresOn: The end of the signature's validity.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidArgument`` when there is nothing to sign with.
    func signedURLForReading(until expiresOn: Date) throws -> URL

    /// Creates a URL that only allows writing blobs to the container.
    ///
    /// - Parameter expiresOn: The end of the signature's validity.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidArgument`` when there is nothing to sign with.
    func signedURLForWriting(until expiresOn: Date) throws -> URL
}

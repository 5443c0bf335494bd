import AzureCore
import Foundation

/// The client of a blob with client-side encryption: content is encrypted before it is sent, and decrypted after it was
/// received.
///
/// Each upload makes a random key, encrypts the content with AES-256-GCM in regions of 4 MiB, and stores the key,
/// wrapped by the caller's ``KeyEncryptionKey``, in the metadata `encryptiondata`: version 2.0 of the format that the
/// official clients share. Downloads also read versions 2.1 and 1.0.
///
/// ```swift
/// let key = try LocalKeyEncryptionKey(id: "invoices-2026", key: secret)
/// let invoice = container.blob("invoice.pdf").encrypted(with: key)
/// try await invoice.upload(file: "invoice.pdf")
/// let content = try await invoice.download(upTo: 10_000_000)
/// ```
///
/// No byte is returned before its region has been authenticated. The format has two limitations. Version 1.0 does not
/// detect changes. The end of a blob is not protected: a blob that was truncated between two regions is detected by the
/// size that this client stores in the metadata, which other clients do not store, and which somebody who can also
/// write the metadata can remove.
public struct EncryptedBlobClient: Sendable {
    /// The blob as it is stored.
    public let blob: BlobClient
    /// The keys.
    public let encryption: ClientSideEncryption
}

extension BlobClient {
    /// A client of this blob with client-side encryption.
    ///
    /// - Parameter encryption: The configuration of the encryption.
    public func encrypted(with encryption: ClientSideEncryption) -> EncryptedBlobClient {
        EncryptedBlobClient(blob: self, encryption: encryption)
    }

    /// A client of this blob with client-side encryption.
    ///
    /// - Parameter key: The key that protects the key of the blob.
    public func encrypted(with key: any KeyEncryptionKey) -> EncryptedBlobClient {
        encrypted(with: ClientSideEncryption(key: key))
    }
}

extension EncryptedBlobClient {
    /// The encryption of the blob.
    ///
    /// - Parameter options: Conditions and more.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/notClientEncrypted`` for a blob that is not.
    ///
    /// REST operation: Get Blob Properties.
    public func encryptionInfo(
        options: BlobPropertiesOptions = BlobPropertiesOptions()
    ) async throws -> BlobEncryptionInfo {
        try EncryptionMetadata(
            await blob.properties(options: options).metadata, maximumRegionSize: encryption.maximumRegionSize, of: blob
        ).info
    }

    /// Protects the blob's key with another key-encryption key. The content stays as it is.
    ///
    /// Whoever had the old key and the old metadata can still read the content: upload the blob again when the old key
    /// was compromised.
    ///
    /// - Parameters:
    ///   - key: The key to use from now on.
    ///   - options: Lease, encryption by the service and more; the blob must not change meanwhile.
    ///
    /// REST operations: Get Blob Properties, Set Blob Metadata.
    @discardableResult
    public func replaceKeyEncryptionKey(
        with key: any KeyEncryptionKey, options: BlobUpdateOptions = BlobUpdateOptions()
    ) async throws -> BlobInfo {
        let properties = try await blob.properties(
            options: BlobPropertiesOptions(
                conditions: options.conditions, customerKey: options.encryption.customerKey, call: options.call))
        var metadata = try EncryptionMetadata(
            properties.metadata, maximumRegionSize: encryption.maximumRegionSize, of: blob)
        let contentKey = try await metadata.contentKey(encryption.key(metadata.keyID, for: blob), of: blob)
        metadata.wrappedKey = try await key.wrap(metadata.version.keyPrefix + contentKey)
        metadata.keyID = key.id
        metadata.wrapAlgorithm = key.wrapAlgorithm
        var all = properties.metadata.filter { $0.key.lowercased() != EncryptionMetadata.name }
        all[EncryptionMetadata.name] = metadata.json
        var options = options
        options.conditions = BlobAccessConditions(ifMatch: properties.etag, leaseID: options.conditions.leaseID)
        return try await blob.setMetadata(all, options: options)
    }
}

public import AzureCore

extension AzureErrorCode {
    /// The blob was not encrypted by a client, or lost the metadata that says how.
    public static let notClientEncrypted = AzureErrorCode("NotClientEncrypted")
    /// The metadata that says how the blob was encrypted is damaged, or of a version that is not known.
    public static let invalidEncryptionMetadata = AzureErrorCode("InvalidEncryptionMetadata")
    /// The key-encryption key is not the one that the blob's key was wrapped with.
    public static let wrongEncryptionKey = AzureErrorCode("WrongEncryptionKey")
    /// The encrypted content was changed or cut off.
    public static let decryptionFailed = AzureErrorCode("DecryptionFailed")
}

extension AzureError {
    /// An error about the encryption of a blob.
    static func encryption(_ code: AzureErrorCode, _ message: String, of blob: BlobClient) -> AzureError {
        AzureError(service: .blob, code: code, message: message, operation: "Blob.Decrypt", resource: blob.address)
    }
}

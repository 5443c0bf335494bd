import AzureCore
import AzureCrypto
import HTTPTypes
import StorageCore

public import struct Foundation.Data

/// Server-side encryption with other than the account's defaults.
public struct BlobEncryption: Sendable {
    /// The customer-provided key, which is required for every request that reads or writes the content.
    public var customerKey: CustomerProvidedKey?
    /// The name of an encryption scope of the account. Not together with a key; for writing only.
    public var scope: String?

    /// Creates a configuration. The default leaves it to the account.
    public init(customerKey: CustomerProvidedKey? = nil, scope: String? = nil) {
        self.customerKey = customerKey
        self.scope = scope
    }

    /// Adds this to a request.
    ///
    /// - Parameters:
    ///   - fields: The header fields of the request.
    ///   - endpoint: Where the request goes; a key goes nowhere without TLS.
    func apply(to fields: inout HTTPFields, endpoint: AzureEndpoint) throws {
        guard customerKey == nil || scope == nil else {
            throw AzureError.invalidArgument("A blob has either a key of the caller's or an encryption scope.")
        }
        try fields.set(.encryptionScope, scope)
        try customerKey?.apply(to: &fields, endpoint: endpoint)
    }
}

/// A customer-provided key, with which the service encrypts a blob and which it does not store. Descriptions do not
/// contain it.
public struct CustomerProvidedKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let key: Data

    /// Wraps a key for AES-256.
    ///
    /// - Parameter key: 32 bytes.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` for any other length.
    public init(aes256 key: Data) throws {
        guard key.count == 32 else {
            throw AzureError.invalidArgument("A key for AES-256 has 32 bytes; this one has \(key.count).")
        }
        self.key = key
    }

    /// Adds the key to a request.
    ///
    /// - Parameters:
    ///   - fields: The header fields of the request.
    ///   - endpoint: Where the request goes.
    ///   - isSource: Whether it is the key of what is copied from.
    func apply(to fields: inout HTTPFields, endpoint: AzureEndpoint, isSource: Bool = false) throws {
        guard endpoint.scheme == "https" else {
            throw AzureError.invalidArgument("A customer-provided key is only sent over https.")
        }
        fields[isSource ? .sourceEncryptionKey : .encryptionKey] = key.base64EncodedString()
        fields[isSource ? .sourceEncryptionKeySHA256 : .encryptionKeySHA256] =
            Data(Digest.of(key, .sha256)).base64EncodedString()
        fields[isSource ? .sourceEncryptionAlgorithm : .encryptionAlgorithm] = "AES256"
    }

    public var description: String { "CustomerProvidedKey" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

import AzureCore
import AzureCrypto

public import struct Foundation.Data

/// A key that protects the keys of blobs: each blob is encrypted with a key of its own, and that one with this.
///
/// ``LocalKeyEncryptionKey`` keeps the key in memory. One in a vault or a security module is a type of the caller's
/// that asks it to wrap and unwrap.
public protocol KeyEncryptionKey: Sendable {
    /// The name of the key, which is stored with each blob so that the right one can be found again.
    var id: String { get }

    /// The name of the algorithm that ``wrap(_:)`` uses, which is stored with each blob, such as `A256KW` or
    /// `RSA-OAEP`.
    var wrapAlgorithm: String { get }

    /// Protects a key.
    ///
    /// - Parameter key: 40 bytes; when a blob of version 1.0 gets another key-encryption key, 32.
    func wrap(_ key: Data) async throws -> Data

    /// Gives back a key that was protected.
    ///
    /// - Parameters:
    ///   - key: What ``wrap(_:)`` returned, here or in another client.
    ///   - algorithm: The algorithm that is stored with the blob.
    /// - Throws: Any error when the key cannot be had; it reaches the caller as it is.
    func unwrap(_ key: Data, algorithm: String) async throws -> Data
}

/// A key-encryption key in memory: AES key wrap (RFC 3394). Descriptions do not contain it.
public struct LocalKeyEncryptionKey: KeyEncryptionKey, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    public let id: String
    public let wrapAlgorithm: String
    private let wrapper: AESKeyWrap

    /// Takes a key.
    ///
    /// - Parameters:
    ///   - id: The name of the key, not empty, which is stored with each blob.
    ///   - key: 16, 24 or 32 random bytes. Whoever has them can read the blobs; who loses them cannot any more.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` for any other length, or
    ///   an empty name.
    public init(id: String, key: Data) throws {
        guard !id.isEmpty else { throw AzureError.invalidArgument("A key-encryption key needs a name.") }
        guard AESKeyWrap.keySizes.contains(key.count) else {
            throw AzureError.invalidArgument("A key-encryption key has 16, 24 or 32 bytes; this one has \(key.count).")
        }
        self.id = id
        wrapAlgorithm = "A\(key.count * 8)KW"
        wrapper = AESKeyWrap(key: key)
    }

    public func wrap(_ key: Data) throws -> Data {
        guard let wrapped = wrapper.wrap(Array(key)) else {
            throw AzureError.invalidArgument(
                "AES key wrap takes keys of 16, 24, 32 … bytes; this one has \(key.count).")
        }
        return Data(wrapped)
    }

    public func unwrap(_ key: Data, algorithm: String) throws -> Data {
        guard algorithm == wrapAlgorithm else {
            throw AzureError(
                service: .blob, code: .wrongEncryptionKey,
                message: "The blob's key was wrapped with '\(algorithm)', and the key '\(id)' is for \(wrapAlgorithm).")
        }
        guard let content = wrapper.unwrap(Array(key)) else {
            throw AzureError(
                service: .blob, code: .wrongEncryptionKey,
                message: "The key '\(id)' does not open the blob's key: it is another key of this name, or the "
                    + "blob's metadata was changed.")
        }
        return Data(content)
    }

    public var description: String { "LocalKeyEncryptionKey(\(id))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

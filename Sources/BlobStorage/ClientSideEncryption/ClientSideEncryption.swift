import AzureCore

/// The configuration of client-side encryption; see ``BlobClient/encrypted(with:)-(ClientSideEncryption)``.
public struct ClientSideEncryption: Sendable {
    /// The key that protects the keys of the blobs. Needed for uploads; downloads use it when the name fits.
    public var key: (any KeyEncryptionKey)?
    /// Finds a key by its name, for downloads. It takes precedence over ``key``.
    public var keyResolver: (@Sendable (_ id: String) async throws -> (any KeyEncryptionKey)?)?
    /// The largest region of a blob that is accepted, in bytes. A region has to be in memory whole before any of it is
    /// known to be genuine, and the blob itself says how large it is. The default is 128 MiB; regions have 4 MiB unless
    /// their writer chose otherwise.
    public var maximumRegionSize: Int

    /// Creates a configuration.
    ///
    /// - Parameters:
    ///   - key: The key for uploads, and for downloads of what it protects.
    ///   - maximumRegionSize: The largest region that is accepted. The default is 128 MiB.
    ///   - keyResolver: Finds other keys by their names. The default knows none.
    public init(
        key: (any KeyEncryptionKey)?, maximumRegionSize: Int = 128 * 1024 * 1024,
        keyResolver: (@Sendable (_ id: String) async throws -> (any KeyEncryptionKey)?)? = nil
    ) {
        self.key = key
        self.maximumRegionSize = maximumRegionSize
        self.keyResolver = keyResolver
    }

    /// The key of a name.
    func key(_ id: String, for blob: BlobClient) async throws -> any KeyEncryptionKey {
        if let found = try await keyResolver?(id) { return found }
        if let key, key.id == id { return key }
        let known = key.map { "the key here is '\($0.id)'" } ?? "there is no key here"
        throw AzureError.encryption(
            .wrongEncryptionKey, "The blob was encrypted for the key '\(id)'; \(known), and no other was found.",
            of: blob)
    }
}

/// The encryption of a blob.
public struct BlobEncryptionInfo: Sendable, Hashable {
    /// The version of the format: `2.0`, `2.1` or `1.0`. Version 1.0 does not detect changes of the content.
    public var version: String
    /// The name of the key that protects the blob's key.
    public var keyID: String
    /// The algorithm that wraps the blob's key.
    public var wrapAlgorithm: String
}

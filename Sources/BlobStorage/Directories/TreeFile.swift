public import AzureCore

/// A file or blob of a tree before it is transferred; see ``TreeTransferOptions/beforeEach``.
public struct TreeFile: Sendable {
    /// The name of the blob.
    public let name: String
    /// The path of the file; empty for a copy between containers.
    public let path: String
    /// The size of the source in bytes.
    public let size: Int64
    /// The time of the last change of the source; nil when it is unknown.
    public let modified: AzureTimestamp?
    /// The header fields that the blob gets. In a download those that it has, and changes mean nothing.
    public var httpHeaders: BlobHTTPHeaders
    /// The metadata that the blob gets. In a download what it has, and changes mean nothing.
    public var metadata: BlobMetadata
    /// The tags that the blob gets. Uploads only.
    public var tags: [String: String]
    /// The access tier that the blob gets. In a download that which it has, and changes mean nothing.
    public var accessTier: AccessTier?
    /// Whether the file is skipped, with ``SkipReason/byCaller``. The default is false.
    public var isSkipped = false

    /// Describes a file, for tests.
    public init(
        name: String, path: String = "", size: Int64 = 0, modified: AzureTimestamp? = nil,
        httpHeaders: BlobHTTPHeaders = BlobHTTPHeaders(), metadata: BlobMetadata = [:], tags: [String: String] = [:],
        accessTier: AccessTier? = nil
    ) {
        self.name = name
        self.path = path
        self.size = size
        self.modified = modified
        self.httpHeaders = httpHeaders
        self.metadata = metadata
        self.tags = tags
        self.accessTier = accessTier
    }
}

extension BlobUploadOptions {
    /// The same as the caller wants it for one file; nil when that is to be skipped.
    ///
    /// - Parameters:
    ///   - beforeEach: Asks the caller; nil when nobody is to be asked.
    ///   - name: The name of the blob.
    ///   - path: The path of the file; empty for a copy.
    ///   - size: The size of the source in bytes.
    ///   - modified: The time of its last change.
    func chosen(
        by beforeEach: (@Sendable (inout TreeFile) async throws -> Void)?, name: String, path: String = "",
        size: Int64, modified: AzureTimestamp?
    ) async throws -> BlobUploadOptions? {
        guard let beforeEach else { return self }
        var choice = TreeFile(
            name: name, path: path, size: size, modified: modified, httpHeaders: httpHeaders, metadata: metadata,
            tags: tags, accessTier: accessTier)
        try await beforeEach(&choice)
        guard !choice.isSkipped else { return nil }
        var options = self
        options.httpHeaders = choice.httpHeaders
        options.metadata = choice.metadata
        options.tags = choice.tags
        options.accessTier = choice.accessTier
        return options
    }
}

/// One entry of a list of containers.
public struct ContainerItem: Sendable, Hashable {
    /// The name.
    public var name: String
    /// Whether it is soft-deleted.
    public var isDeleted: Bool = false
    /// The version that names a soft-deleted container.
    public var version: String?
    /// Its properties.
    public var properties = ContainerProperties()

    /// Creates an entry, for tests and fakes.
    public init(name: String) {
        self.name = name
    }
}

/// One entry of a list of blobs.
public struct BlobItem: Sendable, Hashable {
    /// The name.
    public var name: String
    /// Whether it is soft-deleted.
    public var isDeleted: Bool = false
    /// The snapshot that this is; nil for the blob itself.
    public var snapshot: String?
    /// Whether nothing but older versions of the blob exist.
    public var hasVersionsOnly: Bool?
    /// Its properties.
    public var properties = BlobProperties()
    /// The metadata as one encrypted text, where the service keeps it so.
    public var encryptedMetadata: String?
    /// Its tags, when asked for.
    public var tags: [String: String] = [:]

    /// Creates an entry, for tests and fakes.
    public init(name: String) {
        self.name = name
    }

    /// The version that this is, in accounts with versioning.
    public var versionID: String? { properties.versionID }
}

/// One entry of a list of blobs by hierarchy.
public enum BlobHierarchyItem: Sendable, Hashable {
    /// A blob.
    case blob(BlobItem)
    /// All blobs whose names begin with this, up to and including the delimiter.
    case prefix(String)
}

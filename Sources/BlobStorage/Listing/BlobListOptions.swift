public import AzureCore

/// What a list of blobs shows besides the blobs themselves.
public struct BlobListInclude: OptionSet, Sendable, Hashable {
    public let rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// The last copy into each blob.
    public static let copy = BlobListInclude(rawValue: 1 << 0)
    /// Soft-deleted blobs.
    public static let deleted = BlobListInclude(rawValue: 1 << 1)
    /// Soft-deleted blobs that still have versions.
    public static let deletedWithVersions = BlobListInclude(rawValue: 1 << 2)
    /// Immutability policies.
    public static let immutabilityPolicy = BlobListInclude(rawValue: 1 << 3)
    /// Legal holds.
    public static let legalHold = BlobListInclude(rawValue: 1 << 4)
    /// Metadata.
    public static let metadata = BlobListInclude(rawValue: 1 << 5)
    /// Snapshots, each an entry of its own.
    public static let snapshots = BlobListInclude(rawValue: 1 << 6)
    /// Tags.
    public static let tags = BlobListInclude(rawValue: 1 << 7)
    /// Blobs that have nothing but blocks which are not committed.
    public static let uncommittedBlobs = BlobListInclude(rawValue: 1 << 8)
    /// Versions, each an entry of its own.
    public static let versions = BlobListInclude(rawValue: 1 << 9)

    /// The names that the service knows, in one order.
    private static let names: [(item: BlobListInclude, name: String)] = [
        (.copy, "copy"), (.deleted, "deleted"), (.deletedWithVersions, "deletedwithversions"),
        (.immutabilityPolicy, "immutabilitypolicy"), (.legalHold, "legalhold"), (.metadata, "metadata"),
        (.snapshots, "snapshots"), (.tags, "tags"), (.uncommittedBlobs, "uncommittedblobs"), (.versions, "versions"),
    ]

    /// The value of the query parameter; nil for an empty set.
    var query: String? {
        isEmpty ? nil : Self.names.filter { contains($0.item) }.map(\.name).joined(separator: ",")
    }
}

/// The choices of ``BlobContainerClient/listBlobs(prefix:options:)`` and
/// ``BlobContainerClient/listBlobsByHierarchy(prefix:delimiter:options:)``.
public struct BlobListOptions: Sendable {
    /// What the list shows besides the blobs. The default is nothing.
    public var include: BlobListInclude
    /// The most entries of a page, 1 to 5,000. The default leaves that to the service, which takes 5,000.
    public var pageSize: Int?
    /// The name that the list begins at; only for the first page.
    public var startFrom: String?
    /// Where to go on: the token of a page. The default is the beginning.
    public var continuationToken: String?
    /// The choices of each call.
    public var call: CallOptions

    /// Creates options.
    public init(
        include: BlobListInclude = [], pageSize: Int? = nil, startFrom: String? = nil,
        continuationToken: String? = nil, call: CallOptions = CallOptions()
    ) {
        self.include = include
        self.pageSize = pageSize
        self.startFrom = startFrom
        self.continuationToken = continuationToken
        self.call = call
    }
}

/// What a list of containers shows besides the containers themselves.
public struct ContainerListInclude: OptionSet, Sendable, Hashable {
    public let rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// Metadata.
    public static let metadata = ContainerListInclude(rawValue: 1 << 0)
    /// Soft-deleted containers.
    public static let deleted = ContainerListInclude(rawValue: 1 << 1)
    /// Containers of the service itself, such as `$logs`.
    public static let system = ContainerListInclude(rawValue: 1 << 2)

    /// The value of the query parameter; nil for an empty set.
    var query: String? {
        let names: [(ContainerListInclude, String)] = [
            (.metadata, "metadata"), (.deleted, "deleted"), (.system, "system"),
        ]
        return isEmpty ? nil : names.filter { contains($0.0) }.map(\.1).joined(separator: ",")
    }
}

/// The choices of ``BlobServiceClient/listContainers(prefix:options:)``.
public struct ContainerListOptions: Sendable {
    /// What the list shows besides the containers. The default is nothing.
    public var include: ContainerListInclude
    /// The most entries of a page, 1 to 5,000. The default leaves that to the service, which takes 5,000.
    public var pageSize: Int?
    /// Where to go on: the token of a page. The default is the beginning.
    public var continuationToken: String?
    /// The choices of each call.
    public var call: CallOptions

    /// Creates options.
    public init(
        include: ContainerListInclude = [], pageSize: Int? = nil, continuationToken: String? = nil,
        call: CallOptions = CallOptions()
    ) {
        self.include = include
        self.pageSize = pageSize
        self.continuationToken = continuationToken
        self.call = call
    }
}

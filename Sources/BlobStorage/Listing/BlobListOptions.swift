public import AzureCore

/// Additional content of a list of blobs.
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
    /// Snapshots, as separate entries.
    public static let snapshots = BlobListInclude(rawValue: 1 << 6)
    /// Tags.
    public static let tags = BlobListInclude(rawValue: 1 << 7)
    /// Blobs with uncommitted blocks only.
    public static let uncommittedBlobs = BlobListInclude(rawValue: 1 << 8)
    /// Versions, as separate entries.
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

/// Options for listing blobs.
public struct BlobListOptions: Sendable {
    /// The additional content of the list. The default is nothing.
    public var include: BlobListInclude
    /// The maximum number of entries of a page, 1 to 5,000. The default is that of the service, 5,000.
    public var pageSize: Int?
    /// The first name of the list; only for the first page.
    public var startFrom: String?
    /// The continuation token of a page to resume after. The default starts at the beginning.
    public var continuationToken: String?
    /// Options of each call.
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

/// Additional content of a list of containers.
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

/// Options for listing containers.
public struct ContainerListOptions: Sendable {
    /// The additional content of the list. The default is nothing.
    public var include: ContainerListInclude
    /// The maximum number of entries of a page, 1 to 5,000. The default is that of the service, 5,000.
    public var pageSize: Int?
    /// The continuation token of a page to resume after. The default starts at the beginning.
    public var continuationToken: String?
    /// Options of each call.
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

public import AzureCore

/// Options for finding blobs by their tags.
public struct BlobFindOptions: Sendable {
    /// Whether older versions are searched as well. The default is false.
    public var includesVersions: Bool
    /// The maximum number of entries of a page, 1 to 5,000. The default is that of the service, 5,000.
    public var pageSize: Int?
    /// The continuation token of a page to resume after. The default starts at the beginning.
    public var continuationToken: String?
    /// Options of each call.
    public var call: CallOptions

    /// Creates options.
    public init(
        includesVersions: Bool = false, pageSize: Int? = nil, continuationToken: String? = nil,
        call: CallOptions = CallOptions()
    ) {
        self.includesVersions = includesVersions
        self.pageSize = pageSize
        self.continuationToken = continuationToken
        self.call = call
    }
}

/// A blob that was found by its tags.
public struct FoundBlob: Sendable, Hashable {
    /// The name of its container.
    public var containerName: String
    /// The name.
    public var name: String
    /// The tags that the expression refers to.
    public var tags: [String: String] = [:]
    /// The version, in accounts with versioning, when requested.
    public var versionID: String?
    /// Whether this version is the newest.
    public var isCurrentVersion: Bool?

    /// Creates an entry, for tests and fakes.
    public init(containerName: String, name: String, tags: [String: String] = [:]) {
        self.containerName = containerName
        self.name = name
        self.tags = tags
    }
}

public import AzureCore

/// The choices of ``BlobServiceClient/findBlobs(matching:options:)`` and
/// ``BlobContainerClient/findBlobs(matching:options:)``.
public struct BlobFindOptions: Sendable {
    /// Whether older versions are looked through as well. The default is false.
    public var includesVersions: Bool
    /// The most entries of a page, 1 to 5,000. The default leaves that to the service, which takes 5,000.
    public var pageSize: Int?
    /// Where to go on: the token of a page. The default is the beginning.
    public var continuationToken: String?
    /// The choices of each call.
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
    /// The container that it is in.
    public var containerName: String
    /// The name.
    public var name: String
    /// Those of its tags that the expression asks about.
    public var tags: [String: String] = [:]
    /// The version, where the account keeps versions and they were asked for.
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

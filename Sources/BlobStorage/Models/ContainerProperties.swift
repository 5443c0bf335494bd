public import AzureCore
import HTTPTypes
import StorageCore

/// The properties of a container. A property that the service did not send is nil.
public struct ContainerProperties: Sendable, Hashable {
    /// The ETag of the container.
    public var etag: ETag?
    /// When the container, not its blobs, was changed last.
    public var lastModified: AzureTimestamp?
    /// The metadata. A list has it only when requested.
    public var metadata: BlobMetadata = [:]
    /// Its lease.
    public var lease = LeaseProperties()
    /// The level of public access; nil for none.
    public var publicAccess: PublicAccess?
    /// Whether there is an immutability policy on it.
    public var hasImmutabilityPolicy: Bool?
    /// Whether there is a legal hold on it.
    public var hasLegalHold: Bool?
    /// Whether single versions of its blobs can be made immutable.
    public var isImmutableStorageWithVersioningEnabled: Bool?
    /// The encryption scope that its blobs get.
    public var defaultEncryptionScope: String?
    /// Whether its blobs may not have another scope.
    public var deniesEncryptionScopeOverride: Bool?
    /// When a soft-deleted container was deleted.
    public var deletedOn: AzureTimestamp?
    /// The remaining number of days in which a soft-deleted container can be restored.
    public var remainingRetentionDays: Int?
    /// The general header fields of the answer; nil in a list.
    public var response: ResponseInfo?

    /// Creates an empty description, for tests and fakes.
    public init() {}

    init(_ head: HTTPResponse) {
        let fields = head.headerFields
        response = ResponseInfo(head)
        etag = fields.open(.eTag)
        lastModified = fields.timestamp(.lastModified)
        metadata = fields.values(withPrefix: MetadataFields.prefix)
        lease = LeaseProperties(fields)
        publicAccess = fields.open(.publicAccess)
        hasImmutabilityPolicy = fields.bool(.hasImmutabilityPolicy)
        hasLegalHold = fields.bool(.hasLegalHold)
        isImmutableStorageWithVersioningEnabled = fields.bool(.immutableStorageWithVersioning)
        defaultEncryptionScope = fields[.defaultEncryptionScope]
        deniesEncryptionScopeOverride = fields.bool(.denyEncryptionScopeOverride)
    }
}

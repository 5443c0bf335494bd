public import AzureCore

/// The properties of a blob. A property that the service did not send is nil.
public struct BlobProperties: Sendable, Hashable {
    /// The size of the whole blob, in bytes.
    public var contentLength: Int64 = 0
    /// The ETag of the blob, for conditions.
    public var etag: ETag?
    /// The time of the last change of the blob.
    public var lastModified: AzureTimestamp?
    /// The time of the blob's creation.
    public var createdOn: AzureTimestamp?
    /// The time of the last access, in accounts that track it.
    public var lastAccessedOn: AzureTimestamp?
    /// The time at which the service will delete the blob.
    public var expiresOn: AzureTimestamp?
    /// The type of the blob.
    public var blobType: BlobType?
    /// The header fields that the blob is served with.
    public var httpHeaders = BlobHTTPHeaders()
    /// The metadata. A list has it only when requested.
    public var metadata: BlobMetadata = [:]
    /// The number of tags.
    public var tagCount: Int?

    /// Its lease.
    public var lease = LeaseProperties()
    /// The last copy into it.
    public var copy: CopyProperties?
    /// Its access tier and rehydration.
    public var tier = Tier()
    /// Its encryption.
    public var encryption = Encryption()
    /// Its immutability policy and legal hold.
    public var immutability = Immutability()

    /// Its version, in accounts with versioning.
    public var versionID: String?
    /// Whether this version is the newest.
    public var isCurrentVersion: Bool?
    /// The sequence number of a page blob.
    public var sequenceNumber: Int64?
    /// The number of blocks that were appended to an append blob.
    public var committedBlockCount: Int?
    /// Whether an append blob is sealed.
    public var isSealed: Bool?
    /// When a soft-deleted blob was deleted.
    public var deletedOn: AzureTimestamp?
    /// The remaining number of days in which a soft-deleted blob can be restored.
    public var remainingRetentionDays: Int?
    /// The policy by which the blob is replicated from here.
    public var replicationPolicyID: String?
    /// The status of the blob's replication, by `POLICY_RULE`.
    public var replicationStatus: [String: String] = [:]
    /// In which unit parts of the blob can be asked for: `bytes`.
    public var acceptRanges: String?
    /// The answer's general header fields; nil for a blob of a list.
    public var response: ResponseInfo?

    /// The access tier of a blob and its rehydration.
    public struct Tier: Sendable, Hashable {
        /// The tier.
        public var accessTier: AccessTier?
        /// Whether the tier is that of the account, and not the blob's own.
        public var isInferred: Bool?
        /// The tier that the service has chosen for a blob in the tier ``AccessTier/smart``.
        public var smartAccessTier: AccessTier?
        /// When the tier was changed last.
        public var changedOn: AzureTimestamp?
        /// The status of rehydration from the archive.
        public var archiveStatus: ArchiveStatus?
        /// The priority of the rehydration.
        public var rehydratePriority: RehydratePriority?

        /// Creates an empty description.
        public init() {}
    }

    /// The encryption of a blob.
    public struct Encryption: Sendable, Hashable {
        /// Whether it is encrypted by the service.
        public var isServerEncrypted: Bool?
        /// The SHA-256 of the caller's key, in base64.
        public var keySHA256: String?
        /// The encryption scope.
        public var scope: String?

        /// Creates an empty description.
        public init() {}
    }

    /// The immutability policy and the legal hold of a blob.
    public struct Immutability: Sendable, Hashable {
        /// The policy on the blob.
        public var policy: ImmutabilityPolicy?
        /// Whether there is a legal hold.
        public var hasLegalHold: Bool?

        /// Describes a policy and a legal hold; nil says nothing of either.
        public init(policy: ImmutabilityPolicy? = nil, hasLegalHold: Bool? = nil) {
            self.policy = policy
            self.hasLegalHold = hasLegalHold
        }
    }

    /// Creates an empty description, for tests and fakes.
    public init() {}
}

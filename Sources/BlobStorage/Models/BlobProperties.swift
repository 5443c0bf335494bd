public import AzureCore

/// What the service knows about a blob. What it did not say is nil.
public struct BlobProperties: Sendable, Hashable {
    /// The size of the whole blob, in bytes.
    public var contentLength: Int64 = 0
    /// The version of the blob, for conditions.
    public var etag: ETag?
    /// When the blob was changed last.
    public var lastModified: AzureTimestamp?
    /// When the blob was made.
    public var createdOn: AzureTimestamp?
    /// When the blob was read last, where the account keeps track of it.
    public var lastAccessedOn: AzureTimestamp?
    /// When the service will delete the blob.
    public var expiresOn: AzureTimestamp?
    /// What sort of blob it is.
    public var blobType: BlobType?
    /// The header fields that the blob is served with.
    public var httpHeaders = BlobHTTPHeaders()
    /// The caller's own names and values. A list has them only when asked for.
    public var metadata: BlobMetadata = [:]
    /// How many tags the blob has.
    public var tagCount: Int?

    /// Its lease.
    public var lease = LeaseProperties()
    /// The last copy into it.
    public var copy: CopyProperties?
    /// Where it is stored, and on its way where.
    public var tier = Tier()
    /// How it is encrypted.
    public var encryption = Encryption()
    /// What forbids to change or delete it.
    public var immutability = Immutability()

    /// Its version, where the account keeps versions.
    public var versionID: String?
    /// Whether this version is the newest.
    public var isCurrentVersion: Bool?
    /// The sequence number of a page blob.
    public var sequenceNumber: Int64?
    /// The number of blocks that were appended to an append blob.
    public var committedBlockCount: Int?
    /// Whether an append blob is closed.
    public var isSealed: Bool?
    /// When a soft-deleted blob was deleted.
    public var deletedOn: AzureTimestamp?
    /// For how many days more a soft-deleted blob can be brought back.
    public var remainingRetentionDays: Int?
    /// The policy by which the blob is replicated from here.
    public var replicationPolicyID: String?
    /// What became of the blob's replication, by `POLICY_RULE`.
    public var replicationStatus: [String: String] = [:]
    /// In which unit parts of the blob can be asked for: `bytes`.
    public var acceptRanges: String?
    /// The answer's general header fields; nil for a blob of a list.
    public var response: ResponseInfo?

    /// Where a blob is stored.
    public struct Tier: Sendable, Hashable {
        /// The tier.
        public var accessTier: AccessTier?
        /// Whether the tier is that of the account, and not the blob's own.
        public var isInferred: Bool?
        /// The tier that the service has chosen for a blob in the tier ``AccessTier/smart``.
        public var smartAccessTier: AccessTier?
        /// When the tier was changed last.
        public var changedOn: AzureTimestamp?
        /// How far the blob is on its way out of the archive.
        public var archiveStatus: ArchiveStatus?
        /// How urgently it is fetched from there.
        public var rehydratePriority: RehydratePriority?

        /// Creates an empty description.
        public init() {}
    }

    /// How a blob is encrypted.
    public struct Encryption: Sendable, Hashable {
        /// Whether the service keeps it encrypted.
        public var isServerEncrypted: Bool?
        /// The SHA-256 of the caller's key, in base64.
        public var keySHA256: String?
        /// The encryption scope.
        public var scope: String?

        /// Creates an empty description.
        public init() {}
    }

    /// What forbids to change or delete a blob.
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

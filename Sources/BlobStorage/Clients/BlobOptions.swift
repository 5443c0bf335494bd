public import AzureCore

/// The choices of ``BlobClient/properties(options:)``.
public struct BlobPropertiesOptions: Sendable {
    /// Under which conditions to answer.
    public var conditions: BlobAccessConditions
    /// The key that the blob was encrypted with.
    public var customerKey: CustomerProvidedKey?
    /// The choices of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        conditions: BlobAccessConditions = BlobAccessConditions(),
        customerKey: CustomerProvidedKey? = nil,
        call: CallOptions = CallOptions()
    ) {
        self.conditions = conditions
        self.customerKey = customerKey
        self.call = call
    }
}

/// What to do with the snapshots of a blob that is deleted.
public struct SnapshotDeletion: Sendable, Hashable {
    let rawValue: String

    /// Delete the blob and its snapshots.
    public static let include = SnapshotDeletion(rawValue: "include")
    /// Delete the snapshots and keep the blob.
    public static let only = SnapshotDeletion(rawValue: "only")
}

/// The choices of ``BlobClient/delete(options:)``.
public struct BlobDeleteOptions: Sendable {
    /// What to do with snapshots. The default fails with ``AzureCore/AzureErrorCode/snapshotsPresent`` if there are any.
    public var snapshots: SnapshotDeletion?
    /// Whether a soft-deleted snapshot or version is deleted for good, before its days of retention are over; the
    /// account has to allow it. The default is false.
    public var isPermanent: Bool
    /// Under which conditions to delete.
    public var conditions: BlobAccessConditions
    /// Delete only if the blob was moved to another tier since then. Fractions of a second are dropped.
    public var ifAccessTierModifiedSince: AzureTimestamp?
    /// Delete only if the blob was not moved to another tier since then. Fractions of a second are dropped.
    public var ifAccessTierUnmodifiedSince: AzureTimestamp?
    /// The choices of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        snapshots: SnapshotDeletion? = nil,
        isPermanent: Bool = false,
        conditions: BlobAccessConditions = BlobAccessConditions(),
        ifAccessTierModifiedSince: AzureTimestamp? = nil,
        ifAccessTierUnmodifiedSince: AzureTimestamp? = nil,
        call: CallOptions = CallOptions()
    ) {
        self.snapshots = snapshots
        self.isPermanent = isPermanent
        self.conditions = conditions
        self.ifAccessTierModifiedSince = ifAccessTierModifiedSince
        self.ifAccessTierUnmodifiedSince = ifAccessTierUnmodifiedSince
        self.call = call
    }
}

/// The choices of calls that change something about a blob but not its content.
public struct BlobUpdateOptions: Sendable {
    /// Under which conditions to act.
    public var conditions: BlobAccessConditions
    /// How the service encrypts the blob, which must be as it was when the blob was written.
    public var encryption: BlobEncryption
    /// The choices of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        conditions: BlobAccessConditions = BlobAccessConditions(),
        encryption: BlobEncryption = BlobEncryption(),
        call: CallOptions = CallOptions()
    ) {
        self.conditions = conditions
        self.encryption = encryption
        self.call = call
    }
}

/// The choices of ``BlobClient/setAccessTier(_:options:)``.
public struct BlobSetTierOptions: Sendable {
    /// How urgently a blob is fetched from the archive.
    public var rehydratePriority: RehydratePriority?
    /// Under which conditions to act: tags and lease.
    public var conditions: BlobAccessConditions
    /// The choices of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        rehydratePriority: RehydratePriority? = nil,
        conditions: BlobAccessConditions = BlobAccessConditions(),
        call: CallOptions = CallOptions()
    ) {
        self.rehydratePriority = rehydratePriority
        self.conditions = conditions
        self.call = call
    }
}

public import AzureCore

/// Options for reading the properties of a blob.
public struct BlobPropertiesOptions: Sendable {
    /// Under which conditions to answer.
    public var conditions: BlobAccessConditions
    /// The key that the blob was encrypted with.
    public var customerKey: CustomerProvidedKey?
    /// Options of this call.
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

/// The treatment of snapshots when a blob is deleted.
public struct SnapshotDeletion: Sendable, Hashable {
    let rawValue: String

    /// Delete the blob and its snapshots.
    public static let include = SnapshotDeletion(rawValue: "include")
    /// Delete the snapshots and keep the blob.
    public static let only = SnapshotDeletion(rawValue: "only")
}

/// Options for deleting a blob.
public struct BlobDeleteOptions: Sendable {
    /// The treatment of snapshots. The default fails with ``AzureCore/AzureErrorCode/snapshotsPresent`` if there are
    /// any.
    public var snapshots: SnapshotDeletion?
    /// Whether a soft-deleted snapshot or version is deleted permanently, before its retention period is over; the
    /// account has to allow it. The default is false.
    public var isPermanent: Bool
    /// Under which conditions to delete.
    public var conditions: BlobAccessConditions
    /// Delete only if the blob was moved to another tier since then. Fractions of a second are dropped.
    public var ifAccessTierModifiedSince: AzureTimestamp?
    /// Delete only if the blob was not moved to another tier since then. Fractions of a second are dropped.
    public var ifAccessTierUnmodifiedSince: AzureTimestamp?
    /// Options of this call.
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

/// Options for changing something about a blob other than its content.
public struct BlobUpdateOptions: Sendable {
    /// Under which conditions to act.
    public var conditions: BlobAccessConditions
    /// Server-side encryption; it must be the same as when the blob was written.
    public var encryption: BlobEncryption
    /// Options of this call.
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

/// Options for changing the access tier of a blob.
public struct BlobSetTierOptions: Sendable {
    /// The priority of rehydration from the archive.
    public var rehydratePriority: RehydratePriority?
    /// Conditions: tags and lease.
    public var conditions: BlobAccessConditions
    /// Options of this call.
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

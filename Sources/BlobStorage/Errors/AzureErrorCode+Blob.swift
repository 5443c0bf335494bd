public import AzureCore

// Codes of the Blob service. Those that every service of Azure Storage has stand in StorageCore.

extension AzureErrorCode {
    /// The append blob does not end where the caller expected.
    public static let appendPositionConditionNotMet = AzureErrorCode("AppendPositionConditionNotMet")
    /// The blob exists already.
    public static let blobAlreadyExists = AzureErrorCode("BlobAlreadyExists")
    /// A policy or legal hold forbids to change or delete the blob.
    public static let blobImmutableDueToPolicy = AzureErrorCode("BlobImmutableDueToPolicy")
    /// The blob does not exist.
    public static let blobNotFound = AzureErrorCode("BlobNotFound")
    /// The blob was overwritten while it was read.
    public static let blobOverwritten = AzureErrorCode("BlobOverwritten")
    /// The blob is too large for the tier.
    public static let blobTierInadequateForContentLength = AzureErrorCode("BlobTierInadequateForContentLength")
    /// The blob is encrypted with a key that the caller must send along.
    public static let blobUsesCustomerSpecifiedEncryption = AzureErrorCode("BlobUsesCustomerSpecifiedEncryption")
    /// The blob has more than 100,000 uncommitted blocks.
    public static let blockCountExceedsLimit = AzureErrorCode("BlockCountExceedsLimit")
    /// The block list has more than 50,000 blocks.
    public static let blockListTooLong = AzureErrorCode("BlockListTooLong")
    /// A page blob cannot go to a lower tier.
    public static let cannotChangeToLowerTier = AzureErrorCode("CannotChangeToLowerTier")
    /// The source of a copy cannot be read.
    public static let cannotVerifyCopySource = AzureErrorCode("CannotVerifyCopySource")
    /// The container exists already.
    public static let containerAlreadyExists = AzureErrorCode("ContainerAlreadyExists")
    /// The container is being deleted; its name can be used again after the deletion.
    public static let containerBeingDeleted = AzureErrorCode("ContainerBeingDeleted")
    /// The container is disabled.
    public static let containerDisabled = AzureErrorCode("ContainerDisabled")
    /// The container does not exist.
    public static let containerNotFound = AzureErrorCode("ContainerNotFound")
    /// The blob is larger than the tier allows.
    public static let contentLengthLargerThanTierLimit = AzureErrorCode("ContentLengthLargerThanTierLimit")
    /// This copy works within one account only.
    public static let copyAcrossAccountsNotSupported = AzureErrorCode("CopyAcrossAccountsNotSupported")
    /// A copy that was waited for was aborted. This code is made here; the service does not send it.
    public static let copyAborted = AzureErrorCode("CopyAborted")
    /// A copy that was waited for has failed. This code is made here; the service does not send it.
    public static let copyFailed = AzureErrorCode("CopyFailed")
    /// The bytes that arrived do not have the CRC-64 that was announced.
    public static let crc64Mismatch = AzureErrorCode("Crc64Mismatch")
    /// The bytes that were downloaded do not have the checksum that the service announced. This code is made here; the
    /// service does not send it.
    public static let checksumMismatch = AzureErrorCode("ChecksumMismatch")
    /// The copy to abort is not the one that is under way.
    public static let copyIdMismatch = AzureErrorCode("CopyIdMismatch")
    /// The blob uses something newer than the version of the request.
    public static let featureVersionMismatch = AzureErrorCode("FeatureVersionMismatch")
    /// The source of the incremental copy is another blob than before.
    public static let incrementalCopyBlobMismatch = AzureErrorCode("IncrementalCopyBlobMismatch")
    /// An incremental copy cannot go back to an earlier snapshot.
    public static let incrementalCopyOfEarlierSnapshotNotAllowed = AzureErrorCode(
        "IncrementalCopyOfEarlierSnapshotNotAllowed")
    /// The source of an incremental copy must be a snapshot.
    public static let incrementalCopySourceMustBeSnapshot = AzureErrorCode("IncrementalCopySourceMustBeSnapshot")
    /// The destination of a copy may only have a lease without end.
    public static let infiniteLeaseDurationRequired = AzureErrorCode("InfiniteLeaseDurationRequired")
    /// The blob or block is not valid, mostly because its block ids have different lengths.
    public static let invalidBlobOrBlock = AzureErrorCode("InvalidBlobOrBlock")
    /// The tier does not suit the blob.
    public static let invalidBlobTier = AzureErrorCode("InvalidBlobTier")
    /// The blob is of another type than the operation needs.
    public static let invalidBlobType = AzureErrorCode("InvalidBlobType")
    /// The block id is no valid base64 text of the right length.
    public static let invalidBlockId = AzureErrorCode("InvalidBlockId")
    /// The block list names a block that does not exist.
    public static let invalidBlockList = AzureErrorCode("InvalidBlockList")
    /// The operation is not possible on this blob.
    public static let invalidOperation = AzureErrorCode("InvalidOperation")
    /// The page range is not aligned or lies outside the blob.
    public static let invalidPageRange = AzureErrorCode("InvalidPageRange")
    /// The source of the copy is of the wrong type.
    public static let invalidSourceBlobType = AzureErrorCode("InvalidSourceBlobType")
    /// The URL of the source of the copy is not valid.
    public static let invalidSourceBlobUrl = AzureErrorCode("InvalidSourceBlobUrl")
    /// The page blob needs a newer version of the service.
    public static let invalidVersionForPageBlobOperation = AzureErrorCode("InvalidVersionForPageBlobOperation")
    /// Somebody holds a lease already.
    public static let leaseAlreadyPresent = AzureErrorCode("LeaseAlreadyPresent")
    /// The lease was broken before.
    public static let leaseAlreadyBroken = AzureErrorCode("LeaseAlreadyBroken")
    /// The lease id is not that of the blob.
    public static let leaseIdMismatchWithBlobOperation = AzureErrorCode("LeaseIdMismatchWithBlobOperation")
    /// The lease id is not that of the container.
    public static let leaseIdMismatchWithContainerOperation = AzureErrorCode("LeaseIdMismatchWithContainerOperation")
    /// The lease id is not the one that is held.
    public static let leaseIdMismatchWithLeaseOperation = AzureErrorCode("LeaseIdMismatchWithLeaseOperation")
    /// There is a lease, and the request names none.
    public static let leaseIdMissing = AzureErrorCode("LeaseIdMissing")
    /// The lease is ending and cannot be acquired yet.
    public static let leaseIsBreakingAndCannotBeAcquired = AzureErrorCode("LeaseIsBreakingAndCannotBeAcquired")
    /// The lease is ending and cannot be changed.
    public static let leaseIsBreakingAndCannotBeChanged = AzureErrorCode("LeaseIsBreakingAndCannotBeChanged")
    /// The lease was broken and cannot be renewed.
    public static let leaseIsBrokenAndCannotBeRenewed = AzureErrorCode("LeaseIsBrokenAndCannotBeRenewed")
    /// The lease has expired.
    public static let leaseLost = AzureErrorCode("LeaseLost")
    /// The request names a lease, and the blob has none.
    public static let leaseNotPresentWithBlobOperation = AzureErrorCode("LeaseNotPresentWithBlobOperation")
    /// The request names a lease, and the container has none.
    public static let leaseNotPresentWithContainerOperation = AzureErrorCode("LeaseNotPresentWithContainerOperation")
    /// There is no lease to act on.
    public static let leaseNotPresentWithLeaseOperation = AzureErrorCode("LeaseNotPresentWithLeaseOperation")
    /// The append blob would grow beyond the size that the caller allows.
    public static let maxBlobSizeConditionNotMet = AzureErrorCode("MaxBlobSizeConditionNotMet")
    /// The request has no credentials, and anonymous access is not allowed.
    public static let noAuthenticationInformation = AzureErrorCode("NoAuthenticationInformation")
    /// No copy is under way.
    public static let noPendingCopyOperation = AzureErrorCode("NoPendingCopyOperation")
    /// The destination of an incremental copy cannot be used like this.
    public static let operationNotAllowedOnIncrementalCopyBlob = AzureErrorCode(
        "OperationNotAllowedOnIncrementalCopyBlob")
    /// A copy into the blob is under way.
    public static let pendingCopyOperation = AzureErrorCode("PendingCopyOperation")
    /// The snapshot to compare with is newer than the one that is read.
    public static let previousSnapshotCannotBeNewer = AzureErrorCode("PreviousSnapshotCannotBeNewer")
    /// The snapshot to compare with does not exist.
    public static let previousSnapshotNotFound = AzureErrorCode("PreviousSnapshotNotFound")
    /// The blob cannot be compared with a snapshot.
    public static let previousSnapshotOperationNotSupported = AzureErrorCode("PreviousSnapshotOperationNotSupported")
    /// A condition on the sequence number does not hold.
    public static let sequenceNumberConditionNotMet = AzureErrorCode("SequenceNumberConditionNotMet")
    /// The sequence number would overflow.
    public static let sequenceNumberIncrementTooLarge = AzureErrorCode("SequenceNumberIncrementTooLarge")
    /// The blob has as many snapshots as it can have.
    public static let snapshotCountExceeded = AzureErrorCode("SnapshotCountExceeded")
    /// Snapshots are made too often.
    public static let snapshotOperationRateExceeded = AzureErrorCode("SnapshotOperationRateExceeded")
    /// The blob has snapshots, which have to be deleted first or with it.
    public static let snapshotsPresent = AzureErrorCode("SnapshotsPresent")
    /// A condition on the source of a copy does not hold.
    public static let sourceConditionNotMet = AzureErrorCode(
        family: "SourceConditionNotMet", members: ["SourceConditionNotMet", "CannotVerifyCopySource"])
    /// The blob is in use by the system.
    public static let systemInUse = AzureErrorCode("SystemInUse")
    /// A condition on the destination of a copy does not hold.
    public static let targetConditionNotMet = AzureErrorCode("TargetConditionNotMet")
    /// The caller may create blobs but not overwrite them.
    public static let unauthorizedBlobOverwrite = AzureErrorCode("UnauthorizedBlobOverwrite")
    /// The blob is being rehydrated from the archive.
    public static let blobBeingRehydrated = AzureErrorCode("BlobBeingRehydrated")
    /// The blob is in the archive and cannot be read before it is rehydrated.
    public static let blobArchived = AzureErrorCode("BlobArchived")
    /// The blob is not in the archive.
    public static let blobNotArchived = AzureErrorCode("BlobNotArchived")
    /// The signature does not allow requests from this address.
    public static let authorizationSourceIPMismatch = AzureErrorCode("AuthorizationSourceIPMismatch")
    /// The signature does not allow this protocol; use https.
    public static let authorizationProtocolMismatch = AzureErrorCode("AuthorizationProtocolMismatch")
    /// The signature or role lacks the permission.
    public static let authorizationPermissionMismatch = AzureErrorCode("AuthorizationPermissionMismatch")
    /// The signature is for another service.
    public static let authorizationServiceMismatch = AzureErrorCode("AuthorizationServiceMismatch")
    /// The signature is for another type of resource.
    public static let authorizationResourceTypeMismatch = AzureErrorCode("AuthorizationResourceTypeMismatch")
    /// The kind of account does not have this tier.
    public static let blobAccessTierNotSupportedForAccountType = AzureErrorCode(
        "BlobAccessTierNotSupportedForAccountType")
}

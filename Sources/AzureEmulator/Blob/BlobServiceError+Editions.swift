extension BlobServiceError {
    static let snapshotsPresent = BlobServiceError(
        409, "SnapshotsPresent", "The blob has snapshots; the request has to say what becomes of them.")
    static let operationNotAllowedOnRootBlob = BlobServiceError(
        403, "OperationNotAllowedOnRootBlob", "The version is the current one, which is deleted without naming it.")
    static let blobOperationNotSupported = BlobServiceError(
        409, "BlobOperationNotSupported",
        "Only a deleted snapshot or version can be given up for good, and only where the account allows it.")
    static let previousSnapshotNotFound = BlobServiceError(
        409, "PreviousSnapshotNotFound", "The earlier snapshot does not exist.")
    static let previousSnapshotCannotBeNewer = BlobServiceError(
        409, "PreviousSnapshotCannotBeNewer", "The earlier snapshot is not the earlier one.")
    static let blobOverwritten = BlobServiceError(
        409, "BlobOverwritten", "The blob was made anew since the earlier snapshot.")

    // MARK: Immutable blobs

    static let immutableDueToPolicy = BlobServiceError(
        409, "BlobImmutableDueToPolicy", "A policy keeps the blob from being changed or deleted.")
    static let immutableDueToLegalHold = BlobServiceError(
        409, "BlobImmutableDueToLegalHold", "A legal hold keeps the blob from being changed or deleted.")

    // MARK: Encryption

    static let usesCustomerKey = BlobServiceError(
        409, "BlobUsesCustomerSpecifiedEncryption",
        "The blob is encrypted with a key of the client's, which the request does not bring.")
    static let usesNoCustomerKey = BlobServiceError(
        409, "BlobDoesNotUseCustomerSpecifiedEncryption",
        "The request brings a key, and the blob is not encrypted with one of the client's.")
    static let customerKeyMismatch = BlobServiceError(
        409, "BlobCustomerSpecifiedEncryptionMismatch",
        "The blob is encrypted with something else than the request says.")
    static let forbiddenByEncryptionPolicy = BlobServiceError(
        403, "RequestForbiddenByContainerEncryptionPolicy",
        "The container lets its blobs have no other encryption scope than its own.")

    // MARK: Accounts without a hierarchical namespace

    static let hierarchicalNamespaceNotEnabled = BlobServiceError(
        400, "HierarchicalNamespaceNotEnabled", "The account has no hierarchical namespace, which this needs.")

    // MARK: Incremental copies

    static let incrementalCopySourceMustBeSnapshot = BlobServiceError(
        409, "IncrementalCopySourceMustBeSnapshot", "The source of an incremental copy is a snapshot.")
    static let incrementalCopyBlobMismatch = BlobServiceError(
        409, "IncrementalCopyBlobMismatch", "The destination is no incremental copy of this blob.")
    static let incrementalCopyOfEarlierSnapshot = BlobServiceError(
        409, "IncrementalCopyOfEarlierSnapshotNotAllowed", "A later snapshot, or this one, was copied already.")
    static let notAllowedOnIncrementalCopy = BlobServiceError(
        409, "OperationNotAllowedOnIncrementalCopyBlob",
        "An incremental copy can neither be read nor written; its snapshots can be read.")
}

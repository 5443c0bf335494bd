import HTTPTypes

/// The header fields of the Blob service. Each is a constant that is certain to be a valid name.
extension HTTPField.Name {
    private static func storage(_ name: String) -> HTTPField.Name {
        guard let result = HTTPField.Name(name) else { preconditionFailure("'\(name)' is no header name") }
        return result
    }

    // MARK: Every request and answer
    static let version = storage("x-ms-version")
    static let clientRequestID = storage("x-ms-client-request-id")
    static let requestID = storage("x-ms-request-id")
    static let requestDate = storage("x-ms-date")
    static let errorCode = storage("x-ms-error-code")

    // MARK: Conditions
    static let ifTags = storage("x-ms-if-tags")
    static let leaseID = storage("x-ms-lease-id")
    static let blobIfMatch = storage("x-ms-blob-if-match")
    static let blobIfNoneMatch = storage("x-ms-blob-if-none-match")
    static let blobIfModifiedSince = storage("x-ms-blob-if-modified-since")
    static let blobIfUnmodifiedSince = storage("x-ms-blob-if-unmodified-since")
    static let ifAccessTierModifiedSince = storage("x-ms-access-tier-if-modified-since")
    static let ifAccessTierUnmodifiedSince = storage("x-ms-access-tier-if-unmodified-since")

    // MARK: Content of a blob
    static let blobType = storage("x-ms-blob-type")
    static let blobContentType = storage("x-ms-blob-content-type")
    static let blobContentEncoding = storage("x-ms-blob-content-encoding")
    static let blobContentLanguage = storage("x-ms-blob-content-language")
    static let blobContentDisposition = storage("x-ms-blob-content-disposition")
    static let blobCacheControl = storage("x-ms-blob-cache-control")
    static let blobContentMD5 = storage("x-ms-blob-content-md5")
    static let blobContentLength = storage("x-ms-blob-content-length")
    static let contentMD5 = storage("Content-MD5")
    static let contentCRC64 = storage("x-ms-content-crc64")
    static let structuredBody = storage("x-ms-structured-body")
    static let structuredContentLength = storage("x-ms-structured-content-length")
    static let rangeGetContentCRC64 = storage("x-ms-range-get-content-crc64")
    static let rangeGetContentMD5 = storage("x-ms-range-get-content-md5")
    static let storageRange = storage("x-ms-range")

    // MARK: State of a blob
    static let accessTier = storage("x-ms-access-tier")
    static let accessTierInferred = storage("x-ms-access-tier-inferred")
    static let accessTierChangeTime = storage("x-ms-access-tier-change-time")
    static let smartAccessTier = storage("x-ms-smart-access-tier")
    static let archiveStatus = storage("x-ms-archive-status")
    static let rehydratePriority = storage("x-ms-rehydrate-priority")
    static let creationTime = storage("x-ms-creation-time")
    static let lastAccessTime = storage("x-ms-last-access-time")
    static let expiryTime = storage("x-ms-expiry-time")
    static let expiryOption = storage("x-ms-expiry-option")
    static let versionID = storage("x-ms-version-id")
    static let isCurrentVersion = storage("x-ms-is-current-version")
    static let snapshot = storage("x-ms-snapshot")
    static let sequenceNumber = storage("x-ms-blob-sequence-number")
    static let committedBlockCount = storage("x-ms-blob-committed-block-count")
    static let isSealed = storage("x-ms-blob-sealed")
    static let tags = storage("x-ms-tags")
    static let tagCount = storage("x-ms-tag-count")
    static let legalHold = storage("x-ms-legal-hold")
    static let immutabilityUntil = storage("x-ms-immutability-policy-until-date")
    static let immutabilityMode = storage("x-ms-immutability-policy-mode")
    static let deleteSnapshots = storage("x-ms-delete-snapshots")
    static let replicationPolicyID = storage("x-ms-or-policy-id")

    // MARK: Encryption
    static let serverEncrypted = storage("x-ms-server-encrypted")
    static let requestServerEncrypted = storage("x-ms-request-server-encrypted")
    static let encryptionKey = storage("x-ms-encryption-key")
    static let encryptionKeySHA256 = storage("x-ms-encryption-key-sha256")
    static let encryptionAlgorithm = storage("x-ms-encryption-algorithm")
    static let encryptionScope = storage("x-ms-encryption-scope")

    // MARK: Copies
    static let copyID = storage("x-ms-copy-id")
    static let copySource = storage("x-ms-copy-source")
    static let copyStatus = storage("x-ms-copy-status")
    static let copyStatusDescription = storage("x-ms-copy-status-description")
    static let copyProgress = storage("x-ms-copy-progress")
    static let copyCompletionTime = storage("x-ms-copy-completion-time")
    static let incrementalCopy = storage("x-ms-incremental-copy")
    static let copyDestinationSnapshot = storage("x-ms-copy-destination-snapshot")
    static let copyAction = storage("x-ms-copy-action")
    static let requiresSync = storage("x-ms-requires-sync")
    static let sealBlob = storage("x-ms-seal-blob")
    static let copySourceAuthorization = storage("x-ms-copy-source-authorization")
    static let copySourceBlobProperties = storage("x-ms-copy-source-blob-properties")
    static let copySourceTagOption = storage("x-ms-copy-source-tag-option")
    static let fileRequestIntent = storage("x-ms-file-request-intent")
    static let sourceRange = storage("x-ms-source-range")
    static let sourceContentMD5 = storage("x-ms-source-content-md5")
    static let sourceContentCRC64 = storage("x-ms-source-content-crc64")
    static let sourceIfMatch = storage("x-ms-source-if-match")
    static let sourceIfNoneMatch = storage("x-ms-source-if-none-match")
    static let sourceIfModifiedSince = storage("x-ms-source-if-modified-since")
    static let sourceIfUnmodifiedSince = storage("x-ms-source-if-unmodified-since")
    static let sourceIfTags = storage("x-ms-source-if-tags")
    static let sourceEncryptionKey = storage("x-ms-source-encryption-key")
    static let sourceEncryptionKeySHA256 = storage("x-ms-source-encryption-key-sha256")
    static let sourceEncryptionAlgorithm = storage("x-ms-source-encryption-algorithm")

    // MARK: Append and page blobs
    static let appendPosition = storage("x-ms-blob-condition-appendpos")
    static let maxSize = storage("x-ms-blob-condition-maxsize")
    static let appendOffset = storage("x-ms-blob-append-offset")
    static let pageWrite = storage("x-ms-page-write")
    static let ifSequenceNumberLessOrEqual = storage("x-ms-if-sequence-number-le")
    static let ifSequenceNumberLess = storage("x-ms-if-sequence-number-lt")
    static let ifSequenceNumberEqual = storage("x-ms-if-sequence-number-eq")
    static let sequenceNumberAction = storage("x-ms-sequence-number-action")
    static let previousSnapshotURL = storage("x-ms-previous-snapshot-url")

    // MARK: Leases
    static let leaseAction = storage("x-ms-lease-action")
    static let leaseDuration = storage("x-ms-lease-duration")
    static let leaseState = storage("x-ms-lease-state")
    static let leaseStatus = storage("x-ms-lease-status")
    static let proposedLeaseID = storage("x-ms-proposed-lease-id")
    static let leaseBreakPeriod = storage("x-ms-lease-break-period")
    static let leaseTime = storage("x-ms-lease-time")

    // MARK: Containers and accounts
    static let publicAccess = storage("x-ms-blob-public-access")
    static let defaultEncryptionScope = storage("x-ms-default-encryption-scope")
    static let denyEncryptionScopeOverride = storage("x-ms-deny-encryption-scope-override")
    static let hasImmutabilityPolicy = storage("x-ms-has-immutability-policy")
    static let hasLegalHold = storage("x-ms-has-legal-hold")
    static let immutableStorageWithVersioning = storage("x-ms-immutable-storage-with-versioning-enabled")
    static let skuName = storage("x-ms-sku-name")
    static let accountKind = storage("x-ms-account-kind")
    static let isHNSEnabled = storage("x-ms-is-hns-enabled")
    static let deletedContainerName = storage("x-ms-deleted-container-name")
    static let deletedContainerVersion = storage("x-ms-deleted-container-version")
    static let sourceContainerName = storage("x-ms-source-container-name")
    static let sourceLeaseID = storage("x-ms-source-lease-id")
}

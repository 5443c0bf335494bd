import AzureCore
import Foundation

extension BlobProperties {
    /// The elements of `Properties` in a list, in the service's order.
    static let xmlFields = XMLFields<BlobProperties>([
        ("Creation-Time", { $0.createdOn = $1.timestamp }),
        ("Last-Modified", { $0.lastModified = $1.timestamp }),
        ("Expiry-Time", { $0.expiresOn = $1.timestamp }),
        ("Etag", { $0.etag = ETag(rawValue: $1.string) }),
        // What is no number is refused with the name of the blob, once that is known.
        ("Content-Length", { $0.contentLength = $1.integer ?? -1 }),
        ("Content-Type", { $0.httpHeaders.contentType = $1.string }),
        ("Content-Encoding", { $0.httpHeaders.contentEncoding = $1.string }),
        ("Content-Language", { $0.httpHeaders.contentLanguage = $1.string }),
        ("Content-MD5", { $0.httpHeaders.contentMD5 = Data(base64Encoded: $1.string) }),
        ("Cache-Control", { $0.httpHeaders.cacheControl = $1.string }),
        ("Content-Disposition", { $0.httpHeaders.contentDisposition = $1.string }),
        ("x-ms-blob-sequence-number", { $0.sequenceNumber = $1.integer }),
        ("BlobType", { $0.blobType = BlobType(rawValue: $1.string) }),
        ("AccessTier", { $0.tier.accessTier = AccessTier(rawValue: $1.string) }),
        ("AccessTierInferred", { $0.tier.isInferred = $1.isTrue }),
        ("SmartAccessTier", { $0.tier.smartAccessTier = AccessTier(rawValue: $1.string) }),
        ("ArchiveStatus", { $0.tier.archiveStatus = ArchiveStatus(rawValue: $1.string) }),
        ("AccessTierChangeTime", { $0.tier.changedOn = $1.timestamp }),
        ("RehydratePriority", { $0.tier.rehydratePriority = RehydratePriority(rawValue: $1.string) }),
        ("LeaseStatus", { $0.lease.status = .init(rawValue: $1.string) }),
        ("LeaseState", { $0.lease.state = .init(rawValue: $1.string) }),
        ("LeaseDuration", { $0.lease.duration = .init(rawValue: $1.string) }),
        ("CopyId", { $0.knownCopy.id = $1.string }),
        ("CopyStatus", { $0.knownCopy.status = .init(rawValue: $1.string) }),
        ("CopySource", { $0.knownCopy.source = $1.string }),
        ("CopyProgress", { $0.knownCopy.progress = $1.string }),
        ("CopyCompletionTime", { $0.knownCopy.completedOn = $1.timestamp }),
        ("CopyStatusDescription", { $0.knownCopy.statusDescription = $1.string }),
        ("IncrementalCopy", { $0.knownCopy.isIncremental = $1.isTrue }),
        ("CopyDestinationSnapshot", { $0.knownCopy.destinationSnapshot = $1.string }),
        ("ServerEncrypted", { $0.encryption.isServerEncrypted = $1.isTrue }),
        ("CustomerProvidedKeySha256", { $0.encryption.keySHA256 = $1.string }),
        ("EncryptionScope", { $0.encryption.scope = $1.string }),
        ("DeletedTime", { $0.deletedOn = $1.timestamp }),
        ("RemainingRetentionDays", { $0.remainingRetentionDays = $1.integer.map { Int($0) } }),
        ("TagCount", { $0.tagCount = $1.integer.map { Int($0) } }),
        ("Sealed", { $0.isSealed = $1.isTrue }),
        ("LastAccessTime", { $0.lastAccessedOn = $1.timestamp }),
        (
            "ImmutabilityPolicyUntilDate",
            { $0.immutability.policy = .init(expiresOn: $1.timestamp, mode: $0.immutability.policy?.mode) }
        ),
        (
            "ImmutabilityPolicyMode",
            {
                $0.immutability.policy = .init(
                    expiresOn: $0.immutability.policy?.expiresOn, mode: .init(rawValue: $1.string))
            }
        ),
        ("LegalHold", { $0.immutability.hasLegalHold = $1.isTrue }),
    ])

    /// The copy, which is there as soon as something is known of it.
    private var knownCopy: CopyProperties {
        get { copy ?? CopyProperties() }
        set { copy = newValue }
    }
}

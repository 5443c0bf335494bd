import AzureCore
import HTTPTypes
import StorageCore

extension BlobProperties {
    /// Reads the header fields of an answer about a blob.
    ///
    /// - Parameter isDownload: Whether length and digest are those of the part that was asked for.
    init(_ head: HTTPResponse, isDownload: Bool = false) {
        self.init()
        let fields = head.headerFields
        response = ResponseInfo(head)
        acceptRanges = fields[.acceptRanges]
        contentLength = fields.length(.contentLength) ?? 0
        etag = fields.open(.eTag)
        lastModified = fields.timestamp(.lastModified)
        createdOn = fields.timestamp(.creationTime)
        lastAccessedOn = fields.timestamp(.lastAccessTime)
        expiresOn = fields.timestamp(.expiryTime)
        blobType = fields.open(.blobType)
        httpHeaders = BlobHTTPHeaders(
            contentType: fields[.contentType],
            contentEncoding: fields[.contentEncoding],
            contentLanguage: fields[.contentLanguage],
            contentDisposition: fields[.contentDisposition],
            cacheControl: fields[.cacheControl],
            contentMD5: fields.base64(.contentMD5))
        if isDownload {
            // Content-MD5 of a part is that of the part; the whole blob's has a field of its own.
            let isPart = fields[.contentRange] != nil
            httpHeaders.contentMD5 = fields.base64(.blobContentMD5) ?? (isPart ? nil : httpHeaders.contentMD5)
        }
        metadata = fields.values(withPrefix: MetadataFields.prefix)
        tagCount = fields.integer(.tagCount).map(Int.init(clamping:))
        readState(fields)
    }

    private mutating func readState(_ fields: HTTPFields) {
        lease = LeaseProperties(fields)
        copy = CopyProperties(fields)
        tier.accessTier = fields.open(.accessTier)
        tier.isInferred = fields.bool(.accessTierInferred)
        tier.smartAccessTier = fields.open(.smartAccessTier)
        tier.changedOn = fields.timestamp(.accessTierChangeTime)
        tier.archiveStatus = fields.open(.archiveStatus)
        tier.rehydratePriority = fields.open(.rehydratePriority)
        encryption.isServerEncrypted = fields.bool(.serverEncrypted)
        encryption.keySHA256 = fields[.encryptionKeySHA256]
        encryption.scope = fields[.encryptionScope]
        immutability.hasLegalHold = fields.bool(.legalHold)
        if fields[.immutabilityUntil] != nil || fields[.immutabilityMode] != nil {
            immutability.policy = ImmutabilityPolicy(
                expiresOn: fields.timestamp(.immutabilityUntil), mode: fields.open(.immutabilityMode))
        }
        versionID = fields[.versionID]
        isCurrentVersion = fields.bool(.isCurrentVersion)
        sequenceNumber = fields.integer(.sequenceNumber)
        committedBlockCount = fields.integer(.committedBlockCount).map(Int.init(clamping:))
        isSealed = fields.bool(.isSealed)
        replicationPolicyID = fields[.replicationPolicyID]
        replicationStatus = fields.values(withPrefix: "x-ms-or-")
        replicationStatus["policy-id"] = nil
    }
}

extension LeaseProperties {
    init(_ fields: HTTPFields) {
        self.init(
            status: fields.open(.leaseStatus), state: fields.open(.leaseState), duration: fields.open(.leaseDuration))
    }
}

extension CopyProperties {
    /// Nil when the answer says nothing of a copy.
    init?(_ fields: HTTPFields) {
        guard fields[.copyID] != nil || fields[.copyStatus] != nil else { return nil }
        self.init(id: fields[.copyID])
        source = fields[.copySource]
        status = fields.open(.copyStatus)
        statusDescription = fields[.copyStatusDescription]
        progress = fields[.copyProgress]
        completedOn = fields.timestamp(.copyCompletionTime)
        isIncremental = fields.bool(.incrementalCopy)
        destinationSnapshot = fields[.copyDestinationSnapshot]
    }
}

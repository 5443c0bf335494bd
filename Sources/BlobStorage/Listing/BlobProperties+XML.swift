import AzureCore
import Foundation

/// The elements of `Properties` in a list. Each function says whether it knew the name.
extension BlobProperties {
    /// What is about the content.
    mutating func setContent(_ name: String, _ text: String) -> Bool {
        switch name {
        case "Content-Length": contentLength = Int64(text) ?? 0
        case "Content-Type": httpHeaders.contentType = text
        case "Content-Encoding": httpHeaders.contentEncoding = text
        case "Content-Language": httpHeaders.contentLanguage = text
        case "Content-Disposition": httpHeaders.contentDisposition = text
        case "Cache-Control": httpHeaders.cacheControl = text
        case "Content-MD5": httpHeaders.contentMD5 = Data(base64Encoded: text)
        case "Etag": etag = ETag(rawValue: text)
        case "Last-Modified": lastModified = RFC1123Date.parse(text)
        case "Creation-Time": createdOn = RFC1123Date.parse(text)
        case "BlobType": blobType = BlobType(rawValue: text)
        default: return false
        }
        return true
    }

    /// What is about its state.
    mutating func setState(_ name: String, _ text: String) -> Bool {
        switch name {
        case "LeaseStatus": lease.status = .init(rawValue: text)
        case "LeaseState": lease.state = .init(rawValue: text)
        case "LeaseDuration": lease.duration = .init(rawValue: text)
        case "AccessTier": tier.accessTier = AccessTier(rawValue: text)
        case "AccessTierInferred": tier.isInferred = text == "true"
        case "AccessTierChangeTime": tier.changedOn = RFC1123Date.parse(text)
        case "SmartAccessTier": tier.smartAccessTier = AccessTier(rawValue: text)
        case "ArchiveStatus": tier.archiveStatus = ArchiveStatus(rawValue: text)
        case "RehydratePriority": tier.rehydratePriority = RehydratePriority(rawValue: text)
        case "ServerEncrypted": encryption.isServerEncrypted = text == "true"
        case "CustomerProvidedKeySha256": encryption.keySHA256 = text
        case "EncryptionScope": encryption.scope = text
        case "x-ms-blob-sequence-number": sequenceNumber = Int64(text)
        case "Sealed": isSealed = text == "true"
        case "TagCount": tagCount = Int(text)
        case "LegalHold": immutability.hasLegalHold = text == "true"
        default: return false
        }
        return true
    }

    /// What is about copies, times and policies.
    mutating func setHistory(_ name: String, _ text: String) {
        switch name {
        case "DeletedTime": deletedOn = RFC1123Date.parse(text)
        case "RemainingRetentionDays": remainingRetentionDays = Int(text)
        case "Expiry-Time": expiresOn = RFC1123Date.parse(text)
        case "LastAccessTime": lastAccessedOn = RFC1123Date.parse(text)
        case "ImmutabilityPolicyUntilDate":
            immutability.policy = ImmutabilityPolicy(
                expiresOn: RFC1123Date.parse(text), mode: immutability.policy?.mode)
        case "ImmutabilityPolicyMode":
            immutability.policy = ImmutabilityPolicy(
                expiresOn: immutability.policy?.expiresOn, mode: .init(rawValue: text))
        default: setCopy(name, text)
        }
    }

    private mutating func setCopy(_ name: String, _ text: String) {
        var copy = self.copy ?? CopyProperties(id: nil)
        switch name {
        case "CopyId": copy.id = text
        case "CopyStatus": copy.status = .init(rawValue: text)
        case "CopySource": copy.source = text
        case "CopyProgress": copy.progress = text
        case "CopyCompletionTime": copy.completedOn = RFC1123Date.parse(text)
        case "CopyStatusDescription": copy.statusDescription = text
        case "IncrementalCopy": copy.isIncremental = text == "true"
        case "CopyDestinationSnapshot": copy.destinationSnapshot = text
        default: return
        }
        self.copy = copy
    }
}

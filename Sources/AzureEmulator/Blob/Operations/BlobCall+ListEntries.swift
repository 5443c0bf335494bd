import AzureCore
import Foundation

/// The entries of a list of blobs.
extension BlobCall {
    static func append(_ entry: BlobListEntry, include: Set<String>, at times: ListTimes, to xml: inout XMLText) {
        let blob = entry.blob
        xml.open("Blob")
        append("Name", entry.name, to: &xml)
        appendIdentity(of: entry, include: include, to: &xml)
        xml.open("Properties")
        if let blob {
            xml.element("Creation-Time", RFC1123Date.format(blob.createdOn))
            xml.element("Last-Modified", RFC1123Date.format(blob.version.lastModified))
            // Here the tag stands without its quotation marks.
            xml.element("Etag", String(blob.version.etag.dropFirst().dropLast()))
        }
        xml.element("Content-Length", String(blob?.content.length ?? 0))
        append(blob?.headers ?? BlobHTTPHeaders(), to: &xml)
        if case .page(let number)? = blob?.kind { xml.element("x-ms-blob-sequence-number", String(number)) }
        xml.element("BlobType", (blob?.kind ?? .block).name)
        if let tier = entry.tier(at: times.date) { append(tier, to: &xml) }
        if let blob, !blob.tags.isEmpty { xml.element("TagCount", String(blob.tags.count)) }
        if let copy = blob?.copy { append(copy, isAsked: include.contains("copy"), to: &xml) }
        if blob?.isCurrent ?? true { BlobEmulator.append(blob?.lease ?? Lease(), at: times.leases, to: &xml) }
        xml.element("ServerEncrypted", "true")
        xml.optionalElement("CustomerProvidedKeySha256", blob?.encryption.keyHash)
        xml.optionalElement("EncryptionScope", blob?.encryption.scope)
        if let protection = blob?.protection { append(protection, include: include, to: &xml) }
        if case .append(isSealed: true)? = blob?.kind { xml.element("Sealed", "true") }
        if let deletion = entry.deletion {
            xml.element("DeletedTime", RFC1123Date.format(deletion.on))
            xml.element("RemainingRetentionDays", String(deletion.remainingDays(at: times.date)))
        }
        xml.close("Properties")
        if include.contains("metadata"), let blob { append(blob.metadata, to: &xml) }
        if include.contains("tags"), let blob, !blob.tags.isEmpty {
            xml.open("Tags")
            append(tags: blob.tags, to: &xml)
            xml.close("Tags")
        }
        if case .versionsOnly = entry.state { xml.element("HasVersionsOnly", "true") }
        xml.element("OrMetadata", "")
        xml.close("Blob")
    }

    /// Writes what tells the entry from others of its name.
    private static func appendIdentity(of entry: BlobListEntry, include: Set<String>, to xml: inout XMLText) {
        if entry.deletion != nil { xml.element("Deleted", "true") }
        switch entry.state {
        case .edition(let edition) where edition.kind == .snapshot: xml.element("Snapshot", edition.id)
        case .edition(let edition) where edition.kind == .version: xml.element("VersionId", edition.id)
        case .blob(let blob) where include.contains("versions") && blob.version.id != nil:
            xml.optionalElement("VersionId", blob.version.id)
            xml.element("IsCurrentVersion", "true")
        case .edition, .blob, .uncommitted, .versionsOnly: break
        }
    }

    private static func append(_ tier: BlobTier, to xml: inout XMLText) {
        xml.element("AccessTier", tier.name)
        xml.optionalElement("SmartAccessTier", tier.underlying)
        if tier.isInferred { xml.element("AccessTierInferred", "true") }
        xml.optionalElement("AccessTierChangeTime", tier.changedOn.map(RFC1123Date.format))
        xml.optionalElement("ArchiveStatus", tier.archiveStatus)
        xml.optionalElement("RehydratePriority", tier.rehydration?.priority)
    }

    private static func append(_ copy: CopyRecord, isAsked: Bool, to xml: inout XMLText) {
        if isAsked {
            xml.element("CopyId", copy.id)
            append("CopySource", copy.source, to: &xml)
            xml.element("CopyStatus", "success")
            xml.element("CopyProgress", "\(copy.length)/\(copy.length)")
            xml.element("CopyCompletionTime", RFC1123Date.format(copy.completedOn))
        }
        if let snapshot = copy.destinationSnapshot {
            xml.element("IncrementalCopy", "true")
            if isAsked { xml.element("DestinationSnapshot", snapshot) }
        }
    }

    private static func append(_ protection: BlobProtection, include: Set<String>, to xml: inout XMLText) {
        if include.contains("immutabilitypolicy"), let policy = protection.policy {
            xml.element("ImmutabilityPolicyUntilDate", RFC1123Date.format(policy.until))
            xml.element("ImmutabilityPolicyMode", policy.mode.rawValue)
        }
        if include.contains("legalhold"), protection.hasLegalHold { xml.element("LegalHold", "true") }
    }

    private static func append(_ headers: BlobHTTPHeaders, to xml: inout XMLText) {
        append("Content-Type", headers.contentType ?? "application/octet-stream", to: &xml)
        append("Content-Encoding", headers.contentEncoding ?? "", to: &xml)
        append("Content-Language", headers.contentLanguage ?? "", to: &xml)
        xml.element("Content-CRC64", "")
        append("Content-MD5", headers.contentMD5?.base64EncodedString() ?? "", to: &xml)
        append("Cache-Control", headers.cacheControl ?? "", to: &xml)
        append("Content-Disposition", headers.contentDisposition ?? "", to: &xml)
    }
}

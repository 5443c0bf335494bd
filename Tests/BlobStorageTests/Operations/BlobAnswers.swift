import BlobStorage
import Foundation

/// What the service says about a blob in header fields, each with a value of its own.
extension OperationCase {
    static let propertiesAnswerHeaders = all(
        contentAnswerHeaders, copyStateAnswerHeaders, tierAnswerHeaders,
        [
            "x-ms-incremental-copy": "true", "x-ms-copy-destination-snapshot": "s2",
            "x-ms-archive-status": "rehydrate-pending-to-hot", "x-ms-rehydrate-priority": "High",
            "x-ms-expiry-time": "Mon, 05 Jan 2026 03:04:05 GMT",
        ])

    /// What answers have that are about a blob as it is stored.
    static let contentAnswerHeaders = [
        "x-ms-creation-time": dateText, "x-ms-meta-Owner": "me", "x-ms-or-policy-id": "policy",
        "x-ms-or-p1_r1": "complete", "x-ms-blob-type": "BlockBlob", "x-ms-lease-duration": "fixed",
        "x-ms-lease-state": "leased", "x-ms-lease-status": "locked", "Content-Length": "5",
        "Content-Type": "text/plain", "Content-MD5": md5Text, "Content-Encoding": "br",
        "Content-Disposition": "inline", "Content-Language": "de", "Cache-Control": "no-store",
        "x-ms-blob-sequence-number": "9", "Accept-Ranges": "bytes", "x-ms-blob-committed-block-count": "3",
        "x-ms-server-encrypted": "true", "x-ms-encryption-key-sha256": "sha", "x-ms-encryption-scope": "scope",
        "x-ms-version-id": "v2", "x-ms-is-current-version": "true", "x-ms-tag-count": "4",
        "x-ms-blob-sealed": "true", "x-ms-last-access-time": "Sun, 04 Jan 2026 03:04:05 GMT",
        "x-ms-immutability-policy-until-date": dateText, "x-ms-immutability-policy-mode": "Locked",
        "x-ms-legal-hold": "true",
    ]

    static let copyStateAnswerHeaders = [
        "x-ms-copy-completion-time": dateText, "x-ms-copy-status-description": "why", "x-ms-copy-id": "c-1",
        "x-ms-copy-progress": "1/2", "x-ms-copy-source": "https://other.example/c/b", "x-ms-copy-status": "failed",
    ]

    static let tierAnswerHeaders = [
        "x-ms-access-tier": "Smart", "x-ms-access-tier-inferred": "true",
        "x-ms-access-tier-change-time": dateText, "x-ms-smart-access-tier": "Cool",
    ]

    /// What has to be read of ``propertiesAnswerHeaders``.
    static func propertiesResult(_ path: String) -> [String: String] {
        let day = "2026-01-02T03:04:05Z"
        let expected = [
            "etag": "\"0x8D\"", "lastModified": day, "createdOn": day, "expiresOn": "2026-01-05T03:04:05Z",
            "lastAccessedOn": "2026-01-04T03:04:05Z", "metadata[Owner]": "me", "replicationPolicyID": "policy",
            "replicationStatus[p1_r1]": "complete", "blobType": "BlockBlob", "contentLength": "5",
            "httpHeaders.contentType": "text/plain", "httpHeaders.contentMD5": md5Text,
            "httpHeaders.contentEncoding": "br", "httpHeaders.contentDisposition": "inline",
            "httpHeaders.contentLanguage": "de", "httpHeaders.cacheControl": "no-store",
            "lease.duration": "fixed", "lease.state": "leased", "lease.status": "locked", "sequenceNumber": "9",
            "acceptRanges": "bytes", "committedBlockCount": "3", "encryption.isServerEncrypted": "true",
            "encryption.keySHA256": "sha", "encryption.scope": "scope", "versionID": "v2",
            "isCurrentVersion": "true", "tagCount": "4", "isSealed": "true", "immutability.policy.expiresOn": day,
            "immutability.policy.mode": "Locked", "immutability.hasLegalHold": "true", "copy.completedOn": day,
            "copy.statusDescription": "why", "copy.id": "c-1", "copy.progress": "1/2",
            "copy.source": "https://other.example/c/b", "copy.status": "failed", "copy.isIncremental": "true",
            "copy.destinationSnapshot": "s2", "tier.accessTier": "Smart", "tier.isInferred": "true",
            "tier.changedOn": day, "tier.smartAccessTier": "Cool",
            "tier.archiveStatus": "rehydrate-pending-to-hot", "tier.rehydratePriority": "High",
        ]
        return all(
            commonResult("\(path)response."),
            Dictionary(uniqueKeysWithValues: expected.map { (path + $0.key, $0.value) }))
    }
}

public import AzureCore
import HTTPTypes
import StorageCore

public import struct Foundation.Data

/// The result of creating or changing a container.
public struct ContainerInfo: Sendable, Hashable {
    /// The new ETag of the container.
    public var etag: ETag?
    /// The time of the last change.
    public var lastModified: AzureTimestamp?
    /// The answer's general header fields.
    public var response: ResponseInfo

    init(_ head: HTTPResponse) {
        etag = head.headerFields.open(.eTag)
        lastModified = head.headerFields.timestamp(.lastModified)
        response = ResponseInfo(head)
    }
}

/// The result of writing the content or properties of a blob.
public struct BlobInfo: Sendable, Hashable {
    /// The new ETag of the blob, for conditions. Nil for a block that is not part of the blob yet.
    public var etag: ETag?
    /// The time of the last change.
    public var lastModified: AzureTimestamp?
    /// The new version, in accounts with versioning.
    public var versionID: String?
    /// The MD5 of the bytes that arrived, where the service computed it.
    public var contentMD5: Data?
    /// The CRC-64/NVME of the bytes that arrived, where the service computed it.
    public var contentCRC64: Data?
    /// Whether the service has encrypted what it was sent.
    public var isServerEncrypted: Bool?
    /// The SHA-256 of the caller's key, in base64.
    public var encryptionKeySHA256: String?
    /// The encryption scope.
    public var encryptionScope: String?
    /// The sequence number of a page blob.
    public var sequenceNumber: Int64?
    /// Whether an append blob is sealed.
    public var isSealed: Bool?
    /// The answer's general header fields.
    public var response: ResponseInfo

    init(_ head: HTTPResponse) {
        let fields = head.headerFields
        etag = fields.open(.eTag)
        lastModified = fields.timestamp(.lastModified)
        versionID = fields[.versionID]
        contentMD5 = fields.base64(.contentMD5)
        contentCRC64 = fields.base64(.contentCRC64)
        isServerEncrypted = fields.bool(.requestServerEncrypted)
        encryptionKeySHA256 = fields[.encryptionKeySHA256]
        encryptionScope = fields[.encryptionScope]
        sequenceNumber = fields.integer(.sequenceNumber)
        isSealed = fields.bool(.isSealed)
        response = ResponseInfo(head)
    }
}

/// A snapshot that was created.
public struct BlobSnapshotInfo: Sendable, Hashable {
    /// The time that names the snapshot; see ``BlobClient/snapshot(_:)``.
    public var snapshot: String
    /// The ETag of the snapshot.
    public var etag: ETag?
    /// The time of the last change of the blob.
    public var lastModified: AzureTimestamp?
    /// The new version, in accounts with versioning.
    public var versionID: String?
    /// Whether the service has encrypted the metadata.
    public var isServerEncrypted: Bool?
    /// The answer's general header fields.
    public var response: ResponseInfo
}

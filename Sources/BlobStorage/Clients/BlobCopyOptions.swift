public import AzureCore
import HTTPTypes
import StorageCore

public import struct Foundation.Data

/// The properties that a copy gives to the destination.
public struct BlobCopyDestination: Sendable {
    /// The metadata. The default is that of the source.
    public var metadata: BlobMetadata
    /// Tags to find the blob by, at most 10.
    public var tags: [String: String]
    /// The access tier. The default is that of the account.
    public var accessTier: AccessTier?
    /// The immutability policy and legal hold of the blob.
    public var immutability: BlobProperties.Immutability
    /// Under which conditions to write.
    public var conditions: BlobAccessConditions

    /// Describes the destination of a copy.
    public init(
        metadata: BlobMetadata = [:],
        tags: [String: String] = [:],
        accessTier: AccessTier? = nil,
        immutability: BlobProperties.Immutability = BlobProperties.Immutability(),
        conditions: BlobAccessConditions = BlobAccessConditions()
    ) {
        self.metadata = metadata
        self.tags = tags
        self.accessTier = accessTier
        self.immutability = immutability
        self.conditions = conditions
    }

    func apply(to fields: inout HTTPFields) throws {
        try MetadataFields.apply(metadata, to: &fields)
        try TagFields.apply(tags, to: &fields)
        try fields.set(.accessTier, accessTier?.rawValue)
        try immutability.apply(to: &fields)
        try conditions.apply(to: &fields)
    }
}

/// Options for starting a copy.
public struct BlobStartCopyOptions: Sendable {
    /// The properties of the destination, and conditions.
    public var destination: BlobCopyDestination
    /// The priority of rehydrating a source from the archive.
    public var rehydratePriority: RehydratePriority?
    /// Whether an append blob is sealed after the copy. The default is as the source is.
    public var sealsDestination: Bool?
    /// Options of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        destination: BlobCopyDestination = BlobCopyDestination(),
        rehydratePriority: RehydratePriority? = nil,
        sealsDestination: Bool? = nil,
        call: CallOptions = CallOptions()
    ) {
        self.destination = destination
        self.rehydratePriority = rehydratePriority
        self.sealsDestination = sealsDestination
        self.call = call
    }
}

/// Options for copying a blob.
public struct BlobCopyOptions: Sendable {
    /// The properties of the destination, and conditions.
    public var destination: BlobCopyDestination
    /// The source of the tags. The default is the destination.
    public var tagSource: CopyTagSource?
    /// The name of an encryption scope of the account.
    public var encryptionScope: String?
    /// Options of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        destination: BlobCopyDestination = BlobCopyDestination(),
        tagSource: CopyTagSource? = nil,
        encryptionScope: String? = nil,
        call: CallOptions = CallOptions()
    ) {
        self.destination = destination
        self.tagSource = tagSource
        self.encryptionScope = encryptionScope
        self.call = call
    }
}

/// The source of the tags of a copy.
public struct CopyTagSource: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a value from the service's spelling, which may be unknown to this version.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// From the request.
    public static let request = CopyTagSource(rawValue: "REPLACE")
    /// From the source.
    public static let source = CopyTagSource(rawValue: "COPY")

    public var description: String { rawValue }
}

/// A copy that was started.
public struct BlobCopyInfo: Sendable, Hashable {
    /// The id of the copy.
    public var id: String?
    /// Its status.
    public var status: CopyStatus?
    /// The new ETag of the blob.
    public var etag: ETag?
    /// When the blob was changed.
    public var lastModified: AzureTimestamp?
    /// The new version, in accounts with versioning.
    public var versionID: String?
    /// The MD5 of what was copied, where the service computed it.
    public var contentMD5: Data?
    /// The CRC-64/NVME of what was copied, where the service computed it.
    public var contentCRC64: Data?
    /// The encryption scope.
    public var encryptionScope: String?
    /// The answer's general header fields.
    public var response: ResponseInfo

    init(_ head: HTTPResponse) {
        let fields = head.headerFields
        id = fields[.copyID]
        status = fields.open(.copyStatus)
        etag = fields.open(.eTag)
        lastModified = fields.timestamp(.lastModified)
        versionID = fields[.versionID]
        contentMD5 = fields.base64(.contentMD5)
        contentCRC64 = fields.base64(.contentCRC64)
        encryptionScope = fields[.encryptionScope]
        response = ResponseInfo(head)
    }
}

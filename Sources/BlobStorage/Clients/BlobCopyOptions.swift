public import AzureCore
import HTTPTypes
import StorageCore

public import struct Foundation.Data

/// What a blob that is copied into gets besides the content.
public struct BlobCopyDestination: Sendable {
    /// Names and values of your own. The default are those of the source.
    public var metadata: BlobMetadata
    /// Tags to find the blob by, at most 10.
    public var tags: [String: String]
    /// Where the blob is stored. The default is the account's choice.
    public var accessTier: AccessTier?
    /// Until when the blob cannot be changed or deleted, and whether a legal hold keeps it.
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

/// The choices of ``BlobClient/startCopy(from:options:)``.
public struct BlobStartCopyOptions: Sendable {
    /// What the blob gets besides the content, and under which conditions.
    public var destination: BlobCopyDestination
    /// How urgently a source is fetched from the archive.
    public var rehydratePriority: RehydratePriority?
    /// Whether an append blob is sealed after the copy. The default is as the source is.
    public var sealsDestination: Bool?
    /// The choices of this call.
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

/// The choices of ``BlobClient/copy(from:options:)``.
public struct BlobCopyOptions: Sendable {
    /// What the blob gets besides the content, and under which conditions.
    public var destination: BlobCopyDestination
    /// Where the tags come from. The default is the destination.
    public var tagSource: CopyTagSource?
    /// The name of an encryption scope of the account.
    public var encryptionScope: String?
    /// The choices of this call.
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

/// Where the tags of a copy come from.
public struct CopyTagSource: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Wraps a value as the service spells it; one that this version does not know is fine.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// From the request.
    public static let request = CopyTagSource(rawValue: "REPLACE")
    /// From the source.
    public static let source = CopyTagSource(rawValue: "COPY")

    public var description: String { rawValue }
}

/// A copy that was asked for.
public struct BlobCopyInfo: Sendable, Hashable {
    /// The id of the copy.
    public var id: String?
    /// Where it stands.
    public var status: CopyStatus?
    /// The new version of the blob.
    public var etag: ETag?
    /// When the blob was changed.
    public var lastModified: AzureTimestamp?
    /// The version that was made, where the account keeps versions.
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

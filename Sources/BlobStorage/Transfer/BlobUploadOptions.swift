public import AzureCore
import HTTPTypes
import StorageCore

/// Options for uploading a blob.
public struct BlobUploadOptions: Sendable {
    /// Whether an existing blob is replaced. The default is false: the upload then fails with
    /// ``AzureCore/AzureErrorCode/blobAlreadyExists``. Explicit conditions on the version take precedence.
    public var overwrite: Bool
    /// The header fields that the blob is served with.
    public var httpHeaders: BlobHTTPHeaders
    /// The metadata.
    public var metadata: BlobMetadata
    /// Tags to find the blob by, at most 10.
    public var tags: [String: String]
    /// The immutability policy and legal hold of the blob.
    public var immutability: BlobProperties.Immutability
    /// The access tier. The default is that of the account.
    public var accessTier: AccessTier?
    /// Under which conditions to write.
    public var conditions: BlobAccessConditions
    /// Server-side encryption.
    public var encryption: BlobEncryption
    /// The compression of the content. The blob is stored compressed, with this as its content encoding. The default is
    /// no compression.
    public var compression: ContentCompression?
    /// The size of parts, concurrency and validation.
    public var transfer: BlobTransferOptions
    /// Options of each call.
    public var call: CallOptions
    /// Where the progress is told, if anybody follows.
    var progress: TransferProgress?

    /// Creates options.
    public init(
        overwrite: Bool = false,
        httpHeaders: BlobHTTPHeaders = BlobHTTPHeaders(),
        metadata: BlobMetadata = [:],
        tags: [String: String] = [:],
        immutability: BlobProperties.Immutability = BlobProperties.Immutability(),
        accessTier: AccessTier? = nil,
        conditions: BlobAccessConditions = BlobAccessConditions(),
        encryption: BlobEncryption = BlobEncryption(),
        compression: ContentCompression? = nil,
        transfer: BlobTransferOptions = BlobTransferOptions(),
        call: CallOptions = CallOptions()
    ) {
        self.overwrite = overwrite
        self.httpHeaders = httpHeaders
        self.metadata = metadata
        self.tags = tags
        self.immutability = immutability
        self.accessTier = accessTier
        self.conditions = conditions
        self.encryption = encryption
        self.compression = compression
        self.transfer = transfer
        self.call = call
    }

    /// Whether the service is asked to refuse when the blob exists.
    var refusesExisting: Bool { !overwrite && !conditions.asksForVersion }

    func apply(to fields: inout HTTPFields, endpoint: AzureEndpoint) throws {
        try httpHeaders.apply(to: &fields)
        try MetadataFields.apply(metadata, to: &fields)
        try TagFields.apply(tags, to: &fields)
        try immutability.apply(to: &fields)
        try fields.set(.accessTier, accessTier?.rawValue)
        try conditions.apply(to: &fields)
        if refusesExisting { fields[.ifNoneMatch] = "*" }
        try encryption.apply(to: &fields, endpoint: endpoint)
    }
}

/// Options for the parts of a transfer: size, concurrency and validation.
public struct BlobTransferOptions: Sendable, Hashable {
    /// The maximum size of a blob that is uploaded with one request. The default is 8 MiB. Content of unknown length,
    /// such as that of a stream, is sent with one request when it fits into one part.
    public var singleShotLimit: Int
    /// The size of a part in bytes. The default is 8 MiB; uploads use larger parts when a blob would have more than
    /// 50,000 of them, and the parts of streams grow. A download as a stream begins with parts of at most 1 MiB.
    public var partSize: Int
    /// The number of concurrent parts. The default is ``TransferConcurrency/automatic``: 8, and more where that is
    /// faster.
    public var concurrency: TransferConcurrency
    /// The validation of the content. The default is ``TransferValidation/crc64``.
    public var validation: TransferValidation
    /// The time without progress after which a part is retried: no bytes were moved, or less than 64 KiB of a download.
    /// The default is 60 seconds.
    public var stallTimeout: Duration
    /// The time limit of the whole transfer, including retries, after which it fails with
    /// ``AzureCore/AzureErrorCode/deadlineExceeded``. An upload that ends so may have been committed all the same. The
    /// default is no limit: a part that stalls ends by ``stallTimeout``. Downloads as a stream, and those of encrypted
    /// blobs, ignore this.
    public var deadline: Duration?
    /// How fast content moves, in all transfers that have the same limit together. The default is no limit but that of
    /// the client, ``BlobClientOptions/bandwidth``. Where a part would take more than 20 seconds, fewer and smaller
    /// parts are under way. What a transport sends and receives ahead comes on top at first.
    public var bandwidth: BandwidthLimit?

    /// Creates options.
    public init(
        singleShotLimit: Int = 8 * 1024 * 1024, partSize: Int = 8 * 1024 * 1024,
        concurrency: TransferConcurrency = .automatic, validation: TransferValidation = .crc64,
        stallTimeout: Duration = .seconds(60), deadline: Duration? = nil, bandwidth: BandwidthLimit? = nil
    ) {
        self.singleShotLimit = singleShotLimit
        self.partSize = partSize
        self.concurrency = concurrency
        self.validation = validation
        self.stallTimeout = stallTimeout
        self.deadline = deadline
        self.bandwidth = bandwidth
    }

    func check() throws {
        guard singleShotLimit >= 0, Int64(singleShotLimit) <= Limits.putBlob else {
            throw AzureError.invalidArgument("A single-shot limit of \(singleShotLimit) bytes is not possible.")
        }
        guard partSize > 0, Int64(partSize) <= Limits.block else {
            throw AzureError.invalidArgument("Parts of \(partSize) bytes are not possible.")
        }
        guard concurrency.initial > 0, concurrency.maximum >= concurrency.initial else {
            throw AzureError.invalidArgument(
                "At least one part must be under way, and at most as many as at first; \(concurrency.initial) at first "
                    + "and at most \(concurrency.maximum) were asked for.")
        }
        guard concurrency.maximum <= Limits.partsUnderWay else {
            throw AzureError.invalidArgument(
                "At most \(Limits.partsUnderWay) parts can be under way; \(concurrency.maximum) were asked for.")
        }
        guard stallTimeout > .zero else {
            throw AzureError.invalidArgument("A part cannot come further within \(stallTimeout).")
        }
        if let deadline, deadline <= .zero {
            throw AzureError.invalidArgument("A transfer cannot be done within \(deadline).")
        }
    }
}

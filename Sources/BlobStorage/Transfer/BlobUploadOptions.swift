public import AzureCore
import HTTPTypes
import StorageCore

/// The choices of uploads.
public struct BlobUploadOptions: Sendable {
    /// Whether a blob that exists is replaced. The default is false: the upload then fails with
    /// ``AzureCore/AzureErrorCode/blobAlreadyExists``. Conditions of your own about the version go before this.
    public var overwrite: Bool
    /// The header fields that the blob is served with.
    public var httpHeaders: BlobHTTPHeaders
    /// Names and values of your own.
    public var metadata: BlobMetadata
    /// Tags to find the blob by, at most 10.
    public var tags: [String: String]
    /// Until when the blob cannot be changed or deleted, and whether a legal hold keeps it.
    public var immutability: BlobProperties.Immutability
    /// Where the blob is stored. The default is the account's choice.
    public var accessTier: AccessTier?
    /// Under which conditions to write.
    public var conditions: BlobAccessConditions
    /// How the service encrypts the blob.
    public var encryption: BlobEncryption
    /// How the content is made smaller on its way, and stays so: the blob gets this as its content encoding. The
    /// default leaves it as it is.
    public var compression: ContentCompression?
    /// How large parts are, and how many are under way.
    public var transfer: BlobTransferOptions
    /// Lets another task follow how far the upload has come.
    public var progress: TransferProgress?
    /// The choices of each call.
    public var call: CallOptions

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
        progress: TransferProgress? = nil,
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
        self.progress = progress
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

/// How large the parts of a transfer are, how many are under way at once, and how they are verified.
public struct BlobTransferOptions: Sendable, Hashable {
    /// Up to this size a blob is uploaded with one request. The default is 8 MiB. Content whose length is not known
    /// beforehand, such as that of a stream, goes with one request when it fits into one part.
    public var singleShotLimit: Int
    /// The size of a part in bytes. The default is 8 MiB; uploads take larger ones when a blob would have more than
    /// 50,000 of them, and those of streams grow on the way.
    public var partSize: Int
    /// How many parts are under way at once. The default is ``TransferConcurrency/automatic``: 8, and more where that is
    /// faster.
    public var concurrency: TransferConcurrency
    /// How the transfer makes sure that every byte arrives as it was. The default is ``TransferValidation/crc64``.
    public var validation: TransferValidation
    /// How long a part may come no further before it is tried again: nothing has moved, or of a download less than
    /// 64 KiB. The default is 60 seconds.
    public var stallTimeout: Duration
    /// How long the whole transfer may take, retries included, before it ends with
    /// ``AzureCore/AzureErrorCode/deadlineExceeded``. An upload that ends so may have been committed all the same. The
    /// default is as long as it takes: a part that comes to a halt ends by ``stallTimeout``. Downloads as a stream, and those of encrypted blobs, do not
    /// look at this.
    public var deadline: Duration?

    /// Creates options.
    public init(
        singleShotLimit: Int = 8 * 1024 * 1024, partSize: Int = 8 * 1024 * 1024,
        concurrency: TransferConcurrency = .automatic, validation: TransferValidation = .crc64,
        stallTimeout: Duration = .seconds(60), deadline: Duration? = nil
    ) {
        self.singleShotLimit = singleShotLimit
        self.partSize = partSize
        self.concurrency = concurrency
        self.validation = validation
        self.stallTimeout = stallTimeout
        self.deadline = deadline
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

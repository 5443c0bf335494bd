public import AzureCore

/// Options for batch requests.
public struct BlobBatchOptions: Sendable {
    /// The maximum number of concurrent requests, each with up to 256 blobs. The default is 4.
    public var maxConcurrency: Int
    /// Options of each request. The part for a blob has a request id of its own and the date at which it is signed.
    public var call: CallOptions

    /// Creates options.
    public init(maxConcurrency: Int = 4, call: CallOptions = CallOptions()) {
        self.maxConcurrency = maxConcurrency
        self.call = call
    }
}

/// One deletion of a batch.
public struct BlobBatchDeletion: Sendable {
    /// The blob, snapshot or version.
    public var blob: BlobClient
    /// Snapshots and conditions. Its ``BlobDeleteOptions/call`` is ignored; that of the batch applies.
    public var options: BlobDeleteOptions

    /// Describes a deletion.
    public init(_ blob: BlobClient, options: BlobDeleteOptions = BlobDeleteOptions()) {
        self.blob = blob
        self.options = options
    }
}

/// One change of a tier of a batch.
public struct BlobBatchTierChange: Sendable {
    /// The blob, snapshot or version.
    public var blob: BlobClient
    /// The tier that it moves to.
    public var tier: AccessTier
    /// Priority and conditions. Its ``BlobSetTierOptions/call`` is ignored; that of the batch applies.
    public var options: BlobSetTierOptions

    /// Describes a change.
    public init(_ blob: BlobClient, to tier: AccessTier, options: BlobSetTierOptions = BlobSetTierOptions()) {
        self.blob = blob
        self.tier = tier
        self.options = options
    }
}

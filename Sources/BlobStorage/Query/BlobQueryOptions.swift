public import AzureCore

/// Options for querying a blob.
public struct BlobQueryOptions: Sendable {
    /// The format of the blob. The default is that of the service, which takes CSV.
    public var input: BlobQueryFormat?
    /// The format of the response. The default is as in the blob, or CSV for a blob in Parquet.
    public var output: BlobQueryFormat?
    /// Under which conditions to read.
    public var conditions: BlobAccessConditions
    /// The key that the blob was encrypted with.
    public var customerKey: CustomerProvidedKey?
    /// Called with the progress of the query, while the response is read.
    public var onProgress: (@Sendable (BlobQueryProgress) -> Void)?
    /// Called with errors of single rows, while the response is read; those rows are missing. The default ignores them.
    /// An error that ends the query is thrown instead.
    public var onError: (@Sendable (BlobQueryError) -> Void)?
    /// Options of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        input: BlobQueryFormat? = nil, output: BlobQueryFormat? = nil,
        conditions: BlobAccessConditions = BlobAccessConditions(), customerKey: CustomerProvidedKey? = nil,
        onProgress: (@Sendable (BlobQueryProgress) -> Void)? = nil,
        onError: (@Sendable (BlobQueryError) -> Void)? = nil, call: CallOptions = CallOptions()
    ) {
        self.input = input
        self.output = output
        self.conditions = conditions
        self.customerKey = customerKey
        self.onProgress = onProgress
        self.onError = onError
        self.call = call
    }

    /// The format of the answer that is asked for.
    var effectiveOutput: BlobQueryFormat? {
        output ?? (input == .parquet ? nil : input)
    }
}

/// The progress of a query.
public struct BlobQueryProgress: Sendable, Hashable {
    /// The number of bytes of the blob that were processed.
    public var bytesScanned: Int64
    /// The total number of bytes.
    public var totalBytes: Int64

    /// Describes the progress of a query.
    public init(bytesScanned: Int64, totalBytes: Int64) {
        self.bytesScanned = bytesScanned
        self.totalBytes = totalBytes
    }
}

/// An error of a query.
public struct BlobQueryError: Sendable, Hashable {
    /// Its name, such as `InvalidColumnOrdinal`.
    public var name: String
    /// The description.
    public var description: String
    /// Whether it ended the query.
    public var isFatal: Bool
    /// Where in the blob it happened, in bytes.
    public var position: Int64

    /// Describes an error.
    public init(name: String, description: String, isFatal: Bool, position: Int64) {
        self.name = name
        self.description = description
        self.isFatal = isFatal
        self.position = position
    }
}

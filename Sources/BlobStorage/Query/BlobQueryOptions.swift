public import AzureCore

/// The choices of ``BlobClient/query(_:options:)``.
public struct BlobQueryOptions: Sendable {
    /// How the rows are written in the blob. The default leaves it to the service, which takes CSV.
    public var input: BlobQueryFormat?
    /// How the rows are written in the answer. The default is as in the blob, or CSV for a blob in Parquet.
    public var output: BlobQueryFormat?
    /// Under which conditions to read.
    public var conditions: BlobAccessConditions
    /// The key that the blob was encrypted with.
    public var customerKey: CustomerProvidedKey?
    /// Called with what the service says about how far it is, as the answer is read.
    public var progress: (@Sendable (BlobQueryProgress) -> Void)?
    /// Called with what went wrong with single rows, as the answer is read; those rows are missing. The default lets
    /// that pass. What ends the query is thrown instead.
    public var onError: (@Sendable (BlobQueryError) -> Void)?
    /// The choices of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        input: BlobQueryFormat? = nil, output: BlobQueryFormat? = nil,
        conditions: BlobAccessConditions = BlobAccessConditions(), customerKey: CustomerProvidedKey? = nil,
        progress: (@Sendable (BlobQueryProgress) -> Void)? = nil,
        onError: (@Sendable (BlobQueryError) -> Void)? = nil, call: CallOptions = CallOptions()
    ) {
        self.input = input
        self.output = output
        self.conditions = conditions
        self.customerKey = customerKey
        self.progress = progress
        self.onError = onError
        self.call = call
    }

    /// The format of the answer that is asked for.
    var effectiveOutput: BlobQueryFormat? {
        output ?? (input == .parquet ? nil : input)
    }
}

/// How far a query is.
public struct BlobQueryProgress: Sendable, Hashable {
    /// How many bytes of the blob were looked at.
    public var bytesScanned: Int64
    /// How many bytes there are.
    public var totalBytes: Int64

    /// Describes how far a query is.
    public init(bytesScanned: Int64, totalBytes: Int64) {
        self.bytesScanned = bytesScanned
        self.totalBytes = totalBytes
    }
}

/// What went wrong during a query.
public struct BlobQueryError: Sendable, Hashable {
    /// Its name, such as `InvalidColumnOrdinal`.
    public var name: String
    /// What it is, in words.
    public var description: String
    /// Whether it ended the query.
    public var isFatal: Bool
    /// Where in the blob it happened, in bytes.
    public var position: Int64

    /// Describes what went wrong.
    public init(name: String, description: String, isFatal: Bool, position: Int64) {
        self.name = name
        self.description = description
        self.isFatal = isFatal
        self.position = position
    }
}

public import AzureCore

/// The result for one blob of a batch.
public struct BlobBatchResult: Sendable {
    /// The blob, snapshot or version.
    public let blob: BlobClient
    /// The error; nil on success.
    public let error: AzureError?
    /// The general header fields of the response for this blob; nil when there was none.
    public let response: ResponseInfo?

    /// Whether the operation succeeded.
    public var isSuccess: Bool { error == nil }
}

/// The results for the blobs of a batch, in the given order.
public struct BlobBatchResults: RandomAccessCollection, Sendable {
    private let results: [BlobBatchResult]

    init(_ results: [BlobBatchResult]) {
        self.results = results
    }

    public var startIndex: Int { results.startIndex }
    public var endIndex: Int { results.endIndex }
    public subscript(position: Int) -> BlobBatchResult { results[position] }

    /// The results that are failures.
    public var failures: [BlobBatchResult] { results.filter { !$0.isSuccess } }

    /// Throws the first error, with a message that says how many there are; does nothing when there is none.
    public func throwIfAnyFailed() throws {
        let failures = failures
        guard var error = failures.first?.error else { return }
        if failures.count > 1 {
            error.message += " (This is the first of \(failures.count) failures among \(count) blobs.)"
        }
        throw error
    }
}

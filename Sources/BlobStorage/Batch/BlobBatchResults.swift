public import AzureCore

/// What became of one blob of a batch.
public struct BlobBatchResult: Sendable {
    /// The blob, snapshot or version.
    public let blob: BlobClient
    /// Why it failed; nil when it was done.
    public let error: AzureError?
    /// What the service says about this blob's answer; nil when there was none.
    public let response: ResponseInfo?

    /// Whether it was done.
    public var isSuccess: Bool { error == nil }
}

/// What became of all blobs of a batch, in the order in which they were given.
public struct BlobBatchResults: RandomAccessCollection, Sendable {
    private let results: [BlobBatchResult]

    init(_ results: [BlobBatchResult]) {
        self.results = results
    }

    public var startIndex: Int { results.startIndex }
    public var endIndex: Int { results.endIndex }
    public subscript(position: Int) -> BlobBatchResult { results[position] }

    /// Those that failed.
    public var failures: [BlobBatchResult] { results.filter { !$0.isSuccess } }

    /// Throws the first error, with a message that says how many there are; does nothing when all were done.
    public func throwIfAnyFailed() throws {
        let failures = failures
        guard var error = failures.first?.error else { return }
        if failures.count > 1 {
            error.message += " (This is the first of \(failures.count) failures among \(count) blobs.)"
        }
        throw error
    }
}

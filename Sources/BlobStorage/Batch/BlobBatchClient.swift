import AzureCore
import HTTPTypes

/// A client that deletes many blobs, or changes their tiers, in few requests.
///
/// ```swift
/// let results = try await container.batch.delete(["a.txt", "b.txt"].map { container.blob($0) })
/// for failure in results.failures { print(failure.blob.name, failure.error?.message ?? "") }
/// ```
///
/// One request of the service takes ``maxRequests`` blobs; more are split into several. Each blob has a result of its
/// own: one that fails does not keep the others from being done.
public struct BlobBatchClient: Sendable {
    /// The maximum number of blobs in one request.
    public static let maxRequests = 256

    let connection: BlobConnection
    /// The container that the blobs are in; nil for blobs of any container.
    public let containerName: String?

    /// Deletes blobs, snapshots or versions, all with the same options.
    ///
    /// - Parameters:
    ///   - blobs: What to delete.
    ///   - each: Snapshots and conditions of every deletion. Its `call` is ignored; ``BlobBatchOptions/call`` applies.
    ///   - options: Options for the batch requests.
    /// - Returns: The result for each, in the given order. When an answer was lost and the request repeated, blobs that
    ///   the first try deleted count as failed with ``AzureCore/AzureErrorCode/blobNotFound``.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/invalidArgument`` for input that the
    ///   service would reject, before anything is sent; `CancellationError` when the task was cancelled.
    ///
    /// REST operation: Blob Batch, with Delete Blob.
    public func delete(
        _ blobs: [BlobClient], each: BlobDeleteOptions = BlobDeleteOptions(),
        options: BlobBatchOptions = BlobBatchOptions()
    ) async throws -> BlobBatchResults {
        try await delete(blobs.map { BlobBatchDeletion($0, options: each) }, options: options)
    }

    /// Deletes blobs, snapshots or versions, each with options of its own.
    ///
    /// - Parameters:
    ///   - deletions: What to delete, and how.
    ///   - options: Options for the batch requests.
    /// - Returns: The result for each, in the given order.
    /// - Throws: As ``delete(_:each:options:)``.
    ///
    /// REST operation: Blob Batch, with Delete Blob.
    public func delete(
        _ deletions: [BlobBatchDeletion], options: BlobBatchOptions = BlobBatchOptions()
    ) async throws -> BlobBatchResults {
        try await submit(deletions.map { ($0.blob, try $0.blob.deleteRequest($0.options)) }, options)
    }

    /// Moves blobs, snapshots or versions to a tier, all with the same options.
    ///
    /// - Parameters:
    ///   - tier: The tier.
    ///   - blobs: What to move.
    ///   - each: Priority and conditions of every change. Its `call` is ignored; ``BlobBatchOptions/call`` applies.
    ///   - options: Options for the batch requests.
    /// - Returns: The result for each, in the given order.
    /// - Throws: As ``delete(_:each:options:)``.
    ///
    /// REST operation: Blob Batch, with Set Blob Tier.
    public func setAccessTier(
        _ tier: AccessTier, of blobs: [BlobClient], each: BlobSetTierOptions = BlobSetTierOptions(),
        options: BlobBatchOptions = BlobBatchOptions()
    ) async throws -> BlobBatchResults {
        try await setAccessTier(blobs.map { BlobBatchTierChange($0, to: tier, options: each) }, options: options)
    }

    /// Moves blobs, snapshots or versions, each to a tier and with options of its own.
    ///
    /// - Parameters:
    ///   - changes: What to move, and where.
    ///   - options: Options for the batch requests.
    /// - Returns: The result for each, in the given order.
    /// - Throws: As ``delete(_:each:options:)``.
    ///
    /// REST operation: Blob Batch, with Set Blob Tier.
    public func setAccessTier(
        _ changes: [BlobBatchTierChange], options: BlobBatchOptions = BlobBatchOptions()
    ) async throws -> BlobBatchResults {
        try await submit(changes.map { ($0.blob, try $0.blob.setTierRequest($0.tier, $0.options)) }, options)
    }
}

extension BlobServiceClient {
    /// A client that deletes many blobs, or changes their tiers, in few requests, in any container.
    public var batch: BlobBatchClient { BlobBatchClient(connection: connection, containerName: nil) }
}

extension BlobContainerClient {
    /// A client that deletes many blobs, or changes their tiers, in few requests. A shared access signature for the
    /// container is sufficient.
    public var batch: BlobBatchClient { BlobBatchClient(connection: connection, containerName: name) }

    /// Deletes many blobs in few requests.
    ///
    /// - Parameters:
    ///   - names: The names of the blobs.
    ///   - each: Snapshots and conditions of every deletion.
    ///   - options: Options for the batch requests.
    /// - Returns: The result for each, in the given order; see ``BlobBatchClient/delete(_:each:options:)``.
    ///
    /// REST operation: Blob Batch, with Delete Blob.
    public func deleteBlobs(
        _ names: [String], each: BlobDeleteOptions = BlobDeleteOptions(),
        options: BlobBatchOptions = BlobBatchOptions()
    ) async throws -> BlobBatchResults {
        try await self.batch.delete(names.map { blob($0) }, each: each, options: options)
    }

    /// Moves many blobs to a tier in few requests.
    ///
    /// - Parameters:
    ///   - tier: The tier.
    ///   - names: The names of the blobs.
    ///   - each: Priority and conditions of every change.
    ///   - options: Options for the batch requests.
    /// - Returns: The result for each, in the given order.
    ///
    /// REST operation: Blob Batch, with Set Blob Tier.
    public func setAccessTier(
        _ tier: AccessTier, ofBlobs names: [String], each: BlobSetTierOptions = BlobSetTierOptions(),
        options: BlobBatchOptions = BlobBatchOptions()
    ) async throws -> BlobBatchResults {
        try await self.batch.setAccessTier(tier, of: names.map { blob($0) }, each: each, options: options)
    }
}

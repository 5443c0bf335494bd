import AzureCore
import HTTPTypes
import StorageCore

extension PageBlobClient {
    /// Changes the size of the blob. Content beyond the new size is discarded; new space is filled with zeros.
    ///
    /// - Parameters:
    ///   - size: How many bytes, a multiple of 512, at most 8 TiB.
    ///   - options: Conditions, encryption and more.
    ///
    /// REST operation: Set Blob Properties.
    @discardableResult
    public func resize(to size: Int64, options: BlobUpdateOptions = BlobUpdateOptions()) async throws -> BlobInfo {
        try Self.check(size: size)
        var request = try blob.writeRequest(
            "PageBlob.Resize", .put, comp: "properties", success: [200], call: options.call)
        request.headers.set(.blobContentLength, size)
        try options.conditions.apply(to: &request.headers)
        try options.encryption.apply(to: &request.headers, endpoint: blob.connection.endpoint)
        return BlobInfo(try await blob.connection.send(request).head)
    }

    /// A change of the sequence number.
    public enum SequenceNumberChange: Sendable, Hashable {
        /// Sets it to this number.
        case update(Int64)
        /// Sets it to this number if that is larger than the current one.
        case max(Int64)
        /// By one.
        case increment

        fileprivate var action: String {
            switch self {
            case .update: "update"
            case .max: "max"
            case .increment: "increment"
            }
        }

        fileprivate var number: Int64? {
            switch self {
            case .update(let number), .max(let number): number
            case .increment: nil
            }
        }
    }

    /// Changes the sequence number; see ``PageBlobWriteOptions/sequenceNumber``.
    ///
    /// After a broken connection it is unknown whether the number was incremented; ``SequenceNumberChange/increment``
    /// is not retried then, unless ``AzureCore/CallOptions/isSafeToRetry`` says so.
    ///
    /// - Parameters:
    ///   - change: What to do.
    ///   - options: Conditions and more; encryption does not apply.
    ///
    /// REST operation: Set Blob Properties.
    @discardableResult
    public func setSequenceNumber(
        _ change: SequenceNumberChange, options: BlobUpdateOptions = BlobUpdateOptions()
    ) async throws -> BlobInfo {
        try Self.check(sequenceNumber: change.number)
        guard options.encryption.isDefault else {
            throw AzureError.invalidArgument("Changing the sequence number takes no encryption.")
        }
        var request = try blob.writeRequest(
            "PageBlob.SetSequenceNumber", .put, comp: "properties", success: [200], call: options.call)
        request.isUnsafe = change == .increment
        request.headers[.sequenceNumberAction] = change.action
        request.headers.set(.sequenceNumber, change.number)
        try options.conditions.apply(to: &request.headers)
        return BlobInfo(try await blob.connection.send(request).head)
    }

    /// Copies what has changed between two snapshots of another page blob.
    ///
    /// The first copy takes all of the snapshot; later ones, of later snapshots, take what has changed since. Each
    /// ends as a snapshot of this blob, which cannot be read itself. ``BlobClient/waitForCopy(_:reading:options:following:)``
    /// waits for it.
    ///
    /// - Parameters:
    ///   - source: The URL of a snapshot of a page blob, with a shared access signature unless it is public.
    ///   - options: Conditions on this blob: ETag, dates and tags.
    ///
    /// REST operation: Incremental Copy Blob.
    @discardableResult
    public func startIncrementalCopy(
        from source: BlobCopySource, options: BlobPropertiesOptions = BlobPropertiesOptions()
    ) async throws -> BlobCopyInfo {
        guard source.url.contains("snapshot=") else {
            throw AzureError.invalidArgument("The source of an incremental copy is a snapshot; \(source) is none.")
        }
        guard options.customerKey == nil else {
            throw AzureError.invalidArgument("An incremental copy takes no customer-provided key.")
        }
        var request = try blob.writeRequest(
            "PageBlob.IncrementalCopy", .put, comp: "incrementalcopy", success: [202], call: options.call)
        try await source.apply(to: &request.headers, of: blob.connection, supporting: [])
        try options.conditions.apply(to: &request.headers, supporting: [.etag, .dates, .tags])
        return BlobCopyInfo(try await blob.connection.send(copying: request))
    }
}

extension BlobEncryption {
    /// Whether all is left to the account.
    var isDefault: Bool { customerKey == nil && scope == nil }
}

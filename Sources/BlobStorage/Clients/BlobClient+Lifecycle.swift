public import AzureCore
import HTTPTypes
import StorageCore

extension BlobClient {
    /// Deletes the blob, or the snapshot or version that this client stands for.
    ///
    /// In an account that retains deleted blobs, ``BlobDeleteOptions/isPermanent`` deletes it permanently.
    ///
    /// - Parameter options: Snapshots, conditions and more.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/blobNotFound`` when the blob does not
    ///   exist.
    ///
    /// REST operation: Delete Blob.
    @discardableResult
    public func delete(options: BlobDeleteOptions = BlobDeleteOptions()) async throws -> ResponseInfo {
        ResponseInfo(try await connection.send(try deleteRequest(options)).head)
    }

    /// The request that deletes the blob, on its own or as a part of a batch.
    func deleteRequest(_ options: BlobDeleteOptions) throws -> BlobRequest {
        var request = request("Blob.Delete", .delete, success: [202], call: options.call)
        try request.headers.set(.deleteSnapshots, options.snapshots?.rawValue)
        if options.isPermanent {
            guard snapshot != nil || versionID != nil else {
                throw AzureError.invalidArgument(
                    "Only a soft-deleted snapshot or version can be deleted for good; '\(name)' is the blob itself.")
            }
            request.addQuery("deletetype", "Permanent")
        }
        try options.conditions.apply(to: &request.headers)
        try request.headers.set(.ifAccessTierModifiedSince, options.ifAccessTierModifiedSince)
        try request.headers.set(.ifAccessTierUnmodifiedSince, options.ifAccessTierUnmodifiedSince)
        return request
    }

    /// Deletes the blob if it exists.
    ///
    /// - Parameter options: Snapshots, conditions and more.
    /// - Returns: Whether it existed. True as well when it is gone after a try without an answer, which
    ///   may have deleted it.
    ///
    /// REST operation: Delete Blob.
    @discardableResult
    public func deleteIfExists(options: BlobDeleteOptions = BlobDeleteOptions()) async throws -> Bool {
        do {
            try await delete(options: options)
            return true
        } catch let error as AzureError where error.meansAbsent {
            // What is gone after a try whose outcome is not known is taken for the work of that try.
            return error.earlierTryMayHaveActed
        }
    }

    /// Restores a soft-deleted blob and its snapshots.
    ///
    /// - Parameter options: Options of this call.
    ///
    /// REST operation: Undelete Blob.
    @discardableResult
    public func undelete(options: CallOptions = CallOptions()) async throws -> ResponseInfo {
        let request = try writeRequest("Blob.Undelete", .put, comp: "undelete", success: [200], call: options)
        return ResponseInfo(try await connection.send(request).head)
    }

    /// Creates a snapshot, a read-only version of the blob at this time.
    ///
    /// After a broken connection it is unknown whether there is a snapshot; the call is not retried then, unless
    /// ``AzureCore/CallOptions/isSafeToRetry`` says so.
    ///
    /// - Parameters:
    ///   - metadata: The metadata of the snapshot. The default is that of the blob.
    ///   - options: Conditions, encryption and more.
    ///
    /// REST operation: Snapshot Blob.
    @discardableResult
    public func createSnapshot(
        metadata: BlobMetadata = [:], options: BlobUpdateOptions = BlobUpdateOptions()
    ) async throws -> BlobSnapshotInfo {
        var request = try writeRequest(
            "Blob.CreateSnapshot", .put, comp: "snapshot", success: [201], call: options.call)
        request.isUnsafe = true
        try MetadataFields.apply(metadata, to: &request.headers)
        try options.conditions.apply(to: &request.headers)
        try options.encryption.apply(to: &request.headers, endpoint: connection.endpoint)
        let answer = try await connection.send(request)
        let head = answer.head
        guard let snapshot = head.headerFields[.snapshot] else {
            throw answer.context.error(
                .invalidResponse, "The service made a snapshot and did not say how it is called.")
        }
        return BlobSnapshotInfo(
            snapshot: snapshot,
            etag: head.headerFields.open(.eTag),
            lastModified: head.headerFields.timestamp(.lastModified),
            versionID: head.headerFields[.versionID],
            isServerEncrypted: head.headerFields.bool(.requestServerEncrypted),
            response: ResponseInfo(head))
    }
}

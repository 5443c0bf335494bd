public import AzureCore
import HTTPTypes
import StorageCore

public import struct Foundation.Data

extension BlobClient {
    /// Asks the service to copy another blob or a file into this blob, in its own time.
    ///
    /// Within one account a copy is often done at once; otherwise ``waitForCopy(_:reading:options:following:)`` waits for it and
    /// ``abortCopy(_:options:)`` ends it. The blob takes type, header fields and committed blocks of the source, and its
    /// metadata unless the options have some.
    ///
    /// - Parameters:
    ///   - source: A blob, snapshot or version, or a file. One of another account needs a shared access signature,
    ///     unless it is public; ``BlobCopySource/init(_:)`` makes one where the source's client has a key.
    ///   - options: Metadata, tier, conditions and more.
    /// - Returns: The id of the copy and where it stands.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/cannotVerifyCopySource`` when the source
    ///   cannot be read.
    ///
    /// REST operation: Copy Blob.
    @discardableResult
    public func startCopy(
        from source: BlobCopySource, options: BlobStartCopyOptions = BlobStartCopyOptions()
    ) async throws -> BlobCopyInfo {
        var request = try writeRequest("Blob.StartCopy", .put, success: [202], call: options.call)
        try await source.apply(to: &request.headers, of: connection, supporting: [.conditions, .tags])
        try options.destination.apply(to: &request.headers)
        try request.headers.set(.rehydratePriority, options.rehydratePriority?.rawValue)
        request.headers.set(.sealBlob, options.sealsDestination)
        return BlobCopyInfo(try await connection.send(copying: request))
    }

    /// Copies a block blob to this blob and returns when the copy has ended.
    ///
    /// - Parameters:
    ///   - source: A block blob of at most 256 MiB, with a shared access signature or a token unless it is public;
    ///     ``BlobCopySource/init(_:)`` sees to that.
    ///   - options: Metadata, tier, conditions and more.
    /// - Returns: The id of the copy, which has succeeded.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/cannotVerifyCopySource`` when the source
    ///   cannot be read.
    ///
    /// REST operation: Copy Blob From URL.
    @discardableResult
    public func copy(
        from source: BlobCopySource, options: BlobCopyOptions = BlobCopyOptions()
    ) async throws -> BlobCopyInfo {
        var request = try writeRequest("Blob.Copy", .put, success: [202], call: options.call)
        request.headers[.requiresSync] = "true"
        try await source.apply(
            to: &request.headers, of: connection, supporting: [.conditions, .token, .md5])
        try options.destination.apply(to: &request.headers)
        try request.headers.set(.encryptionScope, options.encryptionScope)
        try request.headers.set(.copySourceTagOption, options.tagSource?.rawValue)
        return BlobCopyInfo(try await connection.send(copying: request))
    }

    /// Aborts a pending copy. The blob is empty afterwards.
    ///
    /// - Parameters:
    ///   - id: The id of the copy.
    ///   - options: The lease, if there is one; other conditions are not supported.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/noPendingCopyOperation`` when the copy
    ///   has already ended.
    ///
    /// REST operation: Abort Copy Blob.
    public func abortCopy(_ id: String, options: BlobPropertiesOptions = BlobPropertiesOptions()) async throws {
        guard !id.isEmpty else { throw AzureError.invalidArgument("The id of the copy to abort is empty.") }
        var request = try writeRequest("Blob.AbortCopy", .put, comp: "copy", success: [204], call: options.call)
        request.addQuery("copyid", id)
        request.headers[.copyAction] = "abort"
        try options.conditions.apply(to: &request.headers, supporting: .lease)
        do {
            _ = try await connection.send(request)
        } catch let error as AzureError where error.code == .noPendingCopyOperation && error.earlierTryMayHaveActed {
            // An earlier try may have ended the copy, or the copy may have come to its end by itself.
            var copy: CopyProperties?
            do {
                copy = try await properties(options: BlobPropertiesOptions(call: options.call.forLooking)).copy
            } catch is AzureError {
                // Whoever may end copies need not be allowed to look at them.
            }
            guard copy?.id == id, copy?.status == .aborted else { throw error }
        }
    }

    /// Waits until the copy into this blob is done.
    ///
    /// - Parameters:
    ///   - id: The id of the copy, to detect that another copy has replaced it; nil for the last copy.
    ///   - reading: Options for reading the properties: a lease, the key of the blob, and more.
    ///   - options: The timeout and the interval of polling. The default is every 5 seconds for 30 minutes.
    ///   - following: Reads the state of the copy as of each poll while the call runs, and the last 100 of them where it is
    ///     slow. The call returns when this has returned, too. The default is nobody.
    /// - Returns: The properties of the blob.
    /// - Throws: The errors of polling, or an ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/copyFailed``,
    ///   ``AzureCore/AzureErrorCode/copyAborted`` or, when the time is up,
    ///   ``AzureCore/AzureErrorCode/deadlineExceeded``. The copy continues in that case.
    ///
    /// REST operation: Get Blob Properties.
    @discardableResult
    public func waitForCopy(
        _ id: String? = nil, reading: BlobPropertiesOptions = BlobPropertiesOptions(),
        options: WaitOptions = WaitOptions(),
        following: (@Sendable (AsyncStream<CopyProperties>) async -> Void)? = nil
    ) async throws -> BlobProperties {
        var reading = reading
        reading.call = reading.call.withoutDate
        return try await Following.run(following, keeping: 100) { note in
            try await options.wait(for: "the copy into '\(name)'", by: connection.timeSource) { [reading] in
                let properties = try await properties(options: reading)
                guard let copy = properties.copy else {
                    throw copyError(.noPendingCopyOperation, "Nothing was ever copied into the blob.")
                }
                guard id == nil || copy.id == id else {
                    throw copyError(.copyIdMismatch, "Another copy into the blob has taken the place of '\(id ?? "")'.")
                }
                note(copy)
                switch copy.status {
                case .pending?: return .pending
                case .success?: return .done(properties)
                case .aborted?: throw copyError(.copyAborted, "The copy was aborted.")
                default:
                    let reason = copy.statusDescription ?? copy.status?.rawValue ?? "for a reason that it does not tell"
                    throw copyError(.copyFailed, "The service could not copy: \(reason).")
                }
            }
        }
    }

    private func copyError(_ code: AzureErrorCode, _ message: String) -> AzureError {
        AzureError(service: .blob, code: code, message: message, operation: "Blob.WaitForCopy", resource: address)
    }
}

extension BlockBlobClient {
    /// Writes the whole blob with content that the service reads from a URL.
    ///
    /// - Parameters:
    ///   - source: Any URL of at most 5,000 MiB, with a shared access signature or a token unless it is public;
    ///     ``BlobCopySource/init(_:)`` sees to that.
    ///   - copiesProperties: Whether header fields and metadata come from a source that is a blob. The default is true
    ///     unless the options have header fields.
    ///   - tagSource: The source of the tags. The default is the options.
    ///   - contentMD5: The MD5 that the content has to have when it arrives, 16 bytes; for services that compare it with
    ///     this field (`Content-MD5`) and not with the source's ``BlobCopySource/checksum``. The default is none.
    ///   - options: Header fields, metadata, tier, conditions and more. Transfer options are ignored.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/blobAlreadyExists`` when the blob exists and
    ///   may not be overwritten, ``AzureCore/AzureErrorCode/cannotVerifyCopySource`` when the source cannot be read.
    ///
    /// REST operation: Put Blob From URL.
    @discardableResult
    public func put(
        from source: BlobCopySource, copiesProperties: Bool? = nil, tagSource: CopyTagSource? = nil,
        contentMD5: Data? = nil, options: BlobUploadOptions = BlobUploadOptions()
    ) async throws -> BlobInfo {
        guard options.immutability == BlobProperties.Immutability() else {
            throw AzureError.invalidArgument("Putting a blob from a URL takes no immutability policy or legal hold.")
        }
        var request = try blob.writeRequest("BlockBlob.PutFromURL", .put, success: [201], call: options.call)
        request.headers[.blobType] = "BlockBlob"
        try await source.apply(
            to: &request.headers, of: blob.connection,
            supporting: [.conditions, .tags, .token, .key, .md5])
        try options.apply(to: &request.headers, endpoint: blob.connection.endpoint)
        request.headers.set(.copySourceBlobProperties, copiesProperties)
        try request.headers.set(.copySourceTagOption, tagSource?.rawValue)
        if let contentMD5 {
            try Checks.md5(contentMD5)
            request.headers.set(.contentMD5, base64: contentMD5)
        }
        return BlobInfo(
            try await blob.connection.send(creating: request, refusingExisting: options.refusesExisting).head)
    }

    /// Stages a block with content that the service reads from a URL.
    ///
    /// - Parameters:
    ///   - id: The name of the block; all blocks of a blob have names of one length.
    ///   - source: Any URL, or a range of it, of at most 4,000 MiB.
    ///   - options: Lease and encryption.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/cannotVerifyCopySource`` when the source
    ///   cannot be read.
    ///
    /// REST operation: Put Block From URL.
    @discardableResult
    public func stageBlock(
        id: BlockID, from source: BlobCopySource, options: BlobUpdateOptions = BlobUpdateOptions()
    ) async throws -> BlobInfo {
        if let length = source.range?.length { try Checks.size(length, atMost: Limits.block, of: "A block") }
        var request = try stageRequest("BlockBlob.StageBlockFromURL", id: id, options)
        try await source.apply(
            to: &request.headers, of: blob.connection,
            supporting: [.range, .token, .key, .md5, .crc64, .conditions])
        return BlobInfo(try await blob.connection.send(request).head)
    }
}

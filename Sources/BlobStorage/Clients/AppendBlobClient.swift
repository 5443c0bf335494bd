public import AzureCore
import HTTPTypes
import StorageCore

/// The client of an append blob, such as a log: blocks are appended and never changed, and several writers may append
/// at the same time.
///
/// ```swift
/// let log = container.blob("2026/11/23.log").appendBlob
/// try await log.createIfNotExists()
/// try await log.append(HTTPBody(Data("started\n".utf8)))
/// ```
public struct AppendBlobClient: Sendable {
    /// The blob.
    public let blob: BlobClient

    /// Creates an empty blob.
    ///
    /// - Parameter options: Overwriting, header fields, metadata, conditions and more.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/blobAlreadyExists`` when the blob exists and
    ///   may not be overwritten.
    ///
    /// REST operation: Put Blob.
    @discardableResult
    public func create(options: BlobCreateOptions = BlobCreateOptions()) async throws -> BlobInfo {
        var request = try blob.writeRequest("AppendBlob.Create", .put, success: [201], call: options.call)
        request.headers[.blobType] = "AppendBlob"
        try options.apply(to: &request.headers, endpoint: blob.connection.endpoint)
        let response = try await blob.connection.send(creating: request, refusingExisting: options.refusesExisting)
        return BlobInfo(response.head)
    }

    /// Creates an empty blob unless the blob exists.
    ///
    /// - Parameter options: Header fields, metadata, conditions and more; `overwrite` is ignored.
    /// - Returns: The new blob; nil when the blob existed already.
    ///
    /// REST operation: Put Blob.
    @discardableResult
    public func createIfNotExists(options: BlobCreateOptions = BlobCreateOptions()) async throws -> BlobInfo? {
        var options = options
        options.overwrite = false
        do {
            return try await create(options: options)
        } catch AzureErrorCode.blobAlreadyExists {
            return nil
        }
    }

    /// Appends content to the blob.
    ///
    /// After a broken connection it is unknown whether the bytes were appended; the call is not retried then, unless
    /// ``AppendBlobOptions/position`` makes it safe or ``AzureCore/CallOptions/isSafeToRetry`` says that it is. A
    /// retried call with a position may find its own bytes; the error's ``AzureCore/AzureError/earlierTryMayHaveActed``
    /// is true then, and reading the blob from that position shows the result.
    ///
    /// - Parameters:
    ///   - body: The content, at most 100 MiB. Its length must be known.
    ///   - options: Position, checksum, conditions and more.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/appendPositionConditionNotMet`` when the blob
    ///   does not end where it was expected to.
    ///
    /// REST operation: Append Block.
    @discardableResult
    public func append(_ body: HTTPBody, options: AppendBlobOptions = AppendBlobOptions()) async throws -> AppendInfo {
        guard let length = body.length else {
            throw AzureError.invalidArgument("A stream of unknown length cannot be appended at once.")
        }
        guard length > 0 else { throw AzureError.invalidArgument("There is nothing to append: the body is empty.") }
        try Checks.size(length, atMost: Limits.append, of: "What is appended at once")
        var request = try appendRequest("AppendBlob.Append", options)
        try await ContentChecksum.apply(options.checksum, body, to: &request)
        return AppendInfo(try await blob.connection.send(request).head)
    }

    /// Appends content that the service reads from a source.
    ///
    /// - Parameters:
    ///   - source: The source, at most 100 MiB.
    ///   - options: Position, conditions and more; the checksum is the one of the source.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/cannotVerifyCopySource`` when the source
    ///   cannot be read.
    ///
    /// REST operation: Append Block From URL.
    @discardableResult
    public func append(
        from source: BlobCopySource, options: AppendBlobOptions = AppendBlobOptions()
    ) async throws -> AppendInfo {
        var request = try appendRequest("AppendBlob.AppendFromURL", options)
        if let length = source.range?.length {
            try Checks.size(length, atMost: Limits.append, of: "What is appended at once")
        }
        // The body is empty; a checksum is about what arrives from the source, and MD5 alone has a field for that too.
        if case .md5(let digest) = options.checksum?.kind {
            try Checks.md5(digest)
            request.headers.set(.contentMD5, base64: digest)
        } else if options.checksum != nil {
            throw AzureError.invalidArgument("A CRC-64 of what is appended from a URL belongs to the source.")
        }
        try await source.apply(
            to: &request.headers, of: blob.connection,
            supporting: [.range, .token, .key, .md5, .crc64, .conditions])
        return AppendInfo(try await blob.connection.send(request).head)
    }

    /// Seals the blob, which makes it read-only.
    ///
    /// - Parameters:
    ///   - position: The expected length of the blob; nil for any length.
    ///   - options: ETag, dates and lease.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/appendPositionConditionNotMet`` when the blob
    ///   does not end there.
    ///
    /// REST operation: Append Blob Seal.
    @discardableResult
    public func seal(
        at position: Int64? = nil, options: BlobPropertiesOptions = BlobPropertiesOptions()
    ) async throws -> BlobInfo {
        var request = try blob.writeRequest("AppendBlob.Seal", .put, comp: "seal", success: [200], call: options.call)
        try Checks.position(position)
        request.headers.set(.appendPosition, position)
        guard options.customerKey == nil else {
            throw AzureError.invalidArgument("Sealing a blob takes no customer-provided key.")
        }
        try options.conditions.apply(to: &request.headers, supporting: [.etag, .dates, .lease])
        return BlobInfo(try await blob.connection.send(request).head)
    }

    private func appendRequest(_ operation: String, _ options: AppendBlobOptions) throws -> BlobRequest {
        var request = try blob.writeRequest(operation, .put, comp: "appendblock", success: [201], call: options.call)
        // With a position a second try finds the blob longer, and fails instead of appending twice.
        request.isUnsafe = options.position == nil
        try Checks.position(options.position)
        if let maxSize = options.maxSize, maxSize <= 0 {
            throw AzureError.invalidArgument("A blob cannot be kept below \(maxSize) bytes.")
        }
        request.headers.set(.appendPosition, options.position)
        request.headers.set(.maxSize, options.maxSize)
        try options.conditions.apply(to: &request.headers)
        try options.encryption.apply(to: &request.headers, endpoint: blob.connection.endpoint)
        return request
    }
}

/// Options for appending to a blob.
public struct AppendBlobOptions: Sendable {
    /// The expected length of the blob; the call fails with ``AzureCore/AzureErrorCode/appendPositionConditionNotMet``
    /// when the blob has another length. The default is any length.
    public var position: Int64?
    /// The maximum length of the blob after the append; the call fails with
    /// ``AzureCore/AzureErrorCode/maxBlobSizeConditionNotMet`` when it would be exceeded. The default sets no limit.
    public var maxSize: Int64?
    /// A checksum of the bytes. The default is none.
    public var checksum: ContentChecksum?
    /// Under which conditions to append.
    public var conditions: BlobAccessConditions
    /// Server-side encryption; it must be the same as when the blob was created.
    public var encryption: BlobEncryption
    /// Options of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        position: Int64? = nil,
        maxSize: Int64? = nil,
        checksum: ContentChecksum? = nil,
        conditions: BlobAccessConditions = BlobAccessConditions(),
        encryption: BlobEncryption = BlobEncryption(),
        call: CallOptions = CallOptions()
    ) {
        self.position = position
        self.maxSize = maxSize
        self.checksum = checksum
        self.conditions = conditions
        self.encryption = encryption
        self.call = call
    }
}

/// The result of appending to a blob.
public struct AppendInfo: Sendable, Hashable {
    /// The offset of the appended bytes.
    public var offset: Int64?
    /// The number of blocks of the blob, at most 50,000.
    public var committedBlockCount: Int?
    /// The blob after the append.
    public var blob: BlobInfo

    init(_ head: HTTPResponse) {
        offset = head.headerFields.length(.appendOffset)
        committedBlockCount = head.headerFields.integer(.committedBlockCount).map(Int.init(clamping:))
        blob = BlobInfo(head)
    }
}

public import AzureCore
import HTTPTypes
import StorageCore

/// A blob that grows at its end, such as a log: what is written stays as it is, and writers do not disturb each other.
///
/// ```swift
/// let log = container.blob("2026/11/23.log").appendBlob
/// try await log.createIfNotExists()
/// try await log.append(HTTPBody(Data("started\n".utf8)))
/// ```
public struct AppendBlobClient: Sendable {
    /// The blob.
    public let blob: BlobClient

    /// Creates the blob, empty.
    ///
    /// - Parameter options: Overwriting, header fields, metadata, conditions and more.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/blobAlreadyExists`` when the blob exists and
    ///   is not to be overwritten.
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

    /// Creates the blob, empty, unless there is one.
    ///
    /// - Parameter options: Header fields, metadata, conditions and more; `overwrite` does not count here.
    /// - Returns: What was made; nil when there was a blob already.
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

    /// Writes bytes at the end of the blob.
    ///
    /// A broken connection leaves open whether the bytes are there; the call is not repeated then, unless
    /// ``AppendBlobOptions/position`` makes it safe or ``AzureCore/CallOptions/isSafeToRetry`` says that it is. A call with a
    /// position that is repeated may find its own bytes in the way; the error's
    /// ``AzureCore/AzureError/earlierTryMayHaveActed`` is true then, and reading the blob from there tells.
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

    /// Writes bytes that the service fetches itself at the end of the blob.
    ///
    /// - Parameters:
    ///   - source: Where the bytes come from; at most 100 MiB.
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
        if case .md5(let digest) = options.checksum {
            try Checks.md5(digest)
            request.headers.set(.contentMD5, base64: digest)
        } else if options.checksum != nil {
            throw AzureError.invalidArgument("A CRC-64 of what is appended from a URL belongs to the source.")
        }
        try source.apply(
            to: &request.headers, endpoint: blob.connection.endpoint,
            supporting: [.range, .token, .key, .md5, .crc64, .conditions])
        return AppendInfo(try await blob.connection.send(request).head)
    }

    /// Closes the blob: from now on it can only be read.
    ///
    /// - Parameters:
    ///   - position: How long the blob has to be for this; nil for any length.
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

/// The choices of appending to a blob.
public struct AppendBlobOptions: Sendable {
    /// How long the blob has to be before; the call fails with
    /// ``AzureCore/AzureErrorCode/appendPositionConditionNotMet`` when somebody else was faster. The default is any
    /// length.
    public var position: Int64?
    /// How long the blob may be after; the call fails with ``AzureCore/AzureErrorCode/maxBlobSizeConditionNotMet``
    /// when it would be longer. The default sets no limit.
    public var maxSize: Int64?
    /// A checksum of the bytes. The default is none.
    public var checksum: ContentChecksum?
    /// Under which conditions to append.
    public var conditions: BlobAccessConditions
    /// How the service encrypts the blob, which must be as it was when the blob was created.
    public var encryption: BlobEncryption
    /// The choices of this call.
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

/// What became of bytes that were appended.
public struct AppendInfo: Sendable, Hashable {
    /// Where the bytes begin.
    public var offset: Int64?
    /// How many blocks the blob has now, of 50,000 at most.
    public var committedBlockCount: Int?
    /// The blob after that.
    public var blob: BlobInfo

    init(_ head: HTTPResponse) {
        offset = head.headerFields.length(.appendOffset)
        committedBlockCount = head.headerFields.integer(.committedBlockCount).map(Int.init(clamping:))
        blob = BlobInfo(head)
    }
}

public import AzureCore
import HTTPTypes
import StorageCore

/// The client of a page blob: pages of 512 bytes that can be written in any order, as for the disk of a virtual
/// machine.
///
/// ```swift
/// let disk = container.blob("disk.vhd").pageBlob
/// try await disk.create(size: 1 << 30)
/// try await disk.upload(HTTPBody(block), at: 4096)
/// for try await range in disk.pageRanges() { … }
/// ```
public struct PageBlobClient: Sendable {
    /// The blob.
    public let blob: BlobClient

    /// Creates the blob, filled with zeros.
    ///
    /// - Parameters:
    ///   - size: How many bytes, a multiple of 512, at most 8 TiB.
    ///   - sequenceNumber: The initial sequence number, from 0. The default is 0.
    ///   - accessTier: The size class of a premium account. The default fits the size.
    ///   - options: Overwriting, header fields, metadata, conditions and more.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/blobAlreadyExists`` when the blob exists and
    ///   may not be overwritten.
    ///
    /// REST operation: Put Blob.
    @discardableResult
    public func create(
        size: Int64, sequenceNumber: Int64? = nil, accessTier: AccessTier? = nil,
        options: BlobCreateOptions = BlobCreateOptions()
    ) async throws -> BlobInfo {
        try Self.check(size: size)
        try Self.check(sequenceNumber: sequenceNumber)
        var request = try blob.writeRequest("PageBlob.Create", .put, success: [201], call: options.call)
        request.headers[.blobType] = "PageBlob"
        request.headers.set(.blobContentLength, size)
        request.headers.set(.sequenceNumber, sequenceNumber)
        try request.headers.set(.accessTier, accessTier?.rawValue)
        try options.apply(to: &request.headers, endpoint: blob.connection.endpoint)
        let response = try await blob.connection.send(creating: request, refusingExisting: options.refusesExisting)
        return BlobInfo(response.head)
    }

    /// Writes pages.
    ///
    /// - Parameters:
    ///   - body: The content: a multiple of 512 bytes, at most 4 MiB. Its length must be known.
    ///   - offset: The offset in the blob, a multiple of 512.
    ///   - options: Checksum, conditions and more.
    ///
    /// REST operation: Put Page.
    @discardableResult
    public func upload(
        _ body: HTTPBody, at offset: Int64, options: PageBlobWriteOptions = PageBlobWriteOptions()
    ) async throws -> BlobInfo {
        guard let length = body.length else {
            throw AzureError.invalidArgument("A stream of unknown length cannot be written to pages at once.")
        }
        try Checks.size(length, atMost: Limits.pageWrite, of: "One write of pages")
        var request = try pageRequest(
            "PageBlob.Upload", "update", BlobRange(offset: offset, length: length), options)
        try options.encryption.apply(to: &request.headers, endpoint: blob.connection.endpoint)
        try await ContentChecksum.apply(options.checksum, body, to: &request)
        return BlobInfo(try await blob.connection.send(request).head)
    }

    /// Writes pages with content that the service reads from a URL.
    ///
    /// - Parameters:
    ///   - source: The source; its range, a multiple of 512 bytes and at most 4 MiB, must be given.
    ///   - offset: The offset in the blob, a multiple of 512.
    ///   - options: Conditions and more; the checksum is the one of the source.
    /// - Throws: An ``AzureCore/AzureError``, with ``AzureCore/AzureErrorCode/cannotVerifyCopySource`` when the source
    ///   cannot be read.
    ///
    /// REST operation: Put Page From URL.
    @discardableResult
    public func upload(
        from source: BlobCopySource, at offset: Int64, options: PageBlobWriteOptions = PageBlobWriteOptions()
    ) async throws -> BlobInfo {
        guard let length = source.range?.length else {
            throw AzureError.invalidArgument("Writing pages from a URL needs a range of the source with a length.")
        }
        guard options.checksum == nil else {
            throw AzureError.invalidArgument("The checksum of what is written from a URL belongs to the source.")
        }
        try Checks.size(length, atMost: Limits.pageWrite, of: "One write of pages")
        var request = try pageRequest(
            "PageBlob.UploadFromURL", "update", BlobRange(offset: offset, length: length), options)
        try options.encryption.apply(to: &request.headers, endpoint: blob.connection.endpoint)
        try await source.apply(
            to: &request.headers, of: blob.connection,
            supporting: [.range, .token, .key, .md5, .crc64, .conditions])
        return BlobInfo(try await blob.connection.send(request).head)
    }

    /// Clears pages: they read as zeros and use no storage.
    ///
    /// - Parameters:
    ///   - range: The range to clear, of any length; both ends are multiples of 512.
    ///   - options: Conditions and more; there is no checksum.
    ///
    /// REST operation: Put Page.
    @discardableResult
    public func clear(
        _ range: BlobRange, options: PageBlobWriteOptions = PageBlobWriteOptions()
    ) async throws -> BlobInfo {
        guard range.length != nil else {
            throw AzureError.invalidArgument("Clearing pages needs a range with a length.")
        }
        guard options.checksum == nil else {
            throw AzureError.invalidArgument("Clearing pages sends no bytes that could have a checksum.")
        }
        var request = try pageRequest("PageBlob.Clear", "clear", range, options)
        try options.encryption.apply(to: &request.headers, endpoint: blob.connection.endpoint)
        return BlobInfo(try await blob.connection.send(request).head)
    }

    private func pageRequest(
        _ operation: String, _ action: String, _ range: BlobRange, _ options: PageBlobWriteOptions
    ) throws -> BlobRequest {
        try range.check()
        guard range.offset % Limits.page == 0, (range.length ?? 0) % Limits.page == 0 else {
            throw AzureError.invalidArgument(
                "Pages have \(Limits.page) bytes; offset \(range.offset) and length \(range.length ?? 0) must be "
                    + "multiples of that.")
        }
        var request = try blob.writeRequest(operation, .put, comp: "page", success: [201], call: options.call)
        request.headers[.pageWrite] = action
        request.headers[.storageRange] = range.description
        try options.sequenceNumber.apply(to: &request.headers)
        try options.conditions.apply(to: &request.headers)
        return request
    }

    static func check(size: Int64) throws {
        try Checks.size(size, atMost: Limits.pageBlob, of: "A page blob")
        guard size % Limits.page == 0 else {
            throw AzureError.invalidArgument(
                "The size of a page blob is a multiple of \(Limits.page); \(size) is not.")
        }
    }

    static func check(sequenceNumber: Int64?) throws {
        if let sequenceNumber, sequenceNumber < 0 {
            throw AzureError.invalidArgument("A sequence number is not negative; this one is \(sequenceNumber).")
        }
    }
}

public import AzureCore
public import Foundation

/// Options for downloading a blob.
public struct BlobDownloadOptions: Sendable {
    /// The part to download. The default is the whole blob.
    public var range: BlobRange?
    /// Under which conditions to read.
    public var conditions: BlobAccessConditions
    /// The key that the blob was encrypted with.
    public var customerKey: CustomerProvidedKey?
    /// Whether content that is encoded with gzip or deflate is decompressed. The default is false: bytes come as they
    /// are stored. Needs a download of the whole blob, and a transport that does not decode content by itself;
    /// URLSession on Linux does.
    public var decompresses: Bool
    /// Whether an existing file is replaced; otherwise the download fails with `fileError`, and the file is unchanged.
    /// The default is true.
    public var overwrite: Bool
    /// The size of parts, concurrency and validation.
    public var transfer: BlobTransferOptions
    /// Options of each call.
    public var call: CallOptions
    /// Where the progress is told, if anybody follows.
    var progress: TransferProgress?
    /// Whether the file gets the time of modification that belongs to the blob; for whole trees.
    var keepsModificationTime = false

    /// Creates options.
    public init(
        range: BlobRange? = nil,
        conditions: BlobAccessConditions = BlobAccessConditions(),
        customerKey: CustomerProvidedKey? = nil,
        decompresses: Bool = false,
        overwrite: Bool = true,
        transfer: BlobTransferOptions = BlobTransferOptions(),
        call: CallOptions = CallOptions()
    ) {
        self.range = range
        self.conditions = conditions
        self.customerKey = customerKey
        self.decompresses = decompresses
        self.overwrite = overwrite
        self.transfer = transfer
        self.call = call
    }

    /// How large parts are, as far as the service computes their checksums.
    var partSize: Int { transfer.validation.partSize(atMost: transfer.partSize) }
}

/// The result of a download to a file.
public struct BlobDownloadResult: Sendable, Hashable {
    /// The properties of the blob.
    public var properties: BlobProperties
    /// The number of bytes downloaded, as they are stored.
    public var length: Int64
    /// Which checksums of the parts were compared; ``TransferValidation/none`` when the service sent none.
    public var validation: TransferValidation
}

/// The content of a blob as a sequence of chunks, in order, which can be iterated once.
///
/// Parts are requested while the sequence is read, all of the same version of the blob.
public struct BlobDownloadStream: AsyncSequence, Sendable {
    public typealias Element = Data
    public typealias Failure = any Error
    public typealias AsyncIterator = HTTPByteStream.AsyncIterator

    /// The properties of the blob.
    public let properties: BlobProperties
    /// The number of bytes as they are stored, before decompression.
    public let length: Int64
    /// Which checksums of the parts are compared; ``TransferValidation/none`` when the service sends none.
    public let validation: TransferValidation
    let stream: HTTPByteStream
    let blob: BlobClient
    let isDecompressed: Bool

    public func makeAsyncIterator() -> AsyncIterator {
        stream.makeAsyncIterator()
    }

    /// Reads all of the content into memory.
    ///
    /// - Parameter limit: The maximum number of bytes to accept.
    /// - Returns: The content.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/bodyTooLarge`` when there is more, where
    ///   ``length`` shows it before anything is read; what reading the sequence throws.
    public func collect(upTo limit: Int) async throws -> Data {
        if !isDecompressed { try BlobDownload.check(length, upTo: limit, of: blob) }
        return try await BlobDownload.collect(stream, upTo: limit, of: blob)
    }
}

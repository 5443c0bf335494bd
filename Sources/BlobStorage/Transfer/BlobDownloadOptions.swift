public import AzureCore
public import Foundation

/// The choices of downloads.
public struct BlobDownloadOptions: Sendable {
    /// The part to download. The default is the whole blob.
    public var range: BlobRange?
    /// Under which conditions to read.
    public var conditions: BlobAccessConditions
    /// The key that the blob was encrypted with.
    public var customerKey: CustomerProvidedKey?
    /// Whether content that is encoded with gzip or deflate is decompressed. The default is false: bytes come as they
    /// are stored. Needs the whole blob, and a transport that leaves contents as they are, which URLSession on Linux
    /// does not.
    public var decompresses: Bool
    /// Whether a file that exists is replaced when it is downloaded to; otherwise that is an error, `fileError`, and the
    /// file stays as it is. The default is true.
    public var overwrite: Bool
    /// How large parts are, and how many are under way.
    public var transfer: BlobTransferOptions
    /// Lets another task follow how far the download has come.
    public var progress: TransferProgress?
    /// The choices of each call.
    public var call: CallOptions

    /// Creates options.
    public init(
        range: BlobRange? = nil,
        conditions: BlobAccessConditions = BlobAccessConditions(),
        customerKey: CustomerProvidedKey? = nil,
        decompresses: Bool = false,
        overwrite: Bool = true,
        transfer: BlobTransferOptions = BlobTransferOptions(),
        progress: TransferProgress? = nil,
        call: CallOptions = CallOptions()
    ) {
        self.range = range
        self.conditions = conditions
        self.customerKey = customerKey
        self.decompresses = decompresses
        self.overwrite = overwrite
        self.transfer = transfer
        self.progress = progress
        self.call = call
    }

    /// How large parts are, as far as the service computes their checksums.
    var partSize: Int { transfer.validation.partSize(atMost: transfer.partSize) }
}

/// A download into a file that is done.
public struct BlobDownloadResult: Sendable, Hashable {
    /// What the service knows about the blob.
    public var properties: BlobProperties
    /// How many bytes were downloaded, as they are stored.
    public var length: Int64
    /// Which checksums of the parts were compared; ``TransferValidation/none`` when the service sent none.
    public var validation: TransferValidation
}

/// The content of a blob as a sequence of chunks, in order. It can be read once.
///
/// Parts are asked for while the sequence is read, all of them of the version that the first was of.
public struct BlobDownloadStream: AsyncSequence, Sendable {
    public typealias Element = Data
    public typealias Failure = any Error
    public typealias AsyncIterator = HTTPByteStream.AsyncIterator

    /// What the service knows about the blob.
    public let properties: BlobProperties
    /// How many bytes will come, as they are stored; decompressed there will be another number.
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
    /// - Parameter limit: The most bytes to accept.
    /// - Returns: The content.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/bodyTooLarge`` when there is more, where
    ///   ``length`` shows it before anything is read; what reading the sequence throws.
    public func collect(upTo limit: Int) async throws -> Data {
        if !isDecompressed { try BlobDownload.check(length, upTo: limit, of: blob) }
        return try await BlobDownload.collect(stream, upTo: limit, of: blob)
    }
}

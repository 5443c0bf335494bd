import AzureCore
public import Foundation

extension BlobClient {
    /// Downloads the blob into memory.
    ///
    /// - Parameters:
    ///   - limit: The maximum number of bytes to accept.
    ///   - options: A range, conditions and more.
    ///   - following: Reads the progress while the call runs. The call returns when this has returned, too, also when it
    ///     fails. The default is nobody.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/bodyTooLarge`` for a larger blob, before the
    ///   rest of it is fetched; ``AzureCore/AzureErrorCode/conditionNotMet`` when the blob changes meanwhile.
    ///
    /// REST operation: Get Blob, once for each part.
    public func download(
        upTo limit: Int, options: BlobDownloadOptions = BlobDownloadOptions(),
        following: (@Sendable (TransferProgress) async -> Void)? = nil
    ) async throws -> Data {
        try await options.followed(by: following) { options in
            try options.transfer.check()
            return try await withDeadline(
                options.transfer.deadline, for: "The download of '\(name)'", timeSource: connection.timeSource
            ) {
                try await downloadNow(upTo: limit, options)
            }
        }
    }

    /// Downloads into memory.
    ///
    /// - Parameter check: Looks at what the head of the first answer says, before any of its body is read.
    func downloadNow(
        upTo limit: Int, _ options: BlobDownloadOptions, check: (BlobDownload) throws -> Void = { _ in }
    ) async throws -> Data {
        let download = try await BlobDownload(self, options)
        try check(download)
        try BlobDownload.check(download.plan.length, upTo: limit, of: self)
        if download.coding != nil { return try await stream(of: download).collect(upTo: limit) }
        let buffer = try PartBuffer(count: Int(download.plan.length))
        let start = download.plan.offset
        try await receive(download, batch: 1) { pieces, offset in
            buffer.write(pieces, at: Int(offset - start))
        }
        return buffer.take()
    }

    /// Downloads the blob into a file.
    ///
    /// The file appears under its name only when it is complete; an existing file is replaced unless
    /// ``BlobDownloadOptions/overwrite`` is false. When the download fails or is cancelled, no file is left.
    ///
    /// - Parameters:
    ///   - path: The path of the file. Its directory must exist.
    ///   - options: A range, conditions and more.
    ///   - following: Reads the progress while the call runs. The call returns when this has returned, too, also when it
    ///     fails. The default is nobody.
    /// - Returns: The properties of the blob, and what was verified.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/fileError`` when the file cannot be written;
    ///   ``AzureCore/AzureErrorCode/conditionNotMet`` when the blob changes meanwhile.
    ///
    /// REST operation: Get Blob, once for each part.
    @discardableResult
    public func download(
        to path: String, options: BlobDownloadOptions = BlobDownloadOptions(),
        following: (@Sendable (TransferProgress) async -> Void)? = nil
    ) async throws -> BlobDownloadResult {
        try await options.followed(by: following) { options in
            try options.transfer.check()
            return try await withDeadline(
                options.transfer.deadline, for: "The download of '\(name)'", timeSource: connection.timeSource
            ) {
                try await LocalFileSystem.check(path, mayReplace: options.overwrite)
                return try await downloadNow(options) { try FilePlace(path) }
            }
        }
    }

    /// Downloads into a file.
    ///
    /// - Parameter place: Opens the directory where it is to stand; blocks.
    func downloadNow(
        _ options: BlobDownloadOptions, to place: @escaping @Sendable () throws -> FilePlace
    ) async throws -> BlobDownloadResult {
        let download = try await BlobDownload(self, options)
        let file = try await PartialFile(try await BlockingIO.run(place), replaces: options.overwrite)
        let time = options.keepsModificationTime ? FileTime(download.properties) : nil
        do {
            if download.coding != nil {
                var end: Int64 = 0
                for try await chunk in stream(of: download) {
                    try await file.write([chunk], at: end)
                    end += Int64(chunk.count)
                }
                try await file.finish(modified: time)
                return download.result
            }
            let start = download.plan.offset
            try await receive(download, batch: Self.fileBatch) { pieces, offset in
                try await file.write(pieces, at: offset - start)
            }
            try await file.finish(modified: time)
        } catch {
            await file.discard()
            throw error
        }
        return download.result
    }

    /// Downloads the blob as a sequence of chunks.
    ///
    /// Little of it is in memory for a slow reader: the part that is read and the next one, of 1 MiB each. Parts are
    /// handed on when their checksums have been compared, and are let go of chunk by chunk. As long as the reader
    /// waits for bytes more and larger parts are asked for ahead of it, up to
    /// ``TransferConcurrency/initial`` times ``BlobTransferOptions/partSize``, but never more than twice what it has
    /// read; and less again when all of that is there before the reader asks. Beside that a transport holds what it
    /// has received of the parts under way: that on libcurl at most `CurlOptions.receiveBuffer` of each, URLSession
    /// on Linux all of it.
    ///
    /// - Parameter options: A range, conditions and more.
    /// - Returns: The properties of the blob, and its content.
    /// - Throws: An ``AzureCore/AzureError``. Reading the content throws too; when the blob changes meanwhile the error
    ///   is ``AzureCore/AzureErrorCode/conditionNotMet``, and content of different versions is never mixed.
    ///
    /// REST operation: Get Blob, once for each part.
    public func downloadStream(
        options: BlobDownloadOptions = BlobDownloadOptions()
    ) async throws -> BlobDownloadStream {
        stream(try await BlobDownload(self, options, isStream: true))
    }

    /// A download that has begun, as a sequence of chunks.
    func stream(_ download: BlobDownload) -> BlobDownloadStream {
        BlobDownloadStream(
            properties: download.properties, length: download.plan.length, validation: download.validation,
            stream: stream(of: download), blob: self, isDecompressed: download.coding != nil)
    }

    /// The content, decompressed if that is wanted.
    private func stream(of download: BlobDownload) -> HTTPByteStream {
        let stream = HTTPByteStream(unfolding: {
            let reader = BlobPartReader(download)
            return { try await reader.next() }
        })
        return download.coding.map { stream.decompressed($0) } ?? stream
    }

    /// How much of a part is in memory before it is written to a file.
    private static var fileBatch: Int { 512 * 1024 }

    /// Gets the parts, a bounded number at a time, in any order.
    private func receive(
        _ download: BlobDownload, batch: Int,
        _ write: @escaping @Sendable (_ pieces: [Data], _ offset: Int64) async throws -> Void
    ) async throws {
        let meter = download.meter()
        defer { meter.flush() }
        guard download.plan.count > 1 else {
            let refusals = download.options.call.refusals ?? Refusals()
            if download.plan.count == 1 {
                try await download.receive(download.plan[0], batch: batch, meter, refusals, write)
            }
            return
        }
        let numbers = PartNumbers(count: download.plan.count)
        let parts = PartTransfer(
            concurrency: download.options.transfer.concurrency, timeSource: connection.timeSource)
        try await parts.run {
            await numbers.next()
        } transfer: { index, refusals in
            try await download.receive(download.plan[index], batch: batch, meter, refusals, write)
            return ((), bytes: download.plan[index].length)
        } settle: { _ in
        }
    }
}

import AzureCore
public import Foundation

/// The decrypted content of a blob as a sequence of chunks, in order. It can be read once.
public struct DecryptedBlobStream: AsyncSequence, Sendable {
    public typealias Element = Data
    public typealias Failure = any Error

    /// The properties of the blob; the length is that of the encrypted content.
    public let properties: BlobProperties
    /// The encryption of the blob.
    public let encryption: BlobEncryptionInfo
    /// The number of bytes; nil for version 1.0, where it is unknown until the end.
    public let length: Int64?
    let stream: HTTPByteStream
    let blob: BlobClient

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: stream.makeAsyncIterator())
    }

    /// Reads all of the content into memory.
    ///
    /// - Parameter limit: The maximum number of bytes to accept.
    /// - Returns: The content, decrypted.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/bodyTooLarge`` when there is more, where
    ///   ``length`` shows it before anything is read; what reading the sequence throws.
    public func collect(upTo limit: Int) async throws -> Data {
        if let length { try BlobDownload.check(length, upTo: limit, of: blob) }
        return try await BlobDownload.collect(stream, upTo: limit, of: blob)
    }

    /// Reads one chunk after another.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var base: HTTPByteStream.AsyncIterator

        public mutating func next() async throws -> Data? {
            try await base.next()
        }
    }
}

extension EncryptedBlobClient {
    /// Downloads and decrypts the blob into memory.
    ///
    /// - Parameters:
    ///   - limit: The maximum number of bytes to accept.
    ///   - options: A range of the content, conditions and more. Progress counts encrypted bytes.
    ///   - following: Reads the progress while the call runs. The call returns when this has returned, too, also when it
    ///     fails. The default is nobody.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/bodyTooLarge`` for a larger content, and what
    ///   ``downloadStream(options:)`` and its content throw.
    ///
    /// REST operations: Get Blob, once for each part; for a range Get Blob Properties first.
    public func download(
        upTo limit: Int, options: BlobDownloadOptions = BlobDownloadOptions(),
        following: (@Sendable (TransferProgress) async -> Void)? = nil
    ) async throws -> Data {
        try await options.followed(by: following) { options in
            try await downloadStream(options: options).collect(upTo: limit)
        }
    }

    /// Downloads and decrypts the blob into a file.
    ///
    /// The file appears under its name only when it is complete and authentic; an existing file is replaced unless
    /// ``BlobDownloadOptions/overwrite`` is false. When the download fails or is cancelled, no file is left.
    ///
    /// - Parameters:
    ///   - path: The path of the file. Its directory must exist.
    ///   - options: A range of the content, conditions and more. Progress counts encrypted bytes.
    ///   - following: Reads the progress while the call runs. The call returns when this has returned, too, also when it
    ///     fails. The default is nobody.
    /// - Returns: The properties of the blob; the length is that of the encrypted content.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/fileError`` when the file cannot be written, and
    ///   what ``downloadStream(options:)`` and its content throw.
    ///
    /// REST operations: Get Blob, once for each part; for a range Get Blob Properties first.
    @discardableResult
    public func download(
        to path: String, options: BlobDownloadOptions = BlobDownloadOptions(),
        following: (@Sendable (TransferProgress) async -> Void)? = nil
    ) async throws -> BlobProperties {
        try await options.followed(by: following) { try await download(to: path, $0) }
    }

    private func download(to path: String, _ options: BlobDownloadOptions) async throws -> BlobProperties {
        try await LocalFileSystem.check(path, mayReplace: options.overwrite)
        let content = try await downloadStream(options: options)
        let file = try await PartialFile(path: path, replaces: options.overwrite)
        do {
            var offset: Int64 = 0
            for try await chunk in content {
                try await file.write([chunk], at: offset)
                offset += Int64(chunk.count)
            }
            try await file.finish()
        } catch {
            await file.discard()
            throw error
        }
        return content.properties
    }

    /// Downloads and decrypts the blob as a sequence of chunks. One region, 4 MiB unless the writer chose otherwise, and
    /// the part under way are in memory.
    ///
    /// - Parameter options: A range of the content, conditions and more. Progress counts encrypted bytes.
    /// - Returns: The properties of the blob, and its content. Reading the content throws
    ///   ``AzureCore/AzureErrorCode/decryptionFailed`` for what was changed or cut off, before any of that is handed
    ///   out; and ``AzureCore/AzureErrorCode/conditionNotMet`` when the blob changes meanwhile.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/notClientEncrypted``,
    ///   ``AzureCore/AzureErrorCode/invalidEncryptionMetadata``, ``AzureCore/AzureErrorCode/wrongEncryptionKey``; what
    ///   the key throws.
    ///
    /// REST operations: Get Blob, once for each part; for a range Get Blob Properties first.
    public func downloadStream(
        options: BlobDownloadOptions = BlobDownloadOptions()
    ) async throws -> DecryptedBlobStream {
        guard !options.decompresses else {
            throw AzureError.invalidArgument(
                "Encrypted bytes cannot be decompressed; decompress the content after it was downloaded.")
        }
        guard let range = options.range else {
            let download = try await blob.downloadStream(options: options)
            let decryption = try await BlobDecryption(blob, download.properties, encryption)
            return try decryption.stream(download, nil)
        }
        try range.check()
        // Which bytes hold the range is known only from the metadata.
        let properties = try await blob.properties(
            options: BlobPropertiesOptions(
                conditions: options.conditions, customerKey: options.customerKey, call: options.call))
        let decryption = try await BlobDecryption(blob, properties, encryption)
        var pinned = options
        pinned.range = try decryption.blobRange(for: range)
        pinned.conditions = BlobAccessConditions(ifMatch: properties.etag, leaseID: options.conditions.leaseID)
        let download = try await BlobDownload(blob, pinned)
        // What the metadata says holds for this version alone.
        if let etag = properties.etag { try download.checkVersion(etag) }
        return try decryption.stream(blob.stream(download), range)
    }
}

extension BlobDecryption {
    fileprivate func stream(_ download: BlobDownloadStream, _ range: BlobRange?) throws -> DecryptedBlobStream {
        DecryptedBlobStream(
            properties: download.properties, encryption: metadata.info, length: try length(of: range),
            stream: try content(of: HTTPByteStream(download), range), blob: download.blob)
    }
}

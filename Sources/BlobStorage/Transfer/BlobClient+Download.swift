import AzureCore
public import Foundation

extension BlobClient {
    /// Downloads the blob into memory.
    ///
    /// - Parameters:
    ///   - limit: The most bytes to accept.
    ///   - options: A range, conditions and more.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/bodyTooLarge`` for a larger blob, before the
    ///   rest of it is fetched; ``AzureCore/AzureErrorCode/conditionNotMet`` when the blob changes meanwhile.
    ///
    /// REST operation: Get Blob, once for each part.
    public func download(
        upTo limit: Int, options: BlobDownloadOptions = BlobDownloadOptions()
    ) async throws -> Data {
        try await withDeadline(
            options.transfer.deadline, for: "A download", timeSource: connection.timeSource
        ) {
            try await downloadNow(upTo: limit, options)
        }
    }

    private func downloadNow(upTo limit: Int, _ options: BlobDownloadOptions) async throws -> Data {
        let download = try await BlobDownload(self, options)
        guard download.plan.length <= Int64(limit) else {
            throw AzureError(
                service: .blob, code: .bodyTooLarge,
                message: "\(download.plan.length) bytes are more than the \(limit) that this call accepts in memory.",
                operation: "Blob.Download", resource: url)
        }
        if download.coding != nil { return try await stream(of: download).collect(upTo: limit) }
        var data = download.first
        try await forEachPart(of: download, from: 1) { _, part in data.append(part) }
        return data
    }

    /// Downloads the blob into a file.
    ///
    /// The file gets its name only when it is whole; one that has the name is replaced. When the download fails or is
    /// cancelled nothing is left.
    ///
    /// - Parameters:
    ///   - path: The path of the file. Its directory must exist.
    ///   - options: A range, conditions and more.
    /// - Returns: What the service knows about the blob, and what was verified.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/fileError`` when the file cannot be written;
    ///   ``AzureCore/AzureErrorCode/conditionNotMet`` when the blob changes meanwhile.
    ///
    /// REST operation: Get Blob, once for each part.
    @discardableResult
    public func download(
        to path: String, options: BlobDownloadOptions = BlobDownloadOptions()
    ) async throws -> BlobDownloadResult {
        try await withDeadline(
            options.transfer.deadline, for: "A download", timeSource: connection.timeSource
        ) {
            try await downloadNow(to: path, options)
        }
    }

    private func downloadNow(to path: String, _ options: BlobDownloadOptions) async throws -> BlobDownloadResult {
        let download = try await BlobDownload(self, options)
        let file = try await PartialFile(path: path)
        do {
            if download.coding != nil {
                var end: Int64 = 0
                for try await chunk in stream(of: download) {
                    try await file.write(chunk, at: end)
                    end += Int64(chunk.count)
                }
                try await file.finish()
                return download.result
            }
            try await forEachPart(of: download, from: 0) { offset, part in
                try await file.write(part, at: offset - download.plan.offset)
            }
            try await file.finish()
        } catch {
            await file.discard()
            throw error
        }
        return download.result
    }

    /// Downloads the blob as a sequence of chunks.
    ///
    /// - Parameter options: A range, conditions and more.
    /// - Returns: What the service knows about the blob, and its content.
    /// - Throws: An ``AzureCore/AzureError``. Reading the content throws too; a blob that changes meanwhile is an error
    ///   with ``AzureCore/AzureErrorCode/conditionNotMet``, never a mixture.
    ///
    /// REST operation: Get Blob, once for each part.
    public func downloadStream(
        _ options: BlobDownloadOptions = BlobDownloadOptions()
    ) async throws -> BlobDownloadStream {
        let download = try await BlobDownload(self, options)
        return BlobDownloadStream(
            properties: download.properties, length: download.plan.length, validation: download.validation,
            stream: stream(of: download))
    }

    /// The content, decompressed if that is wanted.
    private func stream(of download: BlobDownload) -> HTTPByteStream {
        let stream = HTTPByteStream(unfolding: {
            let reader = BlobPartReader(download)
            return { try await reader.next() }
        })
        return download.coding.map { stream.decompressed($0) } ?? stream
    }

    /// Gets the parts, a bounded number at a time, and hands them on in order.
    private func forEachPart(
        of download: BlobDownload, from first: Int, _ body: (Int64, Data) async throws -> Void
    ) async throws {
        var received = first == 0 ? 0 : Int64(download.first.count)
        let concurrency = download.options.transfer.concurrency
        try await withThrowingTaskGroup(of: (Int, Data).self) { group in
            var next = first
            var waiting: [Int: Data] = [:]
            var due = first
            func start() {
                guard next < download.plan.count else { return }
                let index = next
                next += 1
                group.addTask { (index, try await download.part(index)) }
            }
            for _ in 0..<concurrency { start() }
            while let (index, data) = try await group.next() {
                waiting[index] = data
                while let data = waiting.removeValue(forKey: due) {
                    try await body(download.plan[due].offset, data)
                    received += Int64(data.count)
                    download.options.progress?(received)
                    due += 1
                    start()
                }
            }
        }
    }
}

/// Gets the parts of a download one after the other.
private actor BlobPartReader {
    private let download: BlobDownload
    private var index = 0
    private var received: Int64 = 0

    init(_ download: BlobDownload) {
        self.download = download
    }

    func next() async throws -> Data? {
        guard index < download.plan.count else { return nil }
        let part = try await download.part(index)
        index += 1
        received += Int64(part.count)
        download.options.progress?(received)
        return part
    }
}

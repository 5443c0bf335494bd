import AzureCore
public import Foundation

extension BlobClient {
    /// Uploads bytes in memory.
    ///
    /// - Parameters:
    ///   - data: The content.
    ///   - options: Overwriting, header fields, metadata, conditions and more.
    ///   - following: Reads the progress while the call runs. The call returns when this has returned, too, also when it
    ///     fails. The default is nobody.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/blobAlreadyExists`` when the blob exists and
    ///   may not be overwritten.
    ///
    /// REST operations: Put Blob; for more than ``BlobTransferOptions/singleShotLimit`` Put Block and Put Block List.
    @discardableResult
    public func upload(
        _ data: Data, options: BlobUploadOptions = BlobUploadOptions(),
        following: (@Sendable (TransferProgress) async -> Void)? = nil
    ) async throws -> BlobInfo {
        try await options.followed(by: following) { try await upload(data, $0) }
    }

    private func upload(_ data: Data, _ options: BlobUploadOptions) async throws -> BlobInfo {
        if options.compression != nil { return try await upload(stream: HTTPByteStream(data), options: options) }
        return try await upload(length: Int64(data.count), options) { offset, length in
            let start = data.startIndex + Int(offset)
            return HTTPBody(data[start..<start + Int(length)])
        }
    }

    /// Uploads a file.
    ///
    /// The file is read part by part, so memory stays small however large it is. It is opened once: a file that gets its
    /// name meanwhile is another one. When it is written to meanwhile, which shows by its size or time of modification,
    /// the upload fails and no blob is made of it.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - options: Overwriting, header fields, metadata, conditions and more.
    ///   - following: Reads the progress while the call runs. The call returns when this has returned, too, also when it
    ///     fails. The default is nobody.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/fileError`` when the file cannot be read, or
    ///   is changed meanwhile; ``AzureCore/AzureErrorCode/blobAlreadyExists`` when the blob exists and may not be
    ///   overwritten.
    ///
    /// REST operations: Put Blob; for more than ``BlobTransferOptions/singleShotLimit`` Put Block and Put Block List.
    @discardableResult
    public func upload(
        file path: String, options: BlobUploadOptions = BlobUploadOptions(),
        following: (@Sendable (TransferProgress) async -> Void)? = nil
    ) async throws -> BlobInfo {
        try await options.followed(by: following) { options in
            try await upload(try await LocalFileSystem.source(path), options)
        }
    }

    /// Uploads a file that is open.
    func upload(_ source: FileSource, _ options: BlobUploadOptions) async throws -> BlobInfo {
        let length = source.state.size
        if options.compression != nil {
            let file = HTTPBody(file: .init(source, offset: 0, length: length))
            return try await upload(stream: file.chunks(), options: options)
        }
        return try await upload(
            length: length, options, isWhole: { try source.checkUnchanged() }
        ) { offset, length in
            HTTPBody(file: .init(source, offset: offset, length: length))
        }
    }

    /// Uploads a stream, whose length need not be known.
    ///
    /// The parts under way, ``TransferConcurrency/initial``, and one more are in memory at most; one that fails is sent
    /// again from there. Parts grow with the stream, by ``BlobTransferOptions/partSize`` after each 2,500 of them, so that
    /// a blob's 50,000 blocks suffice: those of 8 MiB for 4 TiB. For more choose a larger size.
    ///
    /// - Parameters:
    ///   - stream: The content.
    ///   - options: Overwriting, header fields, metadata, conditions and more.
    ///   - following: Reads the progress while the call runs. The call returns when this has returned, too, also when it
    ///     fails. The default is nobody.
    ///
    /// REST operations: Put Blob; for more than ``BlobTransferOptions/singleShotLimit`` Put Block and Put Block List.
    @discardableResult
    public func upload<Chunks: AsyncSequence & Sendable>(
        stream: Chunks, options: BlobUploadOptions = BlobUploadOptions(),
        following: (@Sendable (TransferProgress) async -> Void)? = nil
    ) async throws -> BlobInfo where Chunks.Element == Data {
        try await options.followed(by: following) { options in
            try options.transfer.check()
            return try await withDeadline(of: options) {
                try await uploadParts(of: HTTPByteStream(stream).ofCaller, options)
            }
        }
    }

    private func uploadParts(of stream: HTTPByteStream, _ options: BlobUploadOptions) async throws -> BlobInfo {
        var options = limited(options)
        var content = stream
        if let coding = options.compression?.coding {
            guard options.httpHeaders.contentEncoding == nil else {
                throw AzureError.invalidArgument(
                    "The content has an encoding already; it cannot be compressed with \(coding.rawValue) as well.")
            }
            options.httpHeaders.contentEncoding = coding.rawValue
            content = content.compressed(coding)
        }
        let meter = TransferMeter(options.progress, total: nil, timeSource: connection.timeSource)
        var parts = PartReader(content, sizes: .upload(partSize: options.transfer.partSize))
        let first = try await parts.next() ?? Data()
        let second = try await parts.next()
        guard let second else {
            return try await put(HTTPBody(first), options, meter)
        }
        let upload = BlockUpload(blob: blockBlob, options: options)
        let source = BlockSource(startingWith: [first, second], then: parts)
        let ids = try await upload.stage(source, options.transfer.concurrency.bounded, meter)
        return try await upload.commit(ids)
    }

    /// Uploads all with one request.
    private func put(
        _ body: HTTPBody, _ options: BlobUploadOptions, _ meter: TransferMeter
    ) async throws -> BlobInfo {
        var options = options
        options.call = options.call.limited(by: options.transfer, of: connection)
        let info = try await body.sendVerified(options.transfer.validation) {
            try await blockBlob.put($0, checksum: $1, options: options)
        }
        meter.add(body.length ?? 0)
        return info
    }

    private func upload(
        length: Int64, _ options: BlobUploadOptions,
        isWhole: (@Sendable () throws -> Void)? = nil, part: @escaping @Sendable (Int64, Int64) -> HTTPBody
    ) async throws -> BlobInfo {
        try options.transfer.check()
        let options = limited(options)
        return try await withDeadline(of: options) {
            let meter = TransferMeter(options.progress, total: length, timeSource: connection.timeSource)
            guard length > Int64(options.transfer.singleShotLimit) else {
                return try await put(part(0, length), options, meter)
            }
            let plan = try TransferPlan.upload(length: length, partSize: options.transfer.partSize)
            let upload = BlockUpload(blob: blockBlob, options: options)
            let ids = try await upload.stage(
                BlockSource(plan, part: part), options.transfer.concurrency, meter)
            if let isWhole { try await BlockingIO.run(isWhole) }
            return try await upload.commit(ids)
        }
    }

    private func limited(_ options: BlobUploadOptions) -> BlobUploadOptions {
        var options = options
        options.transfer = connection.limited(options.transfer)
        return options
    }

    private func withDeadline(
        of options: BlobUploadOptions, _ work: @escaping @Sendable () async throws -> BlobInfo
    ) async throws -> BlobInfo {
        try await AzureCore.withDeadline(
            options.transfer.deadline, for: "The upload of '\(name)'", timeSource: connection.timeSource, work)
    }
}

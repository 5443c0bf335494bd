import AzureCore
import HTTPTypes

import struct Foundation.Data

/// One download: the version of the blob that it is of, and how to get its parts.
struct BlobDownload: Sendable {
    let blob: BlobClient
    let options: BlobDownloadOptions
    private let head: HTTPResponse
    /// How long the blob is.
    private let blobLength: Int64
    /// All parts; the head of the first has arrived.
    let plan: TransferPlan
    /// Which checksums came with the first part. The others must have them too.
    let validation: TransferValidation
    /// The first answer. Its body has not been read yet, so that the other parts need not wait for it.
    private let opening: PartAnswer
    private let etag: ETag?

    /// Asks for the first part, and learns size and version of the blob from the head of the answer.
    init(_ blob: BlobClient, _ options: BlobDownloadOptions) async throws {
        try options.transfer.check()
        try options.range?.check()
        guard !options.decompresses || options.range == nil else {
            throw AzureError.invalidArgument("A part of a compressed blob cannot be decompressed.")
        }
        self.blob = blob
        self.options = options
        let offset = options.range?.offset ?? 0
        let size = min(options.range?.length ?? .max, Int64(options.partSize))
        var answer: PartAnswer
        do {
            answer = try await Self.ask(
                blob, options, range: BlobRange(offset: offset, length: size), conditions: options.conditions)
        } catch AzureErrorCode.invalidRange where options.range == nil {
            // An empty blob has no first byte to ask for.
            answer = try await Self.ask(blob, options, range: nil, conditions: options.conditions)
        }
        let total = try await answer.total(offset: offset, limit: options.partSize)
        opening = answer
        validation = answer.validation
        head = answer.head
        blobLength = total
        etag = answer.head.headerFields.open(.eTag)
        plan = TransferPlan(
            partSize: size, offset: offset, length: min(options.range?.length ?? .max, total - offset))
        guard answer.head.status == .partialContent || (offset == 0 && total <= size) else {
            throw try await Self.tooMuch(blob, options)
        }
        guard etag != nil || plan.count <= 1 else {
            throw AzureError(
                service: .blob, code: .invalidResponse, status: answer.head.status,
                message: "The service names no version of the blob, so that its parts could be a mixture of several.",
                operation: "Blob.Download", resource: blob.url)
        }
    }

    /// What the service said of the blob.
    var properties: BlobProperties {
        var properties = BlobProperties(head, isDownload: true)
        properties.contentLength = blobLength
        return properties
    }

    /// How the content has to be decompressed, if at all.
    var coding: ContentCoding? {
        options.decompresses ? ContentCoding(contentEncoding: head.headerFields[.contentEncoding]) : nil
    }

    var result: BlobDownloadResult {
        BlobDownloadResult(properties: properties, length: plan.length, validation: validation)
    }

    /// Gets a part and hands its content on as it arrives. What breaks off is gone on with, as long as it is the same
    /// version of the blob.
    ///
    /// - Parameters:
    ///   - index: The part.
    ///   - batch: How many bytes are gathered before they are handed on, at least; the end of a part comes always.
    ///   - meter: Counts the bytes.
    ///   - write: Takes content and its place in the blob. What turns out to be damaged later comes again, unless a
    ///     part is gathered as a whole.
    func receive(
        _ index: Int, batch: Int, _ meter: TransferMeter,
        _ write: (_ pieces: [Data], _ offset: Int64) async throws -> Void
    ) async throws {
        let (offset, length) = plan[index]
        let time = blob.connection.timeSource
        var part = PartReceiver(
            offset: offset, length: length, batch: batch, stallTimeout: options.transfer.stallTimeout, timeSource: time)
        var counted = offset
        var retries = PartRetries(options: blob.connection.options.pipeline.retry, start: time.uptime())
        var next: PartAnswer? = index == 0 ? opening : nil
        while true {
            let answer: PartAnswer
            if let first = next { answer = first } else { answer = try await ask(for: part.rest) }
            next = nil
            do {
                return try await part.read(answer, options.transfer.validation) { pieces, offset in
                    let end = pieces.reduce(offset) { $0 + Int64($1.count) }
                    try await write(pieces, offset)
                    // What comes a second time was counted the first.
                    meter.add(max(0, end - counted))
                    counted = max(counted, end)
                }
            } catch AzureErrorCode.bodyTooLarge {
                throw try await Self.tooMuch(blob, options)
            } catch {
                let decision = retries.next(
                    after: error, position: part.position, uptime: time.uptime(), random: .random(in: 0..<1))
                guard case .retry(let delay) = decision else { throw failure(error) }
                if delay > .zero { try await time.sleep(delay) }
            }
        }
    }

    /// Gets a part as a whole, as the chunks in which it came.
    func chunks(of index: Int, _ meter: TransferMeter) async throws -> [Data] {
        var chunks: [Data] = []
        try await receive(index, batch: .max, meter) { pieces, _ in chunks = pieces }
        return chunks
    }

    /// Counts what arrives.
    func meter() -> TransferMeter {
        TransferMeter(options.progress, total: plan.length, timeSource: blob.connection.timeSource)
    }

    /// An error with what it is about.
    private func failure(_ error: any Error) -> any Error {
        guard !(error is CancellationError) else { return error }
        var failure = AzureError(error)
        failure.service = failure.service ?? .blob
        failure.operation = failure.operation ?? "Blob.Download"
        failure.resource = failure.resource ?? blob.url
        return failure
    }

    /// Asks for a range of the same version.
    private func ask(for range: BlobRange) async throws -> PartAnswer {
        var conditions = options.conditions
        conditions.ifNoneMatch = nil
        conditions.ifModifiedSince = nil
        conditions.ifUnmodifiedSince = nil
        conditions.ifMatch = etag
        var answer = try await Self.ask(blob, options, range: range, conditions: conditions)
        let head = answer.head
        guard head.status == .partialContent,
            try await answer.total(offset: range.offset, limit: 0) == blobLength,
            head.headerFields.open(.eTag) == etag, answer.validation == validation
        else {
            throw AzureError(
                service: .blob, code: .invalidResponse, status: head.status,
                message: "The service answered with another part or version of the blob than it was asked for, or "
                    + "without a checksum that it sent before.",
                operation: "Blob.Download", resource: blob.url, requestID: head.headerFields[.requestID])
        }
        return answer
    }

    private static func ask(
        _ blob: BlobClient, _ options: BlobDownloadOptions, range: BlobRange?, conditions: BlobAccessConditions
    ) async throws -> PartAnswer {
        var request = blob.request(
            "Blob.Download", .get, success: [200, 206], call: options.call.limited(by: options.transfer))
        request.headers[.storageRange] = range?.description
        try conditions.apply(to: &request.headers)
        try options.customerKey?.apply(to: &request.headers, endpoint: blob.connection.endpoint)
        options.transfer.validation.ask(in: &request.headers, isRange: range != nil)
        request.responseHandling =
            range == nil ? .buffered(limit: Int(StructuredBody.messageLength(Int64(options.partSize)))) : .streamed
        let response = try await blob.connection.send(request)
        guard !response.body.isDecoded else {
            throw decoded(response.head.headerFields[.contentEncoding] ?? "", blob)
        }
        let validation = try options.transfer.validation.found(in: response.head.headerFields)
        return PartAnswer(head: response.head, body: response.body, validation: validation)
    }

    /// Why more bytes came than were asked for: the transport decoded them, or the service ignored the range.
    private static func tooMuch(_ blob: BlobClient, _ options: BlobDownloadOptions) async throws -> AzureError {
        if !blob.connection.keepsContentEncoding {
            let properties = try await blob.properties(
                BlobPropertiesOptions(customerKey: options.customerKey, call: options.call))
            if let encoding = properties.httpHeaders.contentEncoding, !encoding.isEmpty {
                return decoded(encoding, blob)
            }
        }
        return AzureError(
            service: .blob, code: .invalidResponse,
            message: "The service sent more than the \(options.partSize) bytes that it was asked for.",
            operation: "Blob.Download", resource: blob.url)
    }

    private static func decoded(_ encoding: String, _ blob: BlobClient) -> AzureError {
        AzureError(
            service: .blob, code: .contentDecoded,
            message: "The blob has the content encoding '\(encoding)', and the transport decoded it, so that these are "
                + "not the stored bytes. Use a transport that leaves contents as they are, such as that of the package "
                + "trait Curl.",
            operation: "Blob.Download", resource: blob.url)
    }
}

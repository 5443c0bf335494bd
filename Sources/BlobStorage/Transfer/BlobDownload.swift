import AzureCore
import HTTPTypes
import StorageCore

import struct Foundation.Data

/// One download: the version of the blob that it is of, and how to get its parts.
struct BlobDownload: Sendable {
    let blob: BlobClient
    let options: BlobDownloadOptions
    private let head: HTTPResponse
    /// How long the blob is.
    let blobLength: Int64
    /// All parts; the head of the first has arrived.
    let plan: TransferPlan
    /// Which checksums came with the first part. The others must have them too.
    let validation: TransferValidation
    /// The first answer. Its body has not been read yet, so that the other parts need not wait for it.
    private let opening: Opening
    private let etag: ETag?

    /// Asks for the first part, and learns size and version of the blob from the head of the answer.
    ///
    /// - Parameters:
    ///   - blob: The blob.
    ///   - options: The caller's choices.
    ///   - isStream: Whether the content is read as a stream, whose first part is a small one.
    init(_ blob: BlobClient, _ options: BlobDownloadOptions, isStream: Bool = false) async throws {
        try options.transfer.check()
        try options.range?.check()
        guard !options.decompresses || options.range == nil else {
            throw AzureError.invalidArgument("A part of a compressed blob cannot be decompressed.")
        }
        var options = options
        options.transfer = blob.connection.limited(options.transfer)
        self.blob = blob
        self.options = options
        let offset = options.range?.offset ?? 0
        let largest = Int64(options.partSize)
        let asked = min(options.range?.length ?? .max, isStream ? min(largest, StreamWindow.smallPart) : largest)
        let first = try await Self.first(blob, options, BlobRange(offset: offset, length: asked))
        opening = first.opening
        validation = first.validation
        head = first.head
        blobLength = first.total
        etag = head.headerFields.open(.eTag)
        // Whoever knows no ranges sends the whole blob.
        let isPart = head.status == .partialContent
        plan = TransferPlan(
            partSize: isPart ? asked : max(asked, min(blobLength, options.range?.length ?? largest)), offset: offset,
            length: min(options.range?.length ?? .max, blobLength - offset))
        guard isPart || (offset == 0 && blobLength <= plan.partSize) else {
            opening.close()
            throw try await Self.tooMuch(blob, options, asked: asked)
        }
        try checkVersion()
    }

    /// Makes sure that all is of one version: parts of each other, and of what was looked at before.
    ///
    /// - Parameter version: The version that was looked at; nil when nothing was.
    func checkVersion(_ version: ETag? = nil) throws {
        let context = Self.context(blob, head)
        guard etag != nil || plan.count <= 1 else {
            throw context.error(
                .invalidResponse,
                "The service names no version of the blob, so that its parts could be a mixture of several.")
        }
        guard let version else { return }
        guard let etag, etag == version else {
            throw context.error(
                .invalidResponse,
                "The service was asked for the version \(version) of the blob, and answered with "
                    + "\(etag.map { "version \($0)" } ?? "one that has no name").")
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

    /// Gets a part and hands its content on as it arrives. What breaks off is resumed, as long as it is the same
    /// version of the blob.
    ///
    /// - Parameters:
    ///   - part: The part; one that begins where the content does is the first of the plan.
    ///   - batch: How many bytes are gathered before they are handed on, at least; the end of a part comes always.
    ///   - meter: Counts the bytes.
    ///   - refusals: Where tries are noted that the service refused.
    ///   - write: Takes content and its place in the blob. What turns out to be damaged later comes again, unless a
    ///     part is gathered as a whole.
    func receive(
        _ part: (offset: Int64, length: Int64), batch: Int, _ meter: TransferMeter, _ refusals: Refusals,
        _ write: (_ pieces: [Data], _ offset: Int64) async throws -> Void
    ) async throws {
        let (offset, length) = part
        let time = blob.connection.timeSource
        var part = PartReceiver(
            offset: offset, length: length, batch: batch, stallTimeout: options.transfer.stallTimeout, timeSource: time,
            bandwidth: blob.connection.bandwidth(options.transfer.bandwidth))
        var counted = offset
        var retries = PartRetries(options: options.call.retry(of: blob.connection), start: time.uptime())
        var next = offset == plan.offset ? opening.take() : nil
        while true {
            if next == nil { next = try await ask(for: part.rest, refusals) }
            do {
                // Nobody else has the answer, so that it is closed with this try, before anything else is asked for.
                guard let answer = next.take() else { return }
                return try await part.read(answer, options.transfer.validation) { pieces, offset in
                    let end = pieces.reduce(offset) { $0 + Int64($1.count) }
                    try await write(pieces, offset)
                    // What comes a second time was counted the first.
                    meter.add(max(0, end - counted))
                    counted = max(counted, end)
                }
            } catch AzureErrorCode.bodyTooLarge {
                throw try await Self.tooMuch(blob, options, asked: length)
            } catch {
                let decision = retries.next(
                    after: error, position: part.position, uptime: time.uptime(), random: .random(in: 0..<1))
                guard case .retry(let delay) = decision else { throw Self.context(blob).describing(error) }
                if delay > .zero { try await time.sleep(delay) }
            }
        }
    }

    /// Gets a part as a whole, as the chunks in which it came.
    func chunks(
        of part: (offset: Int64, length: Int64), _ meter: TransferMeter, _ refusals: Refusals
    ) async throws -> [Data] {
        var chunks: [Data] = []
        try await receive(part, batch: .max, meter, refusals) { pieces, _ in chunks = pieces }
        return chunks
    }

    /// Counts what arrives.
    func meter() -> TransferMeter {
        TransferMeter(options.progress, total: plan.length, timeSource: blob.connection.timeSource)
    }

    /// Asks for a range of the same version.
    private func ask(for range: BlobRange, _ refusals: Refusals) async throws -> PartAnswer {
        var conditions = options.conditions
        conditions.ifNoneMatch = nil
        conditions.ifModifiedSince = nil
        conditions.ifUnmodifiedSince = nil
        conditions.ifMatch = etag
        var options = options
        options.call = options.call.withoutDate.noting(refusals)
        let answer = try await Self.ask(blob, options, range: range, conditions: conditions)
        let head = answer.head
        guard head.status == .partialContent, try answer.total(offset: range.offset) == blobLength,
            head.headerFields.open(.eTag) == etag, answer.validation == validation
        else {
            throw answer.context.error(
                .invalidResponse,
                "The service answered with another part or version of the blob than it was asked for, or without a "
                    + "checksum that it sent before.")
        }
        return answer
    }
}

public import AzureCore
public import Foundation
import HTTPTypes

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
    /// How large parts are, and how many are under way.
    public var transfer: BlobTransferOptions
    /// Called with the number of bytes that have arrived so far.
    public var progress: (@Sendable (Int64) -> Void)?
    /// The choices of each call.
    public var call: BlobCallOptions

    /// Creates options.
    public init(
        range: BlobRange? = nil,
        conditions: BlobAccessConditions = BlobAccessConditions(),
        customerKey: CustomerProvidedKey? = nil,
        decompresses: Bool = false,
        transfer: BlobTransferOptions = BlobTransferOptions(),
        progress: (@Sendable (Int64) -> Void)? = nil,
        call: BlobCallOptions = BlobCallOptions()
    ) {
        self.range = range
        self.conditions = conditions
        self.customerKey = customerKey
        self.decompresses = decompresses
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

    public func makeAsyncIterator() -> AsyncIterator {
        stream.makeAsyncIterator()
    }
}

/// One download: the version of the blob that it is of, and how to get its parts.
struct BlobDownload: Sendable {
    let blob: BlobClient
    let options: BlobDownloadOptions
    let properties: BlobProperties
    /// What the first answer brought.
    let first: Data
    /// All parts; the first has arrived.
    let plan: TransferPlan
    private let etag: ETag?
    /// Which checksums came with the first part. The others must have them too.
    let validation: TransferValidation

    /// Gets the first part, and with it size and version of the blob.
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
        let answer: PartAnswer
        do {
            answer = try await Self.get(
                blob, options, range: BlobRange(offset: offset, length: size), conditions: options.conditions)
        } catch AzureErrorCode.invalidRange where options.range == nil {
            // An empty blob has no first byte to ask for.
            answer = try await Self.get(blob, options, range: nil, conditions: options.conditions)
        }
        let head = answer.head
        first = answer.content
        validation = answer.validation
        var properties = BlobProperties(head, isDownload: true)
        let total = try Self.total(head, offset: offset, received: first.count)
        properties.contentLength = total
        self.properties = properties
        etag = properties.etag
        plan = TransferPlan(
            partSize: size, offset: offset, length: min(options.range?.length ?? .max, total - offset))
        guard Int64(first.count) == min(size, plan.length) else {
            throw Self.wrongLength(first.count, expected: min(size, plan.length), blob)
        }
        guard etag != nil || plan.count <= 1 else {
            throw AzureError(
                service: .blob, code: .invalidResponse, status: head.status,
                message: "The service names no version of the blob, so that its parts could be a mixture of several.",
                operation: "Blob.Download", resource: blob.url)
        }
    }

    /// How the content has to be decompressed, if at all.
    var coding: ContentCoding? {
        options.decompresses ? ContentCoding(contentEncoding: properties.httpHeaders.contentEncoding) : nil
    }

    var result: BlobDownloadResult {
        BlobDownloadResult(properties: properties, length: plan.length, validation: validation)
    }

    /// Gets a part of the same version.
    func part(_ index: Int) async throws -> Data {
        if index == 0 { return first }
        let (offset, length) = plan[index]
        var conditions = options.conditions
        conditions.ifNoneMatch = nil
        conditions.ifModifiedSince = nil
        conditions.ifUnmodifiedSince = nil
        conditions.ifMatch = etag
        let answer = try await Self.get(
            blob, options, range: BlobRange(offset: offset, length: length), conditions: conditions)
        let (head, data) = (answer.head, answer.content)
        guard head.status == .partialContent,
            try Self.total(head, offset: offset, received: data.count) == properties.contentLength,
            head.headerFields.open(.eTag) == etag, answer.validation == validation
        else {
            throw AzureError(
                service: .blob, code: .invalidResponse, status: head.status,
                message: "The service answered with another part or version of the blob than it was asked for, or "
                    + "without a checksum that it sent before.",
                operation: "Blob.Download", resource: blob.url, requestID: head.headerFields[.requestID])
        }
        guard Int64(data.count) == length else { throw Self.wrongLength(data.count, expected: length, blob) }
        return data
    }

    /// What came for one part.
    private struct PartAnswer {
        var head: HTTPResponse
        var content: Data
        var validation: TransferValidation
    }

    /// Gets a part, and gets it again when it arrived damaged.
    private static func get(
        _ blob: BlobClient, _ options: BlobDownloadOptions, range: BlobRange?, conditions: BlobAccessConditions
    ) async throws -> PartAnswer {
        var tries = 1
        while true {
            do {
                return try await getOnce(blob, options, range: range, conditions: conditions)
            } catch var error as AzureError where error.code == .checksumMismatch {
                error.operation = "Blob.Download"
                error.resource = blob.url
                guard tries < TransferValidation.maxTries else { throw error }
                tries += 1
            }
        }
    }

    private static func getOnce(
        _ blob: BlobClient, _ options: BlobDownloadOptions, range: BlobRange?, conditions: BlobAccessConditions
    ) async throws -> PartAnswer {
        var request = blob.request("Blob.Download", .get, success: [200, 206], call: options.call)
        request.headers[.storageRange] = range?.description
        try conditions.apply(to: &request.headers)
        try options.customerKey?.apply(to: &request.headers, endpoint: blob.connection.endpoint)
        options.transfer.validation.ask(in: &request.headers, isRange: range != nil)
        let limit = Int(StructuredBody.messageLength(Int64(options.partSize)))
        request.responseHandling = .buffered(limit: limit)
        let response: HTTPTransportResponse
        do {
            response = try await blob.connection.send(request)
        } catch AzureErrorCode.bodyTooLarge {
            throw try await tooMuch(blob, options)
        }
        guard !response.body.isDecoded else {
            throw decoded(response.head.headerFields[.contentEncoding] ?? "", blob)
        }
        let body = try await response.body.collect(upTo: limit)
        let (content, validation) = try options.transfer.validation.verify(body, response.head.headerFields)
        guard content.count <= options.partSize else { throw try await tooMuch(blob, options) }
        return PartAnswer(head: response.head, content: content, validation: validation)
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
                + "not the stored bytes. Use a transport that leaves contents as they are.",
            operation: "Blob.Download", resource: blob.url)
    }

    /// The size of the whole blob, from `Content-Range: bytes 0-99/1000`.
    private static func total(_ head: HTTPResponse, offset: Int64, received: Int) throws -> Int64 {
        guard head.status == .partialContent else { return Int64(received) }
        let parts = (head.headerFields[.contentRange] ?? "").dropFirst("bytes ".count)
            .split(whereSeparator: { $0 == "-" || $0 == "/" }).map { Int64($0) }
        guard parts.count == 3, let start = parts[0], let total = parts[2], start == offset, total >= offset else {
            throw AzureError(
                service: .blob, code: .invalidResponse,
                message: "The service answered with another range than it was asked for: "
                    + "'\(head.headerFields[.contentRange] ?? "")'.")
        }
        return total
    }

    private static func wrongLength(_ count: Int, expected: Int64, _ blob: BlobClient) -> AzureError {
        AzureError(
            service: .blob, code: .truncatedBody,
            message: "A part of \(expected) bytes was asked for, and \(count) arrived.", operation: "Blob.Download",
            resource: blob.url)
    }
}

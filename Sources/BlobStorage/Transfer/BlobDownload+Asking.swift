import AzureCore
import HTTPTypes
import Synchronization

import struct Foundation.Data

extension BlobDownload {
    /// The answer to the first request of a download.
    struct First: Sendable {
        let opening: Opening
        let head: HTTPResponse
        let validation: TransferValidation
        /// How long the blob is.
        let total: Int64

        init(_ answer: PartAnswer, total: Int64) {
            opening = Opening(answer)
            head = answer.head
            validation = answer.validation
            self.total = total
        }
    }

    /// An answer that is kept until somebody reads it, and is closed when nobody has it any more.
    final class Opening: Sendable {
        private let answer: Mutex<PartAnswer?>

        init(_ answer: PartAnswer) {
            self.answer = Mutex(answer)
        }

        func take() -> PartAnswer? {
            answer.withLock { $0.take() }
        }

        func close() {
            _ = take()
        }
    }

    /// Asks for the first part. An answer without a length is read here, and asked for again when it breaks off.
    static func first(_ blob: BlobClient, _ options: BlobDownloadOptions, _ range: BlobRange) async throws -> First {
        let time = blob.connection.timeSource
        var retries = PartRetries(options: options.call.retry(of: blob.connection), start: time.uptime())
        while true {
            var answer = try await firstAnswer(blob, options, range)
            if let total = try answer.total(offset: range.offset) { return First(answer, total: total) }
            do {
                let total = try await answer.readWhole(
                    limit: options.partSize, stallTimeout: options.transfer.stallTimeout, timeSource: time)
                return First(answer, total: total)
            } catch {
                let decision = retries.next(
                    after: error, position: 0, uptime: time.uptime(), random: .random(in: 0..<1))
                guard case .retry(let delay) = decision else { throw context(blob).describing(error) }
                if delay > .zero { try await time.sleep(delay) }
            }
        }
    }

    private static func firstAnswer(
        _ blob: BlobClient, _ options: BlobDownloadOptions, _ range: BlobRange
    ) async throws -> PartAnswer {
        do {
            return try await ask(blob, options, range: range, conditions: options.conditions)
        } catch AzureErrorCode.invalidRange where options.range == nil {
            // An empty blob has no first byte to ask for.
            return try await ask(blob, options, range: nil, conditions: options.conditions)
        }
    }

    static func ask(
        _ blob: BlobClient, _ options: BlobDownloadOptions, range: BlobRange?, conditions: BlobAccessConditions
    ) async throws -> PartAnswer {
        var request = blob.request(
            "Blob.Download", .get, success: [200, 206],
            call: options.call.limited(by: options.transfer, of: blob.connection))
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
        return PartAnswer(response, validation: validation)
    }

    /// Why more bytes came than were asked for: the transport decoded them, or the service ignored the range.
    static func tooMuch(_ blob: BlobClient, _ options: BlobDownloadOptions, asked: Int64) async throws -> AzureError {
        if !blob.connection.keepsContentEncoding {
            let properties = try await blob.properties(
                options: BlobPropertiesOptions(customerKey: options.customerKey, call: options.call.forLooking))
            if let encoding = properties.httpHeaders.contentEncoding, !encoding.isEmpty {
                return decoded(encoding, blob)
            }
        }
        return context(blob).error(
            .invalidResponse, "The service sent more than the \(asked) bytes that it was asked for.")
    }

    private static func decoded(_ encoding: String, _ blob: BlobClient) -> AzureError {
        context(blob).error(
            .contentDecoded,
            "The blob has the content encoding '\(encoding)', and the transport decoded it, so that these are not the "
                + "stored bytes. Use a transport that leaves contents as they are, such as that of the package trait "
                + "Curl.")
    }

    /// Refuses what is longer than a call accepts in memory.
    static func check(_ length: Int64, upTo limit: Int, of blob: BlobClient) throws {
        guard length <= Int64(limit) else {
            throw context(blob).error(
                .bodyTooLarge, "\(length) bytes are more than the \(limit) that this call accepts in memory.")
        }
    }

    /// Reads a content into memory.
    static func collect(_ stream: HTTPByteStream, upTo limit: Int, of blob: BlobClient) async throws -> Data {
        do {
            return try await stream.collect(upTo: limit)
        } catch {
            throw context(blob).describing(error)
        }
    }

    /// A download as errors tell of it: many calls are one to its caller.
    static func context(_ blob: BlobClient, _ head: HTTPResponse? = nil) -> ErrorContext {
        ErrorContext(service: .blob, operation: "Blob.Download", resource: blob.address, head: head)
    }
}

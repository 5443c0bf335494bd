import AzureCore
import HTTPTypes
import StorageCore

public import struct Foundation.Data

/// The rows that a query selects, as a sequence of chunks in the format of the answer. It can be read once.
///
/// A chunk may end anywhere; ``records(upTo:)`` gives whole records. When reading throws, the rows before are valid but
/// incomplete.
public struct BlobQueryResult: AsyncSequence, Sendable {
    public typealias Element = Data
    public typealias Failure = any Error

    /// What the answer says about the blob, apart from its size: the length is that of the answer, where it is known.
    public let properties: BlobProperties
    /// What ends a record, in formats of text.
    public let recordSeparator: String?
    /// The part of the answer that this is, where the service says so.
    public let contentRange: String?
    /// The MD5 of the answer as it was sent, where the service computed it.
    public let contentMD5: Data?
    /// The CRC-64/NVME of the answer as it was sent, where the service computed it.
    public let contentCRC64: Data?

    private let body: HTTPResponseBody
    private let options: BlobQueryOptions
    /// The call, for errors.
    private let context: ErrorContext

    init(_ response: ServiceAnswer, _ options: BlobQueryOptions) {
        let fields = response.head.headerFields
        properties = BlobProperties(response.head, isDownload: true)
        let output = options.effectiveOutput
        if case .arrow? = output?.kind {
            recordSeparator = nil
        } else {
            recordSeparator = output?.recordSeparator ?? BlobQueryFormat.CSV().recordSeparator
        }
        contentRange = fields[.contentRange]
        contentMD5 = fields.base64(.contentMD5)
        contentCRC64 = fields.base64(.contentCRC64)
        body = response.body
        self.options = options
        context = response.context
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(self)
    }

    /// Reads all rows into memory.
    ///
    /// - Parameter limit: The maximum number of bytes to accept.
    /// - Throws: An ``AzureCore/AzureError`` with ``AzureCore/AzureErrorCode/bodyTooLarge`` when there are more; what
    ///   reading throws.
    public func collect(upTo limit: Int) async throws -> Data {
        try await HTTPByteStream(self).collect(upTo: limit)
    }

    /// Reads one chunk after another.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let result: BlobQueryResult
        private var chunks: HTTPResponseBody.AsyncIterator
        private var decoder = BlobQueryDecoder()
        private var events: ArraySlice<BlobQueryEvent> = []
        private var hasEnded = false

        fileprivate init(_ result: BlobQueryResult) {
            self.result = result
            chunks = result.body.makeAsyncIterator()
        }

        public mutating func next() async throws -> Data? {
            guard !hasEnded else { return nil }
            do {
                while true {
                    while let event = events.popFirst() {
                        if let data = try result.handle(event), !data.isEmpty { return data }
                    }
                    guard let chunk = try await chunks.next() else { break }
                    events = try decoder.append(chunk)[...]
                }
                try decoder.finish()
            } catch {
                hasEnded = true
                throw result.context.describing(error)
            }
            hasEnded = true
            return nil
        }
    }

    /// - Returns: Rows, if the event brings some.
    private func handle(_ event: BlobQueryEvent) throws -> Data? {
        switch event {
        case .data(let data): return data
        case .progress(let progress): options.onProgress?(progress)
        case .end(let total): options.onProgress?(BlobQueryProgress(bytesScanned: total, totalBytes: total))
        case .error(let error) where error.isFatal:
            throw AzureError(
                service: .blob, code: AzureErrorCode(error.name),
                message: "The query ended at byte \(error.position) of the blob: \(error.description)")
        case .error(let error): options.onError?(error)
        }
        return nil
    }
}

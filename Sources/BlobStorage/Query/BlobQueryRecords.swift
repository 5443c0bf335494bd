import AzureCore

public import struct Foundation.Data

extension BlobQueryResult {
    /// The rows one by one, without what ends them.
    ///
    /// A separator inside quotes ends a record too: nothing is known here of what the text means.
    ///
    /// - Parameter limit: The maximum number of bytes of a record. The default is 4 MiB.
    /// - Returns: A sequence that can be read once. It throws an ``AzureCore/AzureError`` with
    ///   ``AzureCore/AzureErrorCode/bodyTooLarge`` for a longer record, and with
    ///   ``AzureCore/AzureErrorCode/invalidArgument`` when the answer is in Arrow, which has no separators.
    public func records(upTo limit: Int = 4 * 1024 * 1024) -> BlobQueryRecords {
        BlobQueryRecords(result: self, limit: limit)
    }
}

/// The records of the answer to a query.
public struct BlobQueryRecords: AsyncSequence, Sendable {
    public typealias Element = Data
    public typealias Failure = any Error

    let result: BlobQueryResult
    let limit: Int

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(
            chunks: result.makeAsyncIterator(), separator: Data((result.recordSeparator ?? "").utf8), limit: limit)
    }

    /// Reads one record after another.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var chunks: BlobQueryResult.AsyncIterator
        private let separator: Data
        private let limit: Int
        /// What arrived and was not handed out.
        private var rest = Data()
        /// Up to where the rest was searched.
        private var searched = 0
        private var hasEnded = false

        init(chunks: BlobQueryResult.AsyncIterator, separator: Data, limit: Int) {
            self.chunks = chunks
            self.separator = separator
            self.limit = limit
        }

        public mutating func next() async throws -> Data? {
            guard !separator.isEmpty else {
                throw AzureError.invalidArgument("The answer to the query has no records that a separator ends.")
            }
            while !hasEnded {
                if let range = rest.range(of: separator, in: (rest.startIndex + searched)..<rest.endIndex) {
                    let record = Data(rest[..<range.lowerBound])
                    rest = rest[range.upperBound...]
                    searched = 0
                    try check(record.count)
                    return record
                }
                // A separator may have begun at the end.
                searched = Swift.max(0, rest.count - separator.count + 1)
                try check(searched)
                guard let chunk = try await chunks.next() else {
                    hasEnded = true
                    break
                }
                // Data that begins at 0, and keeps nothing of what was handed out; copied once a record, however many
                // chunks that comes in.
                if rest.startIndex != 0 { rest = Data(rest) }
                rest.append(chunk)
            }
            guard !rest.isEmpty else { return nil }
            defer { rest = Data() }
            try check(rest.count)
            return Data(rest)
        }

        private func check(_ count: Int) throws {
            guard count <= limit else {
                throw AzureError(
                    service: .blob, code: .bodyTooLarge,
                    message: "A record has more than the \(limit) bytes that this call accepts.")
            }
        }
    }
}

public import struct Foundation.Data

/// A sequence of byte chunks, erased to one type.
///
/// Chunks come in order and are never empty. How often the stream can be read depends on where it comes from:
/// a request body says so in ``HTTPBody/isReplayable``, a response body can be read once.
public struct HTTPByteStream: AsyncSequence, Sendable {
    public typealias Element = Data
    public typealias Failure = any Error

    private let makeIterator: @Sendable () -> AsyncIterator

    /// Creates a stream from any sequence of chunks.
    ///
    /// - Parameter chunks: The chunks; empty ones are left out.
    public init<Chunks: AsyncSequence & Sendable>(_ chunks: Chunks) where Chunks.Element == Data {
        makeIterator = { AsyncIterator(chunks.makeAsyncIterator()) }
    }

    /// Creates a stream from a function that makes the function that returns the next chunk, or nil at the end.
    ///
    /// - Parameter makeNext: Called once for each time the stream is read.
    public init(unfolding makeNext: @escaping @Sendable () -> (@Sendable () async throws -> Data?)) {
        makeIterator = { AsyncIterator(next: makeNext()) }
    }

    /// Creates a stream of one chunk.
    ///
    /// - Parameter data: The bytes; no chunk comes when there are none.
    public init(_ data: Data) {
        makeIterator = {
            var rest: Data? = data.isEmpty ? nil : data
            return AsyncIterator(next: {
                defer { rest = nil }
                return rest
            })
        }
    }

    public func makeAsyncIterator() -> AsyncIterator {
        makeIterator()
    }

    /// The same chunks, with other errors.
    func mapError(_ transform: @escaping @Sendable (any Error) -> any Error) -> HTTPByteStream {
        HTTPByteStream(makeIterator: {
            var chunks = makeIterator()
            return AsyncIterator(next: {
                do {
                    return try await chunks.next()
                } catch {
                    throw transform(error)
                }
            })
        })
    }

    private init(makeIterator: @escaping @Sendable () -> AsyncIterator) {
        self.makeIterator = makeIterator
    }

    /// Reads one chunk after another.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let nextChunk: () async throws -> Data?

        fileprivate init<Base: AsyncIteratorProtocol>(_ base: Base) where Base.Element == Data {
            var base = base
            nextChunk = { try await base.next(isolation: #isolation) }
        }

        fileprivate init(next: @escaping () async throws -> Data?) {
            nextChunk = next
        }

        public mutating func next() async throws -> Data? {
            while let chunk = try await nextChunk() {
                if !chunk.isEmpty { return chunk }
            }
            // Some sequences end quietly when their task is cancelled; that must not pass for the end of the bytes.
            try Task.checkCancellation()
            return nil
        }
    }
}

extension HTTPByteStream {
    /// Reads the whole stream into memory.
    ///
    /// - Parameter limit: The maximum number of bytes to accept.
    /// - Returns: All bytes.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/bodyTooLarge`` when there are more; what the stream throws.
    public func collect(upTo limit: Int) async throws -> Data {
        try await collect(upTo: limit, expecting: nil)
    }

    func collect(upTo limit: Int, expecting length: Int64?) async throws -> Data {
        var iterator = makeAsyncIterator()
        guard var data = try await iterator.next() else { return Data() }
        func check(_ count: Int) throws {
            guard count <= limit else {
                throw AzureError(
                    code: .bodyTooLarge,
                    message: "The body has more than the \(limit) bytes that this call accepts in memory.")
            }
        }
        try check(data.count)
        // What a server announces is believed only so far.
        let room = Swift.min(length.map { Int(clamping: $0) } ?? 0, limit, 16 << 20)
        var isReserved = room <= data.count
        while let chunk = try await iterator.next() {
            try check(data.count + chunk.count)
            if !isReserved {
                data.reserveCapacity(room)
                isReserved = true
            }
            data.append(chunk)
        }
        return data
    }
}

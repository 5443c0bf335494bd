import struct Foundation.Data

extension HTTPByteStream {
    /// The same chunks, with an error when they are not as many bytes as was said.
    ///
    /// The last chunk comes when it is known that nothing follows: whoever reads as many bytes as were announced, and no
    /// further, must not take a longer stream for a whole one.
    ///
    /// - Parameters:
    ///   - length: The number of bytes that was announced.
    ///   - failure: Makes the error from what came, in words.
    func checked(
        length: Int64, otherwise failure: @escaping @Sendable (String) -> AzureError
    ) -> HTTPByteStream {
        HTTPByteStream(unfolding: {
            let reader = CheckedChunks(self, length: length, failure: failure)
            return { try await reader.next() }
        })
    }
}

/// Counts the bytes of a stream.
private actor CheckedChunks {
    private var chunks: HTTPByteStream.AsyncIterator
    private let length: Int64
    private let failure: @Sendable (String) -> AzureError
    private var count: Int64 = 0

    init(_ stream: HTTPByteStream, length: Int64, failure: @escaping @Sendable (String) -> AzureError) {
        chunks = stream.makeAsyncIterator()
        self.failure = failure
        self.length = length
    }

    func next() async throws -> Data? {
        guard let chunk = try await read() else {
            guard count == length else { throw failure("\(count)") }
            return nil
        }
        guard count <= length else { throw failure("\(count) or more") }
        if count == length, try await read() != nil { throw failure("\(count) or more") }
        return chunk
    }

    /// The next chunk that is not empty.
    private func read() async throws -> Data? {
        var chunks = chunks
        defer { self.chunks = chunks }
        while let chunk = try await chunks.next() {
            guard !chunk.isEmpty else { continue }
            count += Int64(chunk.count)
            return chunk
        }
        return nil
    }
}

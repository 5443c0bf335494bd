import struct Foundation.Data

/// Hands on the bytes of a stream no faster than limits of bandwidth allow.
actor PacedChunks {
    private var chunks: HTTPByteStream.AsyncIterator
    private let size: Int
    private let bandwidth: Bandwidth
    /// What is left of a chunk that was larger.
    private var rest = Data()

    init(_ stream: HTTPByteStream, size: Int, _ bandwidth: Bandwidth) {
        chunks = stream.makeAsyncIterator()
        self.size = size
        self.bandwidth = bandwidth
    }

    func next() async throws -> Data? {
        if rest.isEmpty {
            var chunks = chunks
            defer { self.chunks = chunks }
            guard let chunk = try await chunks.next() else { return nil }
            rest = chunk
        }
        let piece = rest.prefix(size)
        rest = rest.dropFirst(piece.count)
        try await bandwidth.pace(piece.count)
        return piece
    }
}

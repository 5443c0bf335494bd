import struct Foundation.Data

extension HTTPByteStream {
    /// The stream made smaller.
    package func compressed(_ coding: ContentCoding) -> HTTPByteStream {
        HTTPByteStream(unfolding: {
            let reader = CompressingReader(self, coding)
            return { try await reader.next() }
        })
    }

    /// The stream made what it was before it was compressed, in chunks of bounded size.
    package func decompressed(_ coding: ContentCoding) -> HTTPByteStream {
        HTTPByteStream(unfolding: {
            let reader = DecompressingReader(self, coding)
            return { try await reader.next() }
        })
    }
}

private actor CompressingReader {
    private var chunks: HTTPByteStream.AsyncIterator
    private var deflater: Deflater
    private var hasEnded = false

    init(_ stream: HTTPByteStream, _ coding: ContentCoding) {
        chunks = stream.makeAsyncIterator()
        deflater = Deflater(coding)
    }

    func next() async throws -> Data? {
        while !hasEnded {
            var chunks = chunks
            let chunk = try await chunks.next()
            self.chunks = chunks
            let output = chunk.map { deflater.compress($0) } ?? deflater.finish()
            hasEnded = chunk == nil
            if !output.isEmpty { return output }
        }
        return nil
    }
}

private actor DecompressingReader {
    private var chunks: HTTPByteStream.AsyncIterator
    private var inflater: Inflater

    init(_ stream: HTTPByteStream, _ coding: ContentCoding) {
        chunks = stream.makeAsyncIterator()
        inflater = Inflater(coding)
    }

    func next() async throws -> Data? {
        while true {
            if let output = try inflater.next() { return output }
            var chunks = chunks
            let chunk = try await chunks.next()
            self.chunks = chunks
            guard let chunk else {
                try inflater.finish()
                return nil
            }
            inflater.push(chunk)
        }
    }
}

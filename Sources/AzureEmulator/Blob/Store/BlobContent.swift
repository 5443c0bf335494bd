#if Emulator
import AzureCore

import struct Foundation.Data

/// The content of a blob: the pieces that it was put together from. Nothing is copied when they are.
struct BlobContent: Sendable {
    /// A block of a committed block list.
    struct Block: Sendable {
        /// The id in base64, as the client gave it; nil for the content of a single Put Blob.
        let id: String?
        let piece: ContentPiece
    }

    let blocks: [Block]
    let length: Int64
    /// Where each block starts.
    private let starts: [Int64]

    init(_ blocks: [Block]) {
        var starts: [Int64] = []
        starts.reserveCapacity(blocks.count)
        var length: Int64 = 0
        for block in blocks {
            starts.append(length)
            length += block.piece.length
        }
        self.blocks = blocks
        self.starts = starts
        self.length = length
    }

    /// The bytes of a range, chunk by chunk.
    func chunks(in range: Range<Int64>) -> HTTPByteStream {
        var parts: [BlobContentChunks.Part] = []
        var index = firstBlock(at: range.lowerBound)
        while index < blocks.count, starts[index] < range.upperBound {
            let piece = blocks[index].piece
            let first = max(range.lowerBound, starts[index])
            let end = min(range.upperBound, starts[index] + piece.length)
            if end > first {
                parts.append(.init(piece: piece, offset: first - starts[index], count: end - first))
            }
            index += 1
        }
        return HTTPByteStream(BlobContentChunks(parts: parts))
    }

    /// The last block that does not start behind an offset.
    private func firstBlock(at offset: Int64) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }
}

/// The chunks of several pieces after one another. The pieces, and so their regions, live as long as this is read.
private struct BlobContentChunks: AsyncSequence, Sendable {
    struct Part: Sendable {
        let piece: ContentPiece
        let offset: Int64
        let count: Int64
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        let parts: [Part]
        private var index = 0
        private var done: Int64 = 0

        init(parts: [Part]) {
            self.parts = parts
        }

        mutating func next() async throws -> Data? {
            guard index < parts.count else { return nil }
            let part = parts[index]
            let chunk = try await part.piece.chunk(at: part.offset + done, upTo: part.count - done)
            done += Int64(chunk.count)
            if done == part.count { (index, done) = (index + 1, 0) }
            return chunk
        }
    }

    let parts: [Part]

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(parts: parts)
    }
}
#endif

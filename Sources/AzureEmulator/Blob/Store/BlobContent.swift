import AzureCore

import struct Foundation.Data

/// The content of a blob: the pieces that it was put together from. Nothing is copied when they are.
///
/// The blocks stand in runs of bounded size. A change copies the runs that it touches and the list of runs, so that an
/// append or a write of pages costs next to nothing however many went before it.
struct BlobContent: Sendable {
    /// A block of a committed block list.
    struct Block: Sendable {
        /// The id in base64; nil for the content of a single Put Blob.
        let id: String?
        let piece: ContentPiece
    }

    /// The most blocks of a run.
    static let runSize = 256

    /// The blocks, cut into runs. None of them is empty.
    private(set) var runs: [[Block]] = []
    private(set) var length: Int64 = 0
    /// How many blocks there are.
    private(set) var blockCount = 0
    /// Where each run starts.
    private(set) var starts: [Int64] = []

    init(_ blocks: [Block]) {
        runs.reserveCapacity(blocks.count / Self.runSize + 1)
        for first in stride(from: 0, to: blocks.count, by: Self.runSize) {
            append(run: Array(blocks[first..<min(first + Self.runSize, blocks.count)]))
        }
    }

    /// Adds a block at the end.
    mutating func append(_ block: Block) {
        guard let last = runs.last, last.count < Self.runSize else { return append(run: [block]) }
        runs[runs.count - 1].append(block)
        length += block.piece.length
        blockCount += 1
    }

    /// Adds a run at the end.
    private mutating func append(run: [Block]) {
        guard !run.isEmpty else { return }
        runs.append(run)
        starts.append(length)
        for block in run { length += block.piece.length }
        blockCount += run.count
    }

    /// Puts blocks in the place of runs. What stands behind the runs stays where it is.
    mutating func replaceRuns(_ range: ClosedRange<Int>, with blocks: [Block]) {
        let count = (blocks.count + Self.runSize - 1) / Self.runSize
        // Of one size, so that each has room for more.
        let cut = (0..<count).map { index in
            Array(blocks[blocks.count * index / count..<blocks.count * (index + 1) / count])
        }
        var start = starts[range.lowerBound]
        var cutStarts: [Int64] = []
        for run in cut {
            cutStarts.append(start)
            for block in run { start += block.piece.length }
        }
        blockCount += blocks.count - runs[range].reduce(0) { $0 + $1.count }
        if range.upperBound == runs.count - 1 { length = start }
        runs.replaceSubrange(range, with: cut)
        starts.replaceSubrange(range, with: cutStarts)
    }

    /// The last run that does not start behind an offset; 0 when there is none.
    func run(at offset: Int64) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }

    /// The bytes of a range, chunk by chunk.
    func chunks(in range: Range<Int64>) -> HTTPByteStream {
        var parts: [BlobContentChunks.Part] = []
        var cursor = BlobContentCursor(self, at: range.lowerBound)
        while let piece = cursor.piece, cursor.start < range.upperBound {
            let part = cursor.range.clamped(to: range)
            if !part.isEmpty {
                parts.append(
                    .init(piece: piece, offset: part.lowerBound - cursor.start, count: Int64(part.count)))
            }
            cursor.advance()
        }
        return HTTPByteStream(BlobContentChunks(parts: parts))
    }
}

/// A place between the blocks of a content.
struct BlobContentCursor {
    private let content: BlobContent
    private var run: Int
    private var index = 0
    /// Where the block begins.
    private(set) var start: Int64 = 0

    /// Goes to the block that an offset is in.
    init(_ content: BlobContent, at offset: Int64 = 0) {
        self.content = content
        run = content.run(at: offset)
        if run < content.starts.count { start = content.starts[run] }
        while let piece, start + piece.length <= offset { advance() }
    }

    /// The block's bytes; nil behind the last block.
    var piece: ContentPiece? {
        run < content.runs.count ? content.runs[run][index].piece : nil
    }

    /// Where the block begins and ends.
    var range: Range<Int64> { start..<start + (piece?.length ?? 0) }

    mutating func advance() {
        guard let piece else { return }
        start += piece.length
        index += 1
        if index == content.runs[run].count { (run, index) = (run + 1, 0) }
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
            try Task.checkCancellation()
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

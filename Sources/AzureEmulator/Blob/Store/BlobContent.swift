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

    /// The blocks, cut into runs. None of them is empty.
    private(set) var runs: [ContentRun] = []
    private(set) var length: Int64 = 0
    /// How many blocks there are.
    private(set) var blockCount = 0
    /// Where each run starts.
    private(set) var starts: [Int64] = []

    init(_ blocks: [Block]) {
        runs.reserveCapacity(blocks.count / ContentRun.size + 1)
        for first in stride(from: 0, to: blocks.count, by: ContentRun.size) {
            append(run: ContentRun(Array(blocks[first..<min(first + ContentRun.size, blocks.count)])))
        }
    }

    /// The content that runs make, none of which is empty.
    init(runs: [ContentRun]) {
        self.runs.reserveCapacity(runs.count)
        for run in runs { append(run: run) }
    }

    /// Adds a block at the end.
    mutating func append(_ block: Block) throws {
        guard let last = runs.last, last.count < ContentRun.size else { return append(run: ContentRun([block])) }
        runs[runs.count - 1] = ContentRun(try last.blocks() + [block])
        length += block.piece.length
        blockCount += 1
    }

    /// Adds a run at the end.
    private mutating func append(run: ContentRun) {
        runs.append(run)
        starts.append(length)
        length += run.length
        blockCount += run.count
    }

    /// Puts blocks in the place of runs. What stands behind the runs stays where it is.
    mutating func replaceRuns(_ range: ClosedRange<Int>, with blocks: [Block]) {
        let count = (blocks.count + ContentRun.size - 1) / ContentRun.size
        // Of one size, so that each has room for more.
        let cut = (0..<count).map { index in
            ContentRun(Array(blocks[blocks.count * index / count..<blocks.count * (index + 1) / count]))
        }
        var start = starts[range.lowerBound]
        var cutStarts: [Int64] = []
        for run in cut {
            cutStarts.append(start)
            start += run.length
        }
        blockCount += blocks.count - runs[range].reduce(0) { $0 + $1.count }
        if range.upperBound == runs.count - 1 { length = start }
        runs.replaceSubrange(range, with: cut)
        starts.replaceSubrange(range, with: cutStarts)
    }

    /// All blocks. Blocks the thread when they have to be read.
    func blocks() throws -> [Block] {
        try runs.flatMap { try $0.blocks() }
    }

    /// Reads the blocks of a range, so that looking at them blocks nobody.
    func load(_ range: Range<Int64>? = nil) async throws {
        guard !runs.isEmpty else { return }
        let first = range.map { run(at: $0.lowerBound) } ?? 0
        let missing = runs[first...].enumerated().prefix { index, _ in
            range.map { starts[first + index] < $0.upperBound } ?? true
        }.map(\.element).filter { !$0.isLoaded }
        guard !missing.isEmpty else { return }
        try await BlockingIO.run { for run in missing { _ = try run.blocks() } }
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
        let range = range.clamped(to: 0..<length)
        let first = run(at: range.lowerBound)
        let last = runs.indices.suffix(from: min(first, runs.count)).prefix { starts[$0] < range.upperBound }
        return HTTPByteStream(
            BlobContentChunks(runs: Array(runs[last]), start: first < starts.count ? starts[first] : 0, range: range))
    }
}

/// A place between the blocks of a content. Going on blocks the thread where blocks have to be read.
struct BlobContentCursor {
    private let content: BlobContent
    private var run: Int
    private var blocks: [BlobContent.Block] = []
    private var index = 0
    /// Where the block begins.
    private(set) var start: Int64 = 0

    /// Goes to the block that an offset is in.
    init(_ content: BlobContent, at offset: Int64 = 0) throws {
        self.content = content
        run = content.run(at: offset)
        if run < content.starts.count { start = content.starts[run] }
        try read()
        while let piece, start + piece.length <= offset { try advance() }
    }

    private mutating func read() throws {
        blocks = run < content.runs.count ? try content.runs[run].blocks() : []
    }

    /// The block's bytes; nil behind the last block.
    var piece: ContentPiece? {
        index < blocks.count ? blocks[index].piece : nil
    }

    /// Where the block begins and ends.
    var range: Range<Int64> { start..<start + (piece?.length ?? 0) }

    mutating func advance() throws {
        guard let piece else { return }
        start += piece.length
        index += 1
        if index == blocks.count {
            (run, index) = (run + 1, 0)
            try read()
        }
    }
}

/// The chunks of several runs after one another. Each is read when it is needed, and they live as long as this is read.
private struct BlobContentChunks: AsyncSequence, Sendable {
    struct AsyncIterator: AsyncIteratorProtocol {
        private let runs: [ContentRun]
        private let range: Range<Int64>
        /// The next run.
        private var run = 0
        private var blocks: [BlobContent.Block] = []
        private var index = 0
        /// Where the block begins.
        private var start: Int64
        /// The next byte.
        private var position: Int64

        init(_ runs: [ContentRun], _ start: Int64, _ range: Range<Int64>) {
            (self.runs, self.range, self.start) = (runs, range, start)
            position = range.lowerBound
        }

        mutating func next() async throws -> Data? {
            guard position < range.upperBound else { return nil }
            try Task.checkCancellation()
            while true {
                if index < blocks.count {
                    let piece = blocks[index].piece
                    let end = start + piece.length
                    if position < end {
                        let chunk = try await piece.chunk(
                            at: position - start, upTo: Swift.min(end, range.upperBound) - position)
                        position += Int64(chunk.count)
                        return chunk
                    }
                    start = end
                    index += 1
                } else {
                    guard run < runs.count else { return nil }
                    let next = runs[run]
                    blocks = next.isLoaded ? try next.blocks() : try await BlockingIO.run { try next.blocks() }
                    (run, index) = (run + 1, 0)
                }
            }
        }
    }

    let runs: [ContentRun]
    let start: Int64
    let range: Range<Int64>

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(runs, start, range)
    }
}

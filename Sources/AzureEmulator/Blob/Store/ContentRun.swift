import Synchronization

/// Blocks of a content that stand next to each other. It never changes.
///
/// A run that lies in tables is read from there when its blocks are looked at, and stays there as long as anything refers
/// to it.
final class ContentRun: Sendable {
    /// The most blocks of a run.
    static let size = 256

    /// How many bytes its blocks have.
    let length: Int64
    /// How many blocks there are.
    let count: Int
    /// Where it lies in tables; nil for one that is new.
    let kept: (any KeptRun)?
    /// The blocks, once they are known.
    private let known: Mutex<[BlobContent.Block]?>

    init(_ blocks: [BlobContent.Block]) {
        length = blocks.reduce(0) { $0 + $1.piece.length }
        count = blocks.count
        kept = nil
        known = Mutex(blocks)
    }

    init(_ kept: any KeptRun, length: Int64, count: Int) {
        self.kept = kept
        self.length = length
        self.count = count
        known = Mutex(nil)
    }

    /// The blocks. Blocks the thread when they have to be read.
    func blocks() throws -> [BlobContent.Block] {
        if let blocks = known.withLock({ $0 }) { return blocks }
        guard let kept else { return [] }
        let blocks = try kept.read()
        let found = blocks.reduce((Int64(0), false)) { sum, block in
            let (next, isTooLong) = sum.0.addingReportingOverflow(block.piece.length)
            return (next, sum.1 || isTooLong)
        }
        guard blocks.count == count, found == (length, false) else { throw FieldReader.damaged }
        known.withLock { $0 = blocks }
        return blocks
    }

    /// Whether the blocks are at hand.
    var isLoaded: Bool { known.withLock { $0 != nil } }
}

/// A run in tables, which is not removed from there as long as there is a reference to it.
protocol KeptRun: Sendable {
    /// What names it there.
    var row: Int64 { get }

    /// Reads its blocks. Blocks the thread.
    func read() throws -> [BlobContent.Block]
}

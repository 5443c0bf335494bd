import AzureCore

import struct Foundation.Data
import struct Foundation.UUID

/// A run of bytes that never changes: in memory, in a region of the spool file that is given up with the last piece
/// that refers to it, kept in tables or beside them, or nothing but zeros.
struct ContentPiece: Sendable {
    enum Storage: Sendable {
        case memory(Data)
        case spooled(SpoolRegion)
        case kept(any KeptContent)
        case zeros
    }

    /// Tells what is stored from anything else that was, also of equal bytes.
    enum Origin: Sendable, Hashable {
        case new(UUID)
        case kept(Int64)
        case zeros(mark: Int64)
    }

    private static let chunkSize = 256 * 1024

    let length: Int64
    /// What is stored, of which the piece may be a part.
    let origin: Origin
    /// Where the piece begins in what is stored.
    let start: Int64
    let storage: Storage

    private init(_ storage: Storage, _ origin: Origin, start: Int64 = 0, length: Int64) {
        self.origin = origin
        self.storage = storage
        self.start = start
        self.length = length
    }

    init(_ data: Data) {
        self.init(.memory(data), .new(UUID()), length: Int64(data.count))
    }

    init(_ region: SpoolRegion, length: Int64) {
        self.init(.spooled(region), .new(UUID()), length: length)
    }

    /// A part of what is kept.
    init(_ content: any KeptContent, start: Int64 = 0, length: Int64) {
        self.init(.kept(content), .kept(content.row), start: start, length: length)
    }

    /// Zeros, which take no room.
    ///
    /// - Parameter mark: What tells those that something written was cleared to from any others; 0 for those that were
    ///   there from the beginning, which are all the same.
    init(zeros length: Int64, mark: Int64 = 0) {
        self.init(.zeros, .zeros(mark: mark), length: length)
    }

    /// A mark for zeros that something is being cleared to.
    static func newMark() -> Int64 { .random(in: 1...Int64.max) }

    /// The same zeros, but more of them.
    func extended(by count: Int64) -> ContentPiece {
        ContentPiece(storage, origin, start: start, length: length + count)
    }

    /// Where the piece begins in what is stored, or the mark of zeros.
    var startOrMark: Int64 {
        if case .zeros(let mark) = origin { mark } else { start }
    }

    /// Whether it is zeros that nobody wrote.
    var isZeros: Bool {
        if case .zeros = storage { true } else { false }
    }

    /// A part of the piece. Nothing is copied.
    subscript(range: Range<Int64>) -> ContentPiece {
        ContentPiece(
            storage, origin, start: start + range.lowerBound, length: range.upperBound - range.lowerBound)
    }

    /// Whether it is the beginning of the same stored bytes as another piece, not only of equal ones.
    func isSame(as other: ContentPiece) -> Bool {
        origin == other.origin && (start == other.start || isZeros && other.isZeros)
    }

    /// The bytes from an offset, at most those of one chunk and never more than a number of them.
    func chunk(at offset: Int64, upTo count: Int64) async throws -> Data {
        let count = Int(min(count, Int64(Self.chunkSize)))
        let offset = start + offset
        switch storage {
        case .memory(let data):
            let start = data.startIndex + Int(offset)
            return data[start..<start + count]
        case .spooled(let region):
            return try await BlockingIO.run { try region.read(at: offset, count: count) }
        case .kept(let content):
            return try await BlockingIO.run { try content.read(at: offset, count: count) }
        case .zeros: return Data(count: count)
        }
    }
}

/// Bytes that outlast the process, and are not removed as long as there is a reference to them.
protocol KeptContent: Sendable {
    /// What names them in the tables.
    var row: Int64 { get }

    /// Reads bytes. Blocks the thread.
    func read(at position: Int64, count: Int) throws -> Data
}

import AzureCore

import struct Foundation.Data
import struct Foundation.UUID

/// A run of bytes that never changes: in memory, in a region of the spool file that is given up with the last piece
/// that refers to it, or nothing but zeros.
struct ContentPiece: Sendable {
    private enum Storage: Sendable {
        case memory(Data)
        case spooled(SpoolRegion)
        case zeros
    }

    private static let chunkSize = 256 * 1024

    let length: Int64
    /// Tells what is stored from anything else that was, also of equal bytes.
    private let origin: UUID
    /// Where the piece begins in what is stored.
    private let start: Int64
    private let storage: Storage

    private init(_ storage: Storage, origin: UUID = UUID(), start: Int64, length: Int64) {
        self.origin = origin
        self.storage = storage
        self.start = start
        self.length = length
    }

    init(_ data: Data) {
        self.init(.memory(data), start: 0, length: Int64(data.count))
    }

    init(_ region: SpoolRegion, length: Int64) {
        self.init(.spooled(region), start: 0, length: length)
    }

    /// Zeros, which take no room.
    init(zeros length: Int64) {
        self.init(.zeros, start: 0, length: length)
    }

    /// Whether it is zeros that nobody wrote.
    var isZeros: Bool {
        if case .zeros = storage { true } else { false }
    }

    /// A part of the piece. Nothing is copied.
    subscript(range: Range<Int64>) -> ContentPiece {
        ContentPiece(
            storage, origin: origin, start: start + range.lowerBound, length: range.upperBound - range.lowerBound)
    }

    /// Whether it is the beginning of the same stored bytes as another piece, not only of equal ones.
    func isSame(as other: ContentPiece) -> Bool {
        isZeros && other.isZeros || origin == other.origin && start == other.start
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
        case .zeros: return Data(count: count)
        }
    }
}

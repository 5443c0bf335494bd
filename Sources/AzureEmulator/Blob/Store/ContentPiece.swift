#if Emulator
import AzureCore

import struct Foundation.Data

/// A run of bytes that never changes: in memory, or in a region of the spool file that is given up with the last piece
/// that refers to it.
struct ContentPiece: Sendable {
    private enum Storage: Sendable {
        case memory(Data)
        case spooled(SpoolRegion)
    }

    private static let chunkSize = 256 * 1024

    let length: Int64
    private let storage: Storage

    init(_ data: Data) {
        length = Int64(data.count)
        storage = .memory(data)
    }

    init(_ region: SpoolRegion, length: Int64) {
        self.length = length
        storage = .spooled(region)
    }

    /// The bytes from an offset, at most those of one chunk and never more than a number of them.
    func chunk(at offset: Int64, upTo count: Int64) async throws -> Data {
        let count = Int(min(count, Int64(Self.chunkSize)))
        switch storage {
        case .memory(let data):
            let start = data.startIndex + Int(offset)
            return data[start..<start + count]
        case .spooled(let region):
            return try await BlockingIO.run { try region.read(at: offset, count: count) }
        }
    }
}
#endif

import AzureCore

import struct Foundation.Data

/// Cuts a stream into parts; the last may be smaller than the others.
struct PartReader {
    private var iterator: HTTPByteStream.AsyncIterator
    private let sizes: StreamPartSizes
    /// How much memory is taken for a part before its bytes are there.
    private let maxReserve: Int
    private var index = 0
    /// What is left of the last chunk. Nothing is ever added to it: a slice that grows keeps all that was before it.
    private var rest = Data()

    /// Parts of one size, which somebody else may have chosen; it is believed only so far.
    init(_ stream: HTTPByteStream, size: Int) {
        self.init(stream, sizes: StreamPartSizes(first: size, growsAfter: .max), maxReserve: 16 << 20)
    }

    init(_ stream: HTTPByteStream, sizes: StreamPartSizes, maxReserve: Int = .max) {
        iterator = stream.makeAsyncIterator()
        self.sizes = sizes
        self.maxReserve = maxReserve
    }

    /// The next part; nil at the end.
    mutating func next() async throws -> Data? {
        let size = sizes[index]
        index += 1
        var part = Data()
        while part.count < size {
            if rest.isEmpty {
                guard let chunk = try await iterator.next() else { break }
                rest = chunk
            }
            let piece = rest.prefix(size - part.count)
            rest = rest.dropFirst(piece.count)
            // A chunk that is a part needs no copy.
            if piece.count == size { return piece }
            if part.isEmpty { part.reserveCapacity(min(size, maxReserve)) }
            part.append(piece)
        }
        return part.isEmpty ? nil : part
    }
}

/// How large the parts of a stream are.
///
/// Nobody knows how long it will be, and a blob has at most 50,000 blocks. So the parts of an upload grow: the longer
/// the stream, the larger they are, and what is short costs little memory.
struct StreamPartSizes: Sendable, Hashable {
    /// The size of the first parts.
    let first: Int
    /// After how many parts they become larger by the size of the first.
    let growsAfter: Int

    /// Parts of 8 MiB reach 4 TiB so, and have 80 MiB at the end of the first TiB.
    static func upload(partSize: Int) -> StreamPartSizes {
        StreamPartSizes(first: partSize, growsAfter: 2500)
    }

    subscript(index: Int) -> Int {
        let (size, isTooLarge) = first.multipliedReportingOverflow(by: 1 + index / growsAfter)
        return isTooLarge ? Int(Limits.block) : min(size, Int(Limits.block))
    }
}

import AzureCore
import AzureCrypto

import struct Foundation.Data

/// Puts headers and checksums between the chunks of content. It reads and sends nothing.
struct StructuredBodyEncoder {
    private let length: Int64
    private let segmentSize: Int64
    private var position: Int64 = 0
    /// The segment that is under way, from 1; 0 before the first.
    private var segment: UInt16 = 0
    private var leftInSegment: Int64 = 0
    private var segmentChecksum = CRC64()
    private var checksum = CRC64()

    /// Begins a message.
    ///
    /// - Parameters:
    ///   - length: How long the content is.
    ///   - segmentSize: How long its segments are, but for the last.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidArgument`` for more than 65,535 segments.
    init(length: Int64, segmentSize: Int64 = StructuredBody.segmentSize) throws {
        self.length = length
        self.segmentSize = segmentSize
        let count = StructuredBody.segmentCount(length, segmentSize: segmentSize)
        guard count <= Int64(UInt16.max) else {
            throw AzureError.invalidArgument("\(length) bytes are too many for one structured body.")
        }
    }

    /// Adds content.
    ///
    /// - Returns: What comes next in the message.
    mutating func encode(_ chunk: Data) throws -> [Data] {
        guard Int64(chunk.count) <= length - position else {
            throw AzureError.invalidArgument("The body has more than the \(length) bytes that were announced.")
        }
        var pieces: [Data] = []
        var rest = chunk
        while !rest.isEmpty {
            if leftInSegment == 0 { beginSegment(&pieces) }
            let part = rest.prefix(Int(min(leftInSegment, Int64(rest.count))))
            segmentChecksum.update(part)
            pieces.append(part)
            rest = rest.dropFirst(part.count)
            position += Int64(part.count)
            leftInSegment -= Int64(part.count)
            if leftInSegment == 0 { endSegment(&pieces) }
        }
        return pieces
    }

    /// Ends the message.
    mutating func finish() throws -> [Data] {
        guard position == length else {
            throw AzureError.invalidArgument(
                "The body ended after \(position) of the \(length) bytes that were announced.")
        }
        var pieces: [Data] = []
        if segment == 0 {
            beginSegment(&pieces)
            endSegment(&pieces)
        }
        pieces.append(checksum.data)
        return pieces
    }

    private mutating func beginSegment(_ pieces: inout [Data]) {
        var header = Data()
        if segment == 0 {
            header.append(StructuredBody.version)
            header.append(littleEndian: UInt64(StructuredBody.messageLength(length, segmentSize: segmentSize)))
            header.append(littleEndian: StructuredBody.crc64Flag)
            header.append(littleEndian: UInt16(StructuredBody.segmentCount(length, segmentSize: segmentSize)))
        }
        segment += 1
        leftInSegment = min(segmentSize, length - position)
        segmentChecksum = CRC64()
        header.append(littleEndian: segment)
        header.append(littleEndian: UInt64(leftInSegment))
        pieces.append(header)
    }

    private mutating func endSegment(_ pieces: inout [Data]) {
        // The checksum of all comes from those of the segments, so that each byte is looked at once.
        let size = position - Int64(segment - 1) * segmentSize
        checksum.append(segmentChecksum, count: size)
        pieces.append(segmentChecksum.data)
    }
}

extension Data {
    fileprivate mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}

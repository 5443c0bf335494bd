import AzureCore

import struct Foundation.Data

/// Takes numbers and bytes from the front of a buffer.
struct AvroCursor {
    private var buffer: Data
    /// Where in the buffer the rest begins.
    private var position: Data.Index

    init(_ data: Data) {
        buffer = data
        position = data.startIndex
    }

    var count: Int { buffer.endIndex - position }
    var isAtEnd: Bool { count == 0 }

    /// Puts more bytes at the end.
    mutating func append(_ data: Data) {
        if isAtEnd {
            self = AvroCursor(data)
            return
        }
        // What was read is let go once, and not kept by the rest.
        if position > buffer.startIndex { self = AvroCursor(Data(Array(buffer[position...]))) }
        buffer.append(data)
    }

    /// Takes so many bytes, or nothing when there are fewer.
    mutating func take(_ count: Int) -> Data? {
        guard count <= self.count else { return nil }
        defer { position += count }
        return buffer[position..<position + count]
    }

    /// Takes a number: 7 bits a byte, the lowest first, its sign in the lowest bit of all.
    ///
    /// - Returns: Nil when the bytes end before the number does.
    mutating func takeLong() throws -> Int64? {
        var value: UInt64 = 0
        for (index, byte) in buffer[position...].prefix(10).enumerated() {
            // The tenth byte has room for the one bit that is left.
            guard index < 9 || byte <= 1 else { throw AzureError.invalidAvro("a number has no end") }
            value |= UInt64(byte & 0x7F) << UInt64(7 * index)
            if byte & 0x80 == 0 {
                position += index + 1
                return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
            }
        }
        return nil
    }
}

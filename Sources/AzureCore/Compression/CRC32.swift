import CZlib

package import struct Foundation.Data

/// The checksum of ZIP archives and of gzip.
package struct CRC32: Sendable, Hashable {
    /// The checksum of what has come so far.
    package private(set) var value: UInt32 = 0

    package init() {}

    /// Takes in more bytes.
    package mutating func update(_ data: Data) {
        var rest = data
        while !rest.isEmpty {
            // zlib counts in 32 bits.
            let part = rest.prefix(1 << 30)
            value = part.withUnsafeBytes { bytes in
                UInt32(
                    truncatingIfNeeded: crc32(
                        uLong(value), bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), uInt(bytes.count)))
            }
            rest = rest.dropFirst(part.count)
        }
    }
}

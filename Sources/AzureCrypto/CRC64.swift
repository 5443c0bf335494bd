import CCRC64

package import struct Foundation.Data

/// CRC-64/NVME, the checksum of Azure Storage, computed piece by piece.
///
/// It protects against accidents, not against people.
package struct CRC64: Sendable, Hashable {
    /// The checksum of all bytes so far.
    package private(set) var value: UInt64

    /// Begins with the checksum of nothing, or goes on with one.
    package init(value: UInt64 = 0) {
        self.value = value
    }

    /// Begins with the checksum of some bytes.
    package init(of bytes: some Sequence<UInt8>) {
        self.init()
        update(bytes)
    }

    /// Adds bytes.
    package mutating func update(_ bytes: some Sequence<UInt8>) {
        if bytes.withContiguousStorageIfAvailable({ update(UnsafeRawBufferPointer($0)) }) == nil {
            Array(bytes).withUnsafeBytes { update($0) }
        }
    }

    /// Adds bytes.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        value = azure_crc64_update(value, bytes.baseAddress, bytes.count)
    }

    /// Adds bytes without special instructions of the machine.
    mutating func updatePortably(_ bytes: [UInt8]) {
        value = azure_crc64_update_portable(value, bytes, bytes.count)
    }

    /// Adds bytes of which only checksum and length are known.
    package mutating func append(_ other: CRC64, count: Int64) {
        value = azure_crc64_combine(value, other.value, UInt64(count))
    }

    /// The eight bytes as the service has them, the least significant first.
    package var data: Data {
        withUnsafeBytes(of: value.littleEndian) { Data($0) }
    }

    /// Whether the machine's instructions for it are used.
    package static var isAccelerated: Bool { azure_crc64_is_accelerated() }
}

import AzureCore
import Foundation

@testable import AzureEmulator

/// Writes ZIP archives, good ones and such as nobody should write.
struct TestZip {
    struct Entry {
        var name: String
        var data = Data()
        /// The data packed with Deflate; nil for data as it is.
        var packed: Data?
        var mode: UInt32 = 0
        var size: UInt32?
        var checksum: UInt32?
        var flags: UInt16 = 0
        var method: UInt16?
        /// Where the list says that the entry is; nil for where it is.
        var offset: UInt32?
    }

    /// "hello hello hello hello\n", 24 bytes, packed by zlib.
    static let packedHello = Data([0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40, 0x27, 0xB9, 0x00])
    static let hello = Data("hello hello hello hello\n".utf8)

    var entries: [Entry]
    var comment = Data()

    var data: Data {
        var result = Data()
        var list = Data()
        for entry in entries {
            let place = UInt32(result.count)
            let content = entry.packed ?? entry.data
            var checksum = CRC32()
            checksum.update(entry.data)
            var common = Data()
            common.add(entry.flags)
            common.add(entry.method ?? (entry.packed == nil ? 0 : 8))
            common.add(UInt32(0))
            common.add(entry.checksum ?? checksum.value)
            common.add(UInt32(content.count))
            common.add(entry.size ?? UInt32(entry.data.count))
            common.add(UInt16(entry.name.utf8.count))
            common.add(UInt16(0))
            result.add(UInt32(0x0403_4B50))
            result.add(UInt16(20))
            result += common + Data(entry.name.utf8) + content
            list.add(UInt32(0x0201_4B50))
            list.add(UInt16(entry.mode == 0 ? 20 : 0x0314))
            list.add(UInt16(20))
            list += common
            list += Data(count: 6)
            list.add(entry.mode << 16)
            list.add(entry.offset ?? place)
            list += Data(entry.name.utf8)
        }
        let start = result.count
        result += list
        result.add(UInt32(0x0605_4B50))
        result += Data(count: 4)
        result.add(UInt16(entries.count))
        result.add(UInt16(entries.count))
        result.add(UInt32(list.count))
        result.add(UInt32(start))
        result.add(UInt16(comment.count))
        return result + comment
    }
}

extension Data {
    fileprivate mutating func add(_ number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
}

extension ZipSource {
    /// An archive in memory.
    init(_ data: Data) {
        let data = Data(data)
        self.init(size: Int64(data.count)) { offset, count in
            guard offset >= 0, count >= 0, offset <= Int64(data.count) - Int64(count) else {
                throw AzureError(code: .fileError, message: "Nothing is there.")
            }
            return data.subdata(in: Int(offset)..<(Int(offset) + count))
        }
    }
}

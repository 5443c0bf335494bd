import Foundation

/// Writes Avro by hand, right or wrong.
struct AvroBytes {
    var data = Data()

    static let mark = Data(0..<16)

    /// Seven bits a byte, the lowest first, positive and negative numbers in turn.
    static func long(_ value: Int64) -> Data {
        var rest = UInt64(bitPattern: value << 1 ^ value >> 63)
        var data = Data()
        while rest > 0x7F {
            data.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        data.append(UInt8(rest))
        return data
    }

    static func bytes(_ bytes: Data) -> Data { long(Int64(bytes.count)) + bytes }
    static func string(_ text: String) -> Data { bytes(Data(text.utf8)) }

    /// The beginning of a container.
    static func head(_ schema: String, codec: String? = nil) -> Data {
        var data = Data([0x4F, 0x62, 0x6A, 1]) + long(codec == nil ? 1 : 2) + string("avro.schema") + string(schema)
        if let codec { data += string("avro.codec") + string(codec) }
        return data + long(0) + mark
    }

    static func block(count: Int64 = 1, _ content: Data) -> Data { long(count) + bytes(content) + mark }

    // MARK: What answers to queries have

    static let name = "com.microsoft.azure.storage.queryBlobContents"

    /// The types of the records, and more of them.
    static func schema(_ more: String = "") -> String {
        """
        [{"type":"record","name":"\(name).resultData","fields":[{"name":"data","type":"bytes"}]},
        {"type":"record","name":"\(name).error","fields":[{"name":"fatal","type":"boolean"},
        {"name":"name","type":"string"},{"name":"description","type":"string"},{"name":"position","type":"long"}]},
        {"type":"record","name":"\(name).progress","fields":[{"name":"bytesScanned","type":"long"},
        {"name":"totalBytes","type":"long"}]},
        {"type":"record","name":"\(name).end","fields":[{"name":"totalBytes","type":"long"}]}\(more)]
        """
    }

    static func rows(_ text: String) -> Data { long(0) + string(text) }
    static func error(isFatal: Bool) -> Data {
        long(1) + Data([isFatal ? 1 : 0]) + string("InvalidRow") + string("It has no end.") + long(70)
    }
    static func end(_ total: Int64 = 9) -> Data { long(3) + long(total) }
}

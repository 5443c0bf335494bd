#if DEBUG
import Foundation

@testable import BlobStorage

/// Answers to queries, in Avro.
enum AvroSeeds {
    private static let name = "com.microsoft.azure.storage.queryBlobContents"

    private static let schema = """
        [{"type":"record","name":"\(name).resultData","fields":[{"name":"data","type":"bytes"}]},\
        {"type":"record","name":"\(name).error","fields":[{"name":"fatal","type":"boolean"},{"name":"name",\
        "type":"string"},{"name":"description","type":"string"},{"name":"position","type":"long"}]},\
        {"type":"record","name":"\(name).progress","fields":[{"name":"bytesScanned","type":"long"},{"name":\
        "totalBytes","type":"long"}]},{"type":"record","name":"\(name).end","fields":[{"name":"totalBytes",\
        "type":"long"}]}]
        """

    static let words = [
        "\"null\"", "\"array\"", "\"items\":", "\"map\"", "\"fixed\"", "\"size\":", "\"enum\"", "\"symbols\":",
        "\"record\"", "{\"type\":\"array\",\"items\":\"null\"}", "\"double\"", "avro.codec",
    ]

    static let query =
        head(schema)
        + block(
            3, [0] + string("tom,7\n") + [2, 1] + string("Invalid") + string("No.") + [14, 4] + long(300) + long(300))
        + block(1, [6] + long(300))

    static let all: [[UInt8]] = [
        query,
        head(#"{"type":"record","name":"a","fields":[{"name":"b","type":{"type":"array","items":["null","a"]}}]}"#)
            + block(1, [2, 0, 0]),
        head(#"{"type":"map","values":{"type":"array","items":"null"}}"#) + block(1, [2] + string("k") + [8, 0, 0]),
        head(#"["null",{"type":"fixed","name":"f","size":3},{"type":"enum","name":"e","symbols":["A","B"]},"double"]"#)
            + block(2, [2, 1, 2, 3, 4, 2]),
    ]

    private static func head(_ schema: String) -> [UInt8] {
        [0x4F, 0x62, 0x6A, 1, 2] + string("avro.schema") + string(schema) + [0] + mark
    }

    private static func block(_ count: Int, _ content: [UInt8]) -> [UInt8] {
        long(count) + long(content.count) + content + mark
    }

    private static let mark = [UInt8](0..<16)

    private static func string(_ text: String) -> [UInt8] { long(text.utf8.count) + text.utf8 }

    /// A number of at least 0: seven bits a byte, the lowest first, behind a bit for the sign.
    private static func long(_ value: Int) -> [UInt8] {
        var rest = value * 2
        var bytes: [UInt8] = []
        while rest > 0x7F {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}

/// Structured bodies of a few segments.
enum StructuredSeeds {
    static let all = [message("abc", segment: 2), message("", segment: 1), message("abcdefgh", segment: 8)]

    static func message(_ content: String, segment: Int64) -> [UInt8] {
        guard var encoder = try? StructuredBodyEncoder(length: Int64(content.utf8.count), segmentSize: segment),
            let pieces = try? encoder.encode(Data(content.utf8)), let rest = try? encoder.finish()
        else { return [] }
        return (pieces + rest).flatMap { Array($0) }
    }
}
#endif

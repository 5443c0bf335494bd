import Foundation
import Testing

@testable import AzureEmulator

@Suite("Records of blobs that are queried")
struct QueryReaderTests {
    @Test("Records are the same however their bytes arrive", arguments: 1...9)
    func pieces(_ size: Int) throws {
        var format = QueryFormat.Delimited()
        format.columnSeparator = Array(";;".utf8)
        format.recordSeparator = Array("\r\n".utf8)
        format.escape = Array("\\".utf8)
        let content = Array("a;b;;\"x\r\n\"\"y\"\"\"\r\n\r\n\\;;;;z\\\"\r\n\"\";;\"a\"b;;\r\nlast;;".utf8)
        let expected = [["a;b", "x\r\n\"y\""], [""], [";;", "z\""], ["", "ab", ""], ["last", ""]]
        var reader = DelimitedReader(format)
        var records: [[String]] = []
        var end: Int64 = 0
        func drain() throws {
            while let record = try reader.next() {
                #expect(record.range.lowerBound == end)
                end = record.range.upperBound
                records.append(record.fields ?? [])
            }
        }
        for start in stride(from: 0, to: content.count, by: size) {
            reader.append(content[start..<min(start + size, content.count)])
            try drain()
        }
        reader.finish()
        try drain()
        #expect(records == expected)
        #expect(end == Int64(content.count))
    }

    @Test("Values of JSON are the same however their bytes arrive", arguments: 1...9)
    func values(_ size: Int) throws {
        let content = Array("\u{FEFF}{ \"a\" : \"}\\\"\" }\n|{\"b\":[1, {\"c\" : 1.50}]}[ 1,2 ]".utf8)
        var reader = JSONRecordReader(recordSeparator: Array("|".utf8))
        var values: [String] = []
        for start in stride(from: 0, to: content.count, by: size) {
            reader.append(content[start..<min(start + size, content.count)])
            while let record = try reader.next() { values.append(String(decoding: record.value.bytes, as: UTF8.self)) }
        }
        reader.finish()
        #expect(try reader.next() == nil)
        #expect(values == ["{\"a\":\"}\\\"\"}", "{\"b\":[1,{\"c\":1.50}]}", "[1,2]"])
    }

    @Test("A record has a limit")
    func limit() throws {
        var reader = DelimitedReader(QueryFormat.Delimited())
        reader.append(Array(repeating: UInt8(ascii: "x"), count: DelimitedReader.maxRecord))
        #expect(try reader.next() == nil)
        reader.append([UInt8(ascii: "x")])
        #expect(throws: QueryError.self) { try reader.next() }
    }

    @Test("Text that is not UTF-8 is no record")
    func invalidText() throws {
        var reader = DelimitedReader(QueryFormat.Delimited())
        reader.append([0xFF, 0x0A, 0x61, 0x0A])
        reader.finish()
        let (first, second) = (try reader.next(), try reader.next())
        #expect(first != nil && first?.fields == nil)
        #expect(second?.fields == ["a"])
    }

    @Test(
        "Points in time have the forms of ISO 8601",
        arguments: [
            ("2026", 1_767_225_600.0), ("2026T", 1_767_225_600), ("2026-02", 1_769_904_000),
            ("2026-01-02T03:04Z", 1_767_323_040), ("2026-01-02T03:04:05.5-01:00", 1_767_326_645.5),
            ("2026-02-30", nil), ("2026-01-02T25:00Z", nil), ("2026-01-02T03:04:05", nil), ("26-1-2", nil), ("", nil),
        ] as [(String, Double?)])
    func timestamps(_ text: String, _ seconds: Double?) {
        #expect(SQLTimestamp.parse(text)?.timeIntervalSince1970 == seconds)
    }

    @Test(
        "Patterns stand for texts",
        arguments: [
            ("a%c", "abc", true), ("a%c", "ab", false), ("%b%", "abc", true), ("_", "é", true), ("_", "", false),
            ("%", "", true), ("a%b%c", "aXbYbZc", true), ("100!%", "100%", true), ("100!%", "1000", false),
        ])
    func patterns(_ pattern: String, _ text: String, _ matches: Bool) throws {
        #expect(try SQLPattern(pattern, escape: "!").matches(text) == matches)
    }
}

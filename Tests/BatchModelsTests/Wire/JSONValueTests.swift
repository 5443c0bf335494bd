import AzureTesting
import BatchModels
import Foundation
import Testing

@Suite("Any JSON")
struct JSONValueTests {
    @Test(
        "is written as it was read",
        arguments: [
            "null", "true", "0", "-1", "9223372036854775807", "-9223372036854775808", "18446744073709551615", "0.1",
            "0.1234567890123456789", "123456789012345678901234567890", #""""#, #""a\"\\\n/ü""#, "[]", "{}",
            #"[1,[2,[3]],{"a":null}]"#, #"{"a":{"b":{"c":[false]}},"d":"{}"}"#,
        ])
    func roundTrip(json: String) throws {
        let value = try BatchJSONValue(parsing: json)
        #expect(value.json == json)
        #expect(try BatchJSONValue(parsing: value.json) == value)
    }

    @Test("keeps numbers beyond those of the machine to the digits that matter")
    func numbers() throws {
        #expect(try BatchJSONValue(parsing: "1e300") == .double(1e300))
        #expect(try BatchJSONValue(parsing: "1.0") == 1)
        #expect(try BatchJSONValue(parsing: "18446744073709551615") == .decimal(Decimal(UInt64.max)))
        #expect(throws: (any Error).self) { try JSONEncoder().encode(BatchJSONValue.double(.nan)) }
    }

    @Test(
        "is a whole number however it is written, and the same when it comes back",
        arguments: [
            ("9223372036854775807.0", Int64.max), ("-9223372036854775808.00", Int64.min),
            ("9007199254740993.0", 9_007_199_254_740_993),
            ("92233720368547758070e-1", Int64.max),
        ])
    func whole(json: String, number: Int64) throws {
        let value = try BatchJSONValue(parsing: json)
        #expect(value == .integer(number))
        #expect(try BatchJSONValue(parsing: value.json) == value)
    }

    @Test("is refused when it is none", arguments: ["", "{", "[1", "nul", "'a'", "{\"a\"}", "1 2"])
    func refused(json: String) {
        #expect(throws: (any Error).self) { try BatchJSONValue(parsing: json) }
        #expect(BatchJSONValue.string(json).parsed == .string(json))
    }

    @Test("that is nested without end is an error and not the end of the process")
    func depth() throws {
        for depth in [100, 200, 400, 100_000] {
            let json = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            let value = try? BatchJSONValue(parsing: json)
            #expect((value != nil) == (depth <= 128))
        }
        var value = BatchJSONValue.null
        for _ in 0..<400 { value = ["a": value] }
        #expect(throws: (any Error).self) { try JSONEncoder().encode(value) }
        #expect(throws: EncodingError.self) {
            try BatchJSON.requestBody(VMExtension(name: "e", publisher: "p", type: "t", settings: value))
        }
        _ = "\(value)"
    }

    @Test("shows no signature when it is printed")
    func secrets() throws {
        let value: BatchJSONValue = ["fileUris": ["https://a/b?sv=1&sig=s3cr3t"], "text": "AccountKey=s3cr3t;a"]
        var dumped = ""
        dump(value, to: &dumped)
        for text in ["\(value)", String(reflecting: value), dumped] { #expect(!text.contains("s3cr3t"), "\(text)") }
        #expect("\(value)".contains("sv=1"))
    }

    @Test("of a seeded generator is the same after a round trip, and damaged bytes end nothing")
    func fuzz() throws {
        var random = SeededGenerator(seed: 47)
        for _ in 0..<2000 {
            let value = Self.random(depth: 4, &random)
            let json = value.json
            #expect(try BatchJSONValue(parsing: json) == value, "\(json)")
            var bytes = Array(json.utf8)
            for _ in 0..<3 where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try? BatchJSON.decode(BatchJSONValue.self, from: Data(bytes))
            _ = try? BatchJSON.decode(
                VMExtension.self, from: Data(#"{"settings":"#.utf8) + Data(bytes) + Data("}".utf8))
        }
    }

    private static func random(depth: Int, _ random: inout SeededGenerator) -> BatchJSONValue {
        switch Int.random(in: 0...(depth > 0 ? 6 : 4), using: &random) {
        case 0: .null
        case 1: .bool(.random(using: &random))
        case 2: .integer(.random(in: .min ... .max, using: &random))
        case 3: .double(Double(Int.random(in: -1000...1000, using: &random)) + 0.5)
        case 4: .string(String((0..<4).map { _ in "ab\"\\\n\u{1}ü€😀/".randomElement(using: &random) ?? "a" }))
        case 5: .array((0..<3).map { _ in Self.random(depth: depth - 1, &random) })
        default: .object(["a": Self.random(depth: depth - 1, &random), "b ": Self.random(depth: depth - 1, &random)])
        }
    }
}

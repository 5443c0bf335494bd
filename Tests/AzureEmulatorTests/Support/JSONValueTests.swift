import Foundation
import Testing

@testable import AzureEmulator

@Suite("The emulator's JSON")
struct JSONValueTests {
    @Test("A document is read and written")
    func roundTrip() throws {
        let text =
            #"{"a":[1,-2,3.5,1e3,true,false,null],"b":{"c":"\u00e9\ud83d\ude00\n\"\\\/"},"d":9223372036854775807}"#
        let value = try JSONValue(parsing: text)
        #expect(value["a"]?.array == [1, -2, 3.5, 1000.0, true, false, nil])
        #expect(value["b"]?["c"]?.string == "é😀\n\"\\/")
        #expect(value["d"]?.integer == .max)
        #expect(try JSONValue(parsing: value.data) == value)
        #expect(String(decoding: value.data, as: UTF8.self).hasPrefix(#"{"a":[1,-2,3.5,1000.0,true,false,null],"b":"#))
    }

    @Test(
        "What is not JSON is refused",
        arguments: [
            "", "{", "[1,]", "{\"a\"}", "{\"a\":1,}", "01", "1.", "+1", "nul", "\"a", "\"\u{1}\"", "\"\\x\"",
            "\"\\u12\"",
            "\"\\ud800\"", "\"\\u+123\"", "1 2", "1e999", String(repeating: "[", count: 1000),
        ])
    func bad(_ text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
    }

    @Test("A long document costs no more than its length", .timeLimit(.minutes(5)))
    func long() throws {
        let count = 100_000
        let members = (0..<count).map { "\"k\($0)\":{}" }.joined(separator: ",")
        let texts = [
            "{\(members)}", "[\(Array(repeating: "[]", count: count).joined(separator: ","))]",
            "\"\(String(repeating: "\\u00e9x", count: count))\"", String(repeating: "1", count: 300),
            "0.\(String(repeating: "1", count: 900_000))", "\"\(String(repeating: "x", count: 900_000))\"",
            "{\(Array(repeating: "\"k\":1", count: count).joined(separator: ","))}",
        ]
        for text in texts {
            #expect(try !JSONValue(parsing: text).data.isEmpty)
        }
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: String(repeating: "1", count: 900_000)) }
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: String(repeating: "[{\"a\":", count: 100_000)) }
    }

    @Test("Setting one member after the other copies none of them", .timeLimit(.minutes(5)))
    func manyMembers() {
        var value: JSONValue = [:]
        for number in 0..<200_000 { value["k\(number)"] = .integer(Int64(number)) }
        #expect(value.object?.count == 200_000)
    }

    @Test("Bytes that are not UTF-8 are refused")
    func notUTF8() {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: Data([0x22, 0xFF, 0x22])) }
    }

    @Test("A byte-order mark and white space do not matter")
    func space() throws {
        #expect(try JSONValue(parsing: "\u{FEFF} [ 1 ,\t2 ]\r\n") == [1, 2])
    }

    @Test("Members are set and removed")
    func members() {
        var value: JSONValue = ["a": 1]
        value["b"] = "x"
        value["a"] = Optional<JSONValue>.none
        #expect(value == ["b": "x"])
        value["b"] = JSONValue.null
        #expect(value["b"]?.isNull == true)
    }
}

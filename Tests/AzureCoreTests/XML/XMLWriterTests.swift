import AzureTesting
import Foundation
import Testing

@testable import AzureCore

@Suite("The XML writer")
struct XMLWriterTests {
    private func written(_ text: String) throws -> String {
        var writer = XMLWriter()
        try writer.element("T", text: text)
        return String(decoding: writer.data, as: UTF8.self)
    }

    @Test("nests elements")
    func nested() throws {
        var writer = XMLWriter()
        try writer.element("BlockList") {
            try $0.element("Latest", text: "QQ==")
            $0.element("Empty") { _ in }
        }
        #expect(
            String(decoding: writer.data, as: UTF8.self)
                == "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList><Latest>QQ==</Latest><Empty></Empty></BlockList>"
        )
    }

    @Test(
        "escapes what would be read as something else",
        arguments: [
            ("", ""), ("a b", "a b"), ("<&>", "&lt;&amp;&gt;"), ("\"'", "\"'"), ("]]>", "]]&gt;"), ("\r\n", "&#13;\n"),
            ("é😀\t", "é😀\t"),
            ("&amp;", "&amp;amp;"),
        ])
    func escapes(text: String, escaped: String) throws {
        #expect(try written(text).hasSuffix("<T>\(escaped)</T>"))
    }

    @Test(
        "refuses characters that XML cannot hold",
        arguments: ["\u{0}", "a\u{1}b", "\u{8}", "\u{B}", "\u{C}", "\u{1F}", "\u{FFFE}", "a\u{FFFF}"])
    func refused(text: String) {
        let error = #expect(throws: AzureError.self) { try written(text) }
        #expect(error?.code == .invalidArgument)
    }

    @Test("writes texts that both readers read back as they were")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 10)
        for _ in 0..<1000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...20, using: &random) {
                let limit: UInt32 = Bool.random(using: &random) ? 0x80 : 0x10FFFF
                guard let scalar = Unicode.Scalar(UInt32.random(in: 9...limit, using: &random)), scalar.isXML else {
                    continue
                }
                text.unicodeScalars.append(scalar)
            }
            var writer = XMLWriter()
            try writer.element("T", text: text)
            #expect(try XMLElement.parse(writer.data).text == text)
            #expect(XMLJudge.steps(Array(writer.data)) == ["<T"] + (text.isEmpty ? [] : [text]) + [">T"])
        }
    }
}

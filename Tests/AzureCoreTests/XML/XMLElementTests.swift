import Foundation
import Testing

@testable import AzureCore

@Suite("XML")
struct XMLElementTests {
    private func parse(_ text: String) throws -> XMLElement {
        try XMLElement.parse(Data(text.utf8))
    }

    @Test("is read with entities, CDATA, attributes, comments and empty elements")
    func wellFormed() throws {
        let root = try parse(
            "\u{FEFF}<?xml version=\"1.0\"?><!-- hi --><R a='1 &lt; 2' b=\"x&#x41;&#66;\"><E/><T>a &amp; b\r\nc</T>"
                + "<C><![CDATA[<&amp;>]]>!</C><N Encoded=\"true\" >%41</N></R>\n<!-- end -->")
        #expect(root.name == "R")
        #expect(root.attributes == ["a": "1 < 2", "b": "xAB"])
        #expect(root.child("E")?.text == "")
        #expect(root.child("T")?.text == "a & b\nc")
        #expect(root.child("C")?.text == "<&amp;>!")
        #expect(root.child("N")?.attributes["Encoded"] == "true")
    }

    @Test(
        "is refused when it is not well formed",
        arguments: [
            "", " ", "text", "<a>", "<a></b>", "<a/><b/>", "<a b></a>", "<a b=1/>", "<a b='1' b='2'/>",
            "<a b='1'c='2'/>",
            "<a>&unknown;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>&amp</a>", "<a>\u{1}</a>", "<a>]]></a>",
            "<!DOCTYPE a><a/>", "<a><![CDATA[x</a>", "<a><!-- -- --></a>", "<1a/>", "<a", "<a/", "< a/>", "x<a/>",
            "<a/>x",
            "<a b='<'/>", "<a>&#+65;</a>",
        ])
    func illFormed(text: String) {
        let error = #expect(throws: AzureError.self) { try parse(text) }
        #expect(error?.code == .invalidResponse)
    }

    @Test("that is nested too deep or declares entities is refused at once")
    func bombs() {
        #expect(throws: AzureError.self) { try parse(String(repeating: "<a>", count: 1_000_000)) }
        #expect(throws: AzureError.self) {
            try parse("<!DOCTYPE b [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;\">]><b>&b;</b>")
        }
    }

    @Test("that was written is read back")
    func roundTrip() throws {
        let text = "a < b > c & \"d\" 'e' \r\n\t é 😀 ]]>"
        var writer = XMLWriter()
        try writer.element("R") { try $0.element("T", text: text) }
        #expect(try XMLElement.parse(writer.data).child("T")?.text == text)
        #expect(throws: AzureError.self) { try writer.element("T", text: "\u{0}") }
    }
}

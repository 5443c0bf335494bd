import Foundation
import Testing

@testable import AzureCore

@Suite("The XML reader")
struct XMLPullReaderTests {
    /// One line for each step: `<name a=b`, the text, `>name`.
    static func steps(_ text: String) throws -> [String] {
        try steps(text.utf8)
    }

    static func steps(_ bytes: some Sequence<UInt8>) throws -> [String] {
        var reader = try XMLPullReader(Data(bytes))
        var result: [String] = []
        while true {
            switch try reader.next() {
            case .start:
                let attributes = try reader.attributes().map { " \($0.name)=\($0.value)" }
                result.append("<\(reader.elementName)\(attributes.joined())")
            case .text: result.append(try reader.text())
            case .end: result.append(">\(reader.elementName)")
            case .endOfDocument: return result
            }
        }
    }

    @Test(
        "reads what is well formed",
        arguments: [
            ("<a/>", ["<a", ">a"]), ("<a></a>", ["<a", ">a"]), ("<a ></a >", ["<a", ">a"]), ("<a />", ["<a", ">a"]),
            (" \r\n<a/>\t\n ", ["<a", ">a"]), ("\u{FEFF}<a/>", ["<a", ">a"]),
            ("<?xml version='1.0'?><a/>", ["<a", ">a"]),
            ("\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-8\" standalone='no' ?>\n<a/>", ["<a", ">a"]),
            ("<a>x<b/>y</a>", ["<a", "x", "<b", ">b", "y", ">a"]),
            ("<a>&#65;&#x42;&#x000043;</a>", ["<a", "ABC", ">a"]),
            ("<a>&#0000000000000000000000065;</a>", ["<a", "A", ">a"]),
            ("<a>&lt;&gt;&amp;&quot;&apos;</a>", ["<a", "<>&\"'", ">a"]),
            ("<a>a > b ]] ></a>", ["<a", "a > b ]] >", ">a"]),
            ("<a>]<![CDATA[]]>]></a>", ["<a", "]", "", "]>", ">a"]),
            ("<a>1\r\n2\r3\n4\r\r\n5&#13;\n</a>", ["<a", "1\n2\n3\n4\n\n5\r\n", ">a"]),
            ("<a><![CDATA[<b>&amp;\r\n]]]]></a>", ["<a", "<b>&amp;\n]]", ">a"]),
            ("<a b='1' c = \"'\"\td='>'/>", ["<a b=1 c=' d=>", ">a"]),
            ("<a b='x\r\ny\tz\n&#10;&#9; '/>", ["<a b=x y z \n\t ", ">a"]),
            ("<a b=''/>", ["<a b=", ">a"]),
            ("<Name Encoded=\"true\">%41</Name>", ["<Name Encoded=true", "%41", ">Name"]),
            ("<!-- c - c --><a><!----><?p i?><?p?>x</a><!-- -->", ["<a", "x", ">a"]),
            ("<é:ü-1.x>ö😀</é:ü-1.x>", ["<é:ü-1.x", "ö😀", ">é:ü-1.x"]),
            ("<a>\u{FFFD}\u{F000}\u{7F}</a>", ["<a", "\u{FFFD}\u{F000}\u{7F}", ">a"]),
            ("<aa><a/></aa>", ["<aa", "<a", ">a", ">aa"]), ("<a>\t</a>", ["<a", "\t", ">a"]),
        ] as [(String, [String])])
    func wellFormed(text: String, expected: [String]) throws {
        #expect(try Self.steps(text) == expected)
    }

    @Test(
        "refuses what is not well formed",
        arguments: [
            "<a></ab>", "<ab></a>", "<a></b>", "</a>", "<a></a></a>", "<a/ >", "<a //>", "<a b/>", "<a b=/>",
            "<a b=\"1'/>",
            "<a b='&'/>", "<a b='&x;'/>", "<a b='\u{1}'/>", "<a =''/>", "<a 1='1'/>", "<a b='1' b=\"2\"/>", "<-a/>",
            "<.a/>",
            "<a>&</a>", "<a>&;</a>", "<a>&#;</a>", "<a>&#x;</a>", "<a>&#X41;</a>", "<a>&#65</a>", "<a>&#xFFFE;</a>",
            "<a>&#x110000;</a>", "<a>&#99999999999999999999;</a>", "<a>&#-65;</a>", "<a>&#6 5;</a>", "<a>&lt</a>",
            "<a>& lt;</a>",
            "<a>&LT;</a>", "<a>x]]>y</a>", "<a>\u{0}</a>", "<a>\u{B}</a>", "<a>\u{FFFF}</a>",
            "<a><![CDATA[\u{2}]]></a>",
            "<a><!--\u{3}--></a>", "<a><?p \u{4}?></a>", "<a><!-- a -- b --></a>", "<a><!-- ---></a>",
            "<a><![cdata[]]></a>", "<![CDATA[]]><a/>", "<a/><![CDATA[]]>", "&#32;<a/>", "<a/>&#32;", "<!DOCTYPE a><a/>",
            "<!doctype a><a/>", "<a><!ELEMENT a></a>", "<a><??></a>", "<a><? p?></a>", "<a><?p", "<a><?p></a>",
            "<?p/><a/>",
            " <?xml version='1.0'?><a/>", "<a><?xml version='1.0'?></a>", "<?XML version='1.0'?><a/>",
            "<?xml?><a/>", "<?xml encoding='utf-8'?><a/>", "<?xml version='2.0'?><a/>",
            "<?xml version='1.0'encoding='utf-8'?><a/>",
            "<?xml version='1.0' encoding='utf-16'?><a/>", "<?xml version='1.0' encoding='iso-8859-1'?><a/>",
            "<?xml version='1.0' standalone='maybe'?><a/>",
            "<?xml version='1.0' standalone='no' encoding='utf-8'?><a/>",
            "<?xml version='1.0' more='1'?><a/>", "<a×/>", "<×a/>", "<a\u{FFFE}/>", "<a b='\u{FFFE}'/>",
            "<a>\u{FEFF}<a/>",
            "<a/>\u{FEFF}", "<>", "<", "<a", "<a b='1'", "<a><", "<a></", "<a></a", "<a><!", "<a><!-", "<a><!--",
            "<a><!-- -", "<a><![CDATA[]]",
        ])
    func illFormed(text: String) {
        let error = #expect(throws: AzureError.self) { try Self.steps(text) }
        #expect(error?.code == .invalidResponse)
        #expect(error?.message.contains("(at byte ") == true)
    }

    @Test(
        "refuses bytes that are not UTF-8",
        arguments: [
            [0xFF], [0xC3], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80],
            [0xF0, 0x9F],
        ] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) {
        #expect(throws: AzureError.self) { try Self.steps(Array("<a>".utf8) + bytes + Array("</a>".utf8)) }
        #expect(throws: AzureError.self) { try Self.steps(Array("<a b='".utf8) + bytes + Array("'/>".utf8)) }
        #expect(throws: AzureError.self) { try Self.steps(Array("<a/>".utf8) + bytes) }
    }

    @Test("says where and why")
    func message() {
        let error = #expect(throws: AzureError.self) { try Self.steps("<a><b>&nbsp;</b></a>") }
        #expect(error?.message.contains("an entity other than the five") == true)
        #expect(error?.message.contains("(at byte 6 of 20)") == true)
    }

    static let sample =
        "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- c --><EnumerationResults ContainerName='c&amp;d'>"
        + "<Blobs><Blob><Name Encoded=\"true\">é%41&#x1F600;</Name><?p i?><Properties><Etag>0x8D\r\n</Etag><CRC />"
        + "</Properties><![CDATA[<x>]]></Blob></Blobs><NextMarker/></EnumerationResults>"

    @Test("finds a document that was cut off anywhere incomplete")
    func truncated() throws {
        let whole = Array(Self.sample.utf8)
        #expect(try Self.steps(whole).count == 19)
        for count in 0..<whole.count {
            let error = #expect(throws: AzureError.self, "\(count) bytes") { try Self.steps(Array(whole[..<count])) }
            #expect(error?.code == .invalidResponse)
        }
    }

    @Test("stays with its error once it found one")
    func sticky() throws {
        var reader = try XMLPullReader(Data("<a></b><c/></a>".utf8))
        #expect(try reader.next() == .start)
        let first = #expect(throws: AzureError.self) { try reader.next() }
        let second = #expect(throws: AzureError.self) { try reader.next() }
        #expect(first?.message == second?.message)
    }

    @Test("stays at the end once it is there")
    func end() throws {
        var reader = try XMLPullReader(Data("<a/>".utf8))
        #expect(
            try [reader.next(), reader.next(), reader.next(), reader.next()] == [
                .start, .end, .endOfDocument, .endOfDocument,
            ])
        #expect(reader.depth == 0)
    }

    @Test("limits size, depth and attributes")
    func limits() throws {
        func nested(_ depth: Int) -> Data {
            Data((String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)).utf8)
        }
        #expect(try Self.steps(nested(64)).count == 128)
        #expect(throws: AzureError.self) { try Self.steps(nested(65)) }
        var shallow = try XMLPullReader(nested(3), maxDepth: 2)
        #expect(throws: AzureError.self) { while try shallow.next() != .endOfDocument {} }

        #expect(throws: Never.self) { try XMLPullReader(nested(1), maxBytes: 7) }
        let size = #expect(throws: AzureError.self) { try XMLPullReader(nested(1), maxBytes: 6) }
        #expect(size?.code == .invalidResponse)
        #expect(throws: AzureError.self) { try XMLElement.parse(nested(1), maxBytes: 6) }

        func attributes(_ count: Int) -> String { "<a" + (0..<count).map { " a\($0)='x'" }.joined() + "/>" }
        #expect(try Self.steps(attributes(64)).count == 2)
        #expect(throws: AzureError.self) { try Self.steps(attributes(65)) }
    }

    @Test("refuses bombs at once", .timeLimit(.minutes(5)))
    func bombs() {
        let entities = (1..<20).map { "<!ENTITY e\($0) \"\(String(repeating: "&e\($0 - 1);", count: 20))\">" }.joined()
        #expect(throws: AzureError.self) { try Self.steps("<!DOCTYPE a [<!ENTITY e0 \"x\">\(entities)]><a>&e19;</a>") }
        #expect(throws: AzureError.self) { try Self.steps("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>") }
        #expect(throws: AzureError.self) { try Self.steps("<a>" + String(repeating: "<!--", count: 1_000_000)) }
        #expect(throws: AzureError.self) { try Self.steps("<a " + String(repeating: "b=''", count: 1_000_000)) }
        #expect(throws: AzureError.self) { try Self.steps("<a>" + String(repeating: "&amp;", count: 1_000_000)) }
        #expect(throws: AzureError.self) { try Self.steps("<a>" + String(repeating: "]]", count: 1_000_000) + ">") }
    }

    @Test("compares names, gives texts of elements, and skips what is not wanted")
    func conveniences() throws {
        var reader = try XMLPullReader(
            Data("<r><s x='1'><s/>t<u>v</u></s><e/><t a='&lt;' b='2'>1<!-- -->2<![CDATA[3]]></t><w><x/></w></r>".utf8))
        #expect(try reader.next() == .start)
        #expect(try reader.next() == .start)
        #expect(reader.isElement("s") && !reader.isElement("") && !reader.isElement("t") && !reader.isElement("ss"))
        try reader.skipElement()
        #expect(reader.depth == 1)
        #expect(try reader.next() == .start)
        #expect(reader.isElement("e"))
        try reader.skipElement()
        #expect(reader.depth == 1)
        #expect(try reader.next() == .start)
        #expect(try reader.attribute("a") == "<")
        #expect(try reader.attribute("b") == "2")
        #expect(try reader.attribute("c") == nil)
        #expect(try reader.readElementText() == "123")
        #expect(try reader.next() == .start)
        #expect(throws: AzureError.self) { try reader.readElementText() }
    }

    @Test(
        "joins the pieces of a text",
        arguments: [
            ("<a/>", ""), ("<a></a>", ""), ("<a>b</a>", "b"), ("<a>&lt;</a>", "<"), ("<a>b<!-- c -->d</a>", "bd"),
            ("<a>b<![CDATA[c]]>&#100;<?e f?>g</a>", "bcdg"), ("<a><![CDATA[]]>b</a>", "b"),
            ("<a>b<![CDATA[]]></a>", "b"), ("<a>ü\r\nü</a>", "ü\nü"),
        ])
    func joinedText(document: String, text: String) throws {
        var reader = try XMLPullReader(Data(document.utf8))
        #expect(try reader.next() == .start)
        #expect(try reader.readElementText() == text)
        #expect(try reader.next() == .endOfDocument)
    }

    @Test("finds fields in any order, skips those that are empty or not asked for, and those inside them")
    func fields() throws {
        var reader = try XMLPullReader(Data("<a><c>1</c><x><b>9</b></x> <d/><b>2</b><c>3</c><e>4</e></a>".utf8))
        #expect(try reader.next() == .start)
        var found: [String] = []
        try reader.readFields(["b", "c", "d", "e"]) { found.append("\($0)=\($1.string)") }
        #expect(found == ["1=1", "0=2", "1=3", "3=4"])
        #expect(try reader.next() == .endOfDocument)
    }
}

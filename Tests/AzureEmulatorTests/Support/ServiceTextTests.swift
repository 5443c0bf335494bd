import Foundation
import HTTPTypes
import Testing

@testable import AzureEmulator

@Suite("The emulator's times, XML and requests")
struct ServiceTextTests {
    @Test(
        "Times of signatures are read in every form that they may have",
        arguments: [
            ("2026-01-02T03:04:05Z", 1_767_323_045.0), ("2026-01-02T03:04Z", 1_767_323_040),
            ("2026-01-02", 1_767_312_000), ("2026-01-02T03:04:05.5000000Z", 1_767_323_045.5),
            ("2024-02-29", 1_709_164_800),
        ])
    func times(_ text: String, _ seconds: Double) {
        #expect(ServiceTime.parse(text) == Date(timeIntervalSince1970: seconds))
    }

    @Test(
        "What is no time of a signature is refused",
        arguments: [
            "", "2026-1-2", "2026-02-29", "2026-13-01", "2026-01-02T", "2026-01-02T03:04:05", "2026-01-02T24:00Z",
            "2026-01-02T03:04:05.Z", "2026-01-02T03:04:05+01:00", "Fri, 02 Jan 2026 03:04:05 GMT",
        ])
    func noTimes(_ text: String) {
        #expect(ServiceTime.parse(text) == nil)
    }

    @Test("Times are written with seven digits of a second")
    func written() {
        #expect(ServiceTime.format(Date(timeIntervalSince1970: 1_767_323_045.25)) == "2026-01-02T03:04:05.2500000Z")
    }

    @Test("XML is written and read")
    func xml() throws {
        var xml = XMLText()
        xml.open("a", [("k", "<\"&>")])
        xml.element("b", " x & <y>\r\n")
        xml.element("c", "")
        xml.optionalElement("d", nil)
        xml.close("a")
        let tree = try #require(XMLTree(parsing: xml.data))
        #expect(tree.attributes == ["k": "<\"&>"])
        #expect(tree.children.map(\.name) == ["b", "c"])
        #expect(tree.child("b")?.text == " x & <y>\r\n")
        #expect(tree.child("c")?.text.isEmpty == true)
    }

    // XML 1.0, 2.2: there is no way to write these characters, not as references either.
    @Test("A character that XML cannot hold becomes U+FFFD, so that everybody can read the document")
    func unwritable() throws {
        var xml = XMLText()
        xml.open("a", [("k", "1\u{1}2")])
        xml.element("b", "\u{0}\u{1F}<\u{FFFE}\u{FFFF}>\u{FFFC}\t\n\u{7F}\u{10FFFF}")
        xml.close("a")
        let tree = try #require(XMLTree(parsing: xml.data))
        #expect(tree.attributes == ["k": "1\u{FFFD}2"])
        #expect(
            tree.child("b")?.text
                == "\u{FFFD}\u{FFFD}<\u{FFFD}\u{FFFD}>\u{FFFC}\t\n\u{7F}\u{10FFFF}")
    }

    @Test(
        "What is no XML, or has a document type, is refused",
        arguments: [
            "", "text", "<a>", "<a></b>", "<a/><b/>", "<!DOCTYPE a><a/>", "<a>&nbsp;</a>",
            String(repeating: "<a>", count: 100) + String(repeating: "</a>", count: 100),
        ])
    func badXML(_ text: String) {
        #expect(XMLTree(parsing: Data(text.utf8)) == nil)
    }

    @Test("A document that is not UTF-8 does not reach Foundation's parser, which it could end")
    func notUTF8() {
        for text in ["<a b='", "<a xmlns:", "<", "<a>"] {
            #expect(XMLTree(parsing: Data(text.utf8) + Data([0xC3, 0x28, 0xFF]) + Data("='x'/></a>".utf8)) == nil)
        }
    }

    @Test(
        "An instruction does not reach Foundation's parser, which ends the process at one without data",
        arguments: ["<?x?><a/>", "<a><?x?></a>", "<?xml?><a/>", "<a/><?x ?>"])
    func instructions(_ text: String) {
        #expect(XMLTree(parsing: Data(text.utf8)) == nil)
        #expect(BlobListing(Data(text.utf8)) == nil)
    }

    @Test("What would cost a parser dearly is refused before it begins", .timeLimit(.minutes(5)))
    func expensiveXML() throws {
        func attributes(_ count: Int) -> String { (0..<count).map { " a\($0)='>'" }.joined() }
        #expect(XMLTree(parsing: Data("<a\(attributes(64))/>".utf8))?.attributes.count == 64)
        let hidden = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"
        let costly: [Data] = [
            Data("<a\(attributes(65))/>".utf8), Data("<a\(attributes(600_000))/>".utf8),
            Data("<a><b\(attributes(600_000))/></a>".utf8), try #require(hidden.data(using: .utf16)),
            try #require(hidden.data(using: .utf32)), Data(hidden.utf8),
            Data("<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>".utf8),
            Data(String(repeating: "<a>", count: 300_000).utf8), Data(String(repeating: "<!--", count: 300_000).utf8),
            Data(String(repeating: "<", count: 1_000_000).utf8),
            Data("<!--\(String(repeating: "--", count: 300_000))--><a/>".utf8),
            Data("<a>\(String(repeating: "&b;", count: 300_000))</a>".utf8),
        ]
        for data in costly { #expect(XMLTree(parsing: data) == nil) }
    }

    @Test("A long document costs no more than its length", .timeLimit(.minutes(5)))
    func longXML() {
        let quotes = String(repeating: "'\"&amp;", count: 50_000)
        let text = "<a><!-- <b '\" --><![CDATA[<!DOCTYPE \"]]>\(quotes)\(String(repeating: "<b/>", count: 100_000))</a>"
        #expect(XMLTree(parsing: Data(text.utf8))?.children.count == 100_000)
    }

    @Test("A request is taken apart without losing what was sent")
    func request() throws {
        let head = HTTPRequest(
            method: .get, scheme: "http", authority: "h", path: "/a/b%2Fc//%C3%A9+?x=1&X=2&y=a%20b+c&z&w=%26=",
            headerFields: HTTPFields(emulated: [("X-Thing", "1"), ("x-thing", "2")]))
        let request = try #require(EmulatorRequest(head))
        #expect(request.rawPath == "/a/b%2Fc//%C3%A9+")
        #expect(request.segments == ["a", "b/c", "", "é+"])
        #expect(request.query["x"] == "1")
        #expect(request.query["X"] == "2")
        #expect(request.query["Y"] == "a b+c")
        #expect(request.query["z"]?.isEmpty == true)
        #expect(request.query["w"] == "&=")
        #expect(request.query["v"] == nil)
        #expect(request.header("x-THING") == "1")
    }

    @Test("A path or query that is not UTF-8 is no request", arguments: ["/%FF", "/a?b=%FF", "*", "http://h/a"])
    func badRequest(_ path: String) {
        #expect(EmulatorRequest(HTTPRequest(method: .get, scheme: "http", authority: "h", path: path)) == nil)
    }
}

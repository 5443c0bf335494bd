import AzureTesting
import Testing

@testable import AzureCore

@Suite("Percent-encoding")
struct PercentEncodingTests {
    @Test("leaves letters, digits and four marks as they are")
    func encode() {
        #expect(PercentEncoding.encode("azAZ09-._~") == "azAZ09-._~")
        #expect(PercentEncoding.encode("a b+c/d?e&f=g%h") == "a%20b%2Bc%2Fd%3Fe%26f%3Dg%25h")
        #expect(PercentEncoding.encode("é😀\u{0}") == "%C3%A9%F0%9F%98%80%00")
        #expect(PercentEncoding.encodePath("/a b/c%/😀") == "/a%20b/c%25/%F0%9F%98%80")
        #expect(PercentEncoding.encode("") == "")
    }

    @Test(
        "is decoded, and what is not well formed stays",
        arguments: [
            ("", ""), ("abc", "abc"), ("%41", "A"), ("%41%42c", "ABc"), ("%c3%A9", "é"), ("%F0%9F%98%80", "😀"),
            ("%", "%"), ("%4", "%4"), ("%zz", "%zz"), ("%%41", "%A"), ("%%%41", "%%A"), ("%4%41", "%4A"), ("%%", "%%"),
            ("%4G%41", "%4GA"), ("%25%34%31", "%41"), ("%2541", "%41"), ("a%", "a%"), ("+", "+"), ("é%41", "éA"),
            ("%+1", "%+1"), ("% 1", "% 1"),
        ])
    func decode(text: String, decoded: String) {
        #expect(PercentEncoding.decode(text) == decoded)
    }

    @Test("takes plus for a space only when told so")
    func plus() {
        #expect(PercentEncoding.decode("a+b%2B", plusIsSpace: true) == "a b+")
        #expect(PercentEncoding.decode("a+b%2B") == "a+b+")
        #expect(PercentEncoding.decode("%+", plusIsSpace: true) == "% ")
    }

    @Test("of bytes that are not UTF-8 is refused", arguments: ["%FF", "%C3", "%C3%28", "%ED%A0%80", "a%80b"])
    func notUTF8(text: String) {
        #expect(PercentEncoding.decode(text) == nil)
    }

    @Test("comes back, whatever the text")
    func roundTrip() {
        var random = SeededGenerator(seed: 3986)
        for _ in 0..<2000 {
            let count = Int.random(in: 0...20, using: &random)
            var text = ""
            for _ in 0..<count {
                let value = UInt32.random(in: 0...(Bool.random(using: &random) ? 0x7F : 0x10FFFF), using: &random)
                if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
            }
            #expect(PercentEncoding.decode(PercentEncoding.encode(text)) == text)
            #expect(PercentEncoding.decode(PercentEncoding.encodePath(text)) == text)
            #expect(PercentEncoding.decode(PercentEncoding.encode(text), plusIsSpace: true) == text)
        }
    }

    @Test("is decoded in linear time, also a long run of percent signs", .timeLimit(.minutes(5)))
    func linear() {
        let text = String(repeating: "%", count: 2_000_000)
        #expect(PercentEncoding.decode(text)?.utf8.count == 2_000_000)
    }
}

import AzureCrypto
import Foundation
import Testing

@Suite("HMAC-SHA256")
struct HMACSHA256Tests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let key: [UInt8]
        let message: [UInt8]
        let code: String

        var testDescription: String { name }
    }

    /// RFC 4231, section 4; case 5, which is about truncation, left out.
    static let cases = [
        Case(
            name: "case 1", key: Array(repeating: 0x0b, count: 20), message: Array("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        Case(
            name: "case 2", key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        Case(
            name: "case 3", key: Array(repeating: 0xaa, count: 20), message: Array(repeating: 0xdd, count: 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        Case(
            name: "case 4", key: Array(1...25), message: Array(repeating: 0xcd, count: 50),
            code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        Case(
            name: "case 6", key: Array(repeating: 0xaa, count: 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        Case(
            name: "case 7", key: Array(repeating: 0xaa, count: 131),
            message: Array(
                ("This is a test using a larger than block-size key and a larger than block-size data. "
                    + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
            code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
        Case(
            name: "empty key and message", key: [], message: [],
            code: "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
    ]

    @Test("The known answers come out, also the second time", arguments: cases)
    func knownAnswers(_ example: Case) {
        let hmac = HMACSHA256(key: Data(example.key))
        for _ in 1...3 {
            #expect(hmac.authenticationCode(for: example.message).hex == example.code)
        }
    }

    @Test("Whatever sequence holds the message, the code is the same")
    func sequences() {
        let hmac = HMACSHA256(key: Data("key".utf8))
        let expected = hmac.authenticationCode(for: Array("message".utf8))
        #expect(hmac.authenticationCode(for: Data("message".utf8)) == expected)
        #expect(hmac.authenticationCode(for: "message".utf8) == expected)
        #expect(hmac.authenticationCode(for: Array("xmessagex".utf8)[1..<8]) == expected)
        #expect(hmac.authenticationCode(for: Array("egassem".utf8).lazy.reversed().map { $0 }) == expected)
    }

    @Test("Many tasks use one key at a time and none disturbs another")
    func concurrency() async {
        let hmac = HMACSHA256(key: Data("shared".utf8))
        let expected = (0..<64).map { HMACSHA256(key: Data("shared".utf8)).authenticationCode(for: "\($0)".utf8) }
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    (0..<50).allSatisfy { _ in hmac.authenticationCode(for: "\(number)".utf8) == expected[number] }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }

    @Test("Printing a key shows nothing of it")
    func unprintable() {
        let hmac = HMACSHA256(key: Data("top secret".utf8))
        var dumped = ""
        dump(hmac, to: &dumped)
        for text in [String(describing: hmac), String(reflecting: hmac), dumped] {
            #expect(!text.contains("secret") && !text.contains("0x"))
        }
    }
}

extension [UInt8] {
    /// The bytes in lower-case hexadecimal digits.
    var hex: String {
        map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

import AzureCrypto
import Foundation
import Testing

@Suite("Digests")
struct DigestTests {
    @Test(
        "MD5 gives the answers of RFC 1321",
        arguments: [
            ("", "d41d8cd98f00b204e9800998ecf8427e"),
            ("a", "0cc175b9c0f1b6a831c399e269772661"),
            ("abc", "900150983cd24fb0d6963f7d28e17f72"),
            ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
            ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
            (
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
                "d174ab98d277d9f5a5611c2c9f419d9f"
            ),
            (String(repeating: "1234567890", count: 8), "57edf4a22be3c955ac49da2e2107b67a"),
        ])
    func md5(text: String, digest: String) {
        #expect(Digest.of(text.utf8, .md5).hex == digest)
    }

    @Test(
        "SHA-256 gives the answers of FIPS 180",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                String(repeating: "a", count: 1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
        ])
    func sha256(text: String, digest: String) {
        #expect(Digest.of(text.utf8, .sha256).hex == digest)
    }

    @Test("Pieces of any size give the digest of the whole", arguments: [1, 3, 63, 64, 65, 1000])
    func pieces(size: Int) {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        for algorithm in [Digest.Algorithm.md5, .sha256] {
            var digest = Digest(algorithm)
            for start in stride(from: 0, to: bytes.count, by: size) {
                digest.update(bytes[start..<min(start + size, bytes.count)])
                digest.update([])
            }
            #expect(digest.finish() == Digest.of(bytes, algorithm))
        }
    }

    @Test("Bytes that do not lie side by side are digested too")
    func scattered() {
        #expect(Digest.of(Array("cba".utf8).lazy.reversed().map { $0 }, .md5) == Digest.of("abc".utf8, .md5))
        #expect(Digest.of(Data("xabc".utf8).dropFirst(), .md5) == Digest.of("abc".utf8, .md5))
    }
}

@Suite("Comparison in constant time")
struct ConstantTimeTests {
    @Test(
        "It tells equal from different",
        arguments: [("", "", true), ("a", "a", true), ("a", "b", false), ("a", "aa", false), ("", "a", false)])
    func comparison(left: String, right: String, isEqual: Bool) {
        #expect(isEqualInConstantTime(Array(left.utf8), Array(right.utf8)) == isEqual)
        #expect(isEqualInConstantTime(Data(left.utf8), Array(right.utf8)) == isEqual)
    }
}

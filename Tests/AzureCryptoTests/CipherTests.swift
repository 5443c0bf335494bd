import AzureCrypto
import Foundation
import Testing

@Suite("Ciphers")
struct CipherTests {
    static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }

    @Test(
        "AES-GCM gives the answers of its specification",
        arguments: [
            ("00", "00", "", "530f8afbc74536b9a963b4f1c4cb738b"),
            ("00", "00", "00", "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
        ])
    func gcm(key: String, nonce: String, message: String, sealed: String) {
        let gcm = AESGCM(key: [UInt8](repeating: 0, count: 32))
        let message = Data(count: message.isEmpty ? 0 : 16)
        let result = gcm.seal(message, nonce: [UInt8](repeating: 0, count: 12))
        #expect(result.prefix(12) == Data(count: 12))
        #expect(Array(result.dropFirst(12)) == Self.bytes(sealed))
        #expect(gcm.open(result) == message)
        // What is opened may be a slice that does not begin at zero.
        #expect(gcm.open((Data([1, 2, 3]) + result).dropFirst(3)) == message)
    }

    @Test("AES-GCM opens nothing of which a single bit was changed, or that is too short")
    func gcmTampering() {
        let gcm = AESGCM(key: secureRandomBytes(32))
        let sealed = gcm.seal(Data("attack at dawn".utf8), nonce: secureRandomBytes(12))
        for bit in 0..<sealed.count * 8 {
            var changed = sealed
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(gcm.open(changed) == nil)
        }
        for count in 0..<sealed.count { #expect(gcm.open(sealed.prefix(count)) == nil) }
        #expect(AESGCM(key: secureRandomBytes(32)).open(sealed) == nil)
        #expect(gcm.open(sealed) == Data("attack at dawn".utf8))
    }

    @Test("AES-CBC gives the answers of SP 800-38A, also block by block")
    func cbc() {
        let cbc = AESCBC(key: Self.bytes("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"))
        let blocks = Data(
            Self.bytes(
                "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"
                    + "39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b"))
        let message = Self.bytes(
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710")
        #expect(Array(cbc.decrypt(blocks, vector: Data((0..<16).map { UInt8($0) }))) == message)
        #expect(Array(cbc.decrypt(blocks.dropFirst(32), vector: blocks[16..<32])) == message.suffix(32))
        #expect(cbc.decrypt(Data(), vector: Data(count: 16)).isEmpty)
    }

    @Test(
        "Key wrap gives the answers of RFC 3394",
        arguments: [
            (16, 16, "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5"),
            (24, 16, "96778b25ae6ca435f92b5b97c050aed2468ab8a17ad84e5d"),
            (32, 16, "64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7"),
            (32, 32, "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21"),
        ])
    func keyWrap(keySize: Int, contentSize: Int, wrapped: String) {
        let wrap = AESKeyWrap(key: (0..<keySize).map { UInt8($0) })
        let content = Self.bytes("00112233445566778899aabbccddeeff") + (0..<16).map { UInt8($0) }
        let key = Array(content.prefix(contentSize))
        #expect(wrap.wrap(key) == Self.bytes(wrapped))
        #expect(wrap.unwrap(Self.bytes(wrapped)) == key)
        for index in 0..<wrapped.count / 2 {
            var changed = Self.bytes(wrapped)
            changed[index] ^= 0x10
            #expect(wrap.unwrap(changed) == nil)
        }
    }

    @Test("Key wrap takes no keys of other lengths", arguments: [0, 8, 15, 17, 31])
    func keyWrapLengths(count: Int) {
        let wrap = AESKeyWrap(key: [UInt8](repeating: 1, count: 32))
        #expect(wrap.wrap([UInt8](repeating: 2, count: count)) == nil)
        #expect(wrap.unwrap([UInt8](repeating: 2, count: count)) == nil)
    }

    @Test("Random bytes differ, and keys have no printable form")
    func secrets() {
        #expect(secureRandomBytes(32) != secureRandomBytes(32))
        #expect(secureRandomBytes(0).isEmpty)
        let key = [UInt8](repeating: 171, count: 32)
        for text in [
            String(reflecting: AESGCM(key: key)), String(reflecting: AESCBC(key: key)),
            String(reflecting: AESKeyWrap(key: key)),
        ] {
            #expect(!text.contains("171"))
        }
    }
}

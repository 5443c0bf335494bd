import Foundation
import Testing

@testable import AzureCrypto

@Suite("CRC-64/NVME")
struct CRC64Tests {
    /// One bit after the other, as the definition has it.
    static func slow(_ bytes: [UInt8]) -> UInt64 {
        var state = UInt64.max
        for byte in bytes {
            state ^= UInt64(byte)
            for _ in 0..<8 { state = state & 1 == 1 ? state >> 1 ^ 0x9A6C_9329_AC4B_C9B5 : state >> 1 }
        }
        return ~state
    }

    static func bytes(_ count: Int) -> [UInt8] {
        var state: UInt64 = 42
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }

    @Test("has the values that others publish")
    func vectors() {
        #expect(CRC64(of: "123456789".utf8).value == 0xAE8B_1486_0A79_9888)
        #expect(CRC64().value == 0)
        #expect(CRC64(of: [UInt8](repeating: 0, count: 4096)).value == 0x6482_D367_EB22_B64E)
        #expect(CRC64(of: [UInt8](repeating: 0xFF, count: 4096)).value == 0xC0DD_BA73_02EC_A3AC)
        #expect(CRC64(of: "123456789".utf8).data == Data([0x88, 0x98, 0x79, 0x0A, 0x86, 0x14, 0x8B, 0xAE]))
    }

    @Test("is the same however it is computed, for every length and alignment")
    func paths() {
        let all = Self.bytes(700)
        for start in [0, 1, 3, 8] {
            for count in 0..<(all.count - 8) {
                let part = Array(all[start..<start + count])
                let expected = Self.slow(part)
                var portable = CRC64()
                portable.updatePortably(part)
                #expect(portable.value == expected, "\(count) bytes, portably")
                #expect(CRC64(of: all[start..<start + count]).value == expected, "\(count) bytes")
            }
        }
    }

    @Test("goes on piece by piece")
    func pieces() {
        let all = Self.bytes(100_000)
        let expected = CRC64(of: all)
        for size in [1, 7, 64, 127, 128, 4096, 99_999] {
            var checksum = CRC64()
            for start in stride(from: 0, to: all.count, by: size) {
                checksum.update(all[start..<min(start + size, all.count)])
            }
            #expect(checksum == expected)
        }
    }

    @Test("can be put together from checksums of the parts", arguments: [0, 1, 9, 100, 4096, 99_990, 100_000])
    func combined(split: Int) {
        let all = Self.bytes(100_000)
        var first = CRC64(of: all[..<split])
        first.append(CRC64(of: all[split...]), count: Int64(all.count - split))
        #expect(first == CRC64(of: all))
    }

    @Test("can be put together from parts of any size")
    func combinedFar() {
        // Zeros behind a text, a gibibyte at a time: the second factor is the square of the first.
        let gibibyte: Int64 = 1 << 30
        let text = CRC64(of: "a".utf8)
        var zeros = CRC64()
        let mebibyte = [UInt8](repeating: 0, count: 1 << 20)
        let part = CRC64(of: mebibyte)
        for _ in 0..<1024 { zeros.append(part, count: 1 << 20) }
        var twice = zeros
        twice.append(zeros, count: gibibyte)
        var (left, right) = (text, text)
        left.append(zeros, count: gibibyte)
        left.append(zeros, count: gibibyte)
        right.append(twice, count: 2 * gibibyte)
        #expect(left == right)
    }
}

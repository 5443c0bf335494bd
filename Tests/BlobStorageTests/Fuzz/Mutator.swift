import Foundation

/// Makes damaged copies of something right, the same ones in every run.
struct Mutator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func number(below limit: Int) -> Int {
        limit > 0 ? Int(next() % UInt64(limit)) : 0
    }

    /// What stands where limits are.
    private static let pieces: [[UInt8]] =
        [
            "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551615", "-1", "0",
            "+", "",
            "\u{0}", "\r\n", "<", ">", "&", "&#x0;", "&#1114111;", "]]>", "<![CDATA[", "<!--", "\"", "'", "=", ";",
            "--", "%",
            "%00", "é", "\u{FEFF}", "<a><a><a><a>", "NaN",
        ].map { Array($0.utf8) } + [
            [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0x80],
            [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
            [0, 0, 0, 0, 0, 0, 0, 0x80],
        ]

    /// A copy with one to four faults.
    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...number(below: 4) {
            let place = number(below: bytes.count + 1)
            let length = min(number(below: 1 + number(below: 40)), bytes.count - place)
            switch number(below: 8) {
            case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(number(below: 8))
            case 1 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: next())
            case 2: bytes.removeSubrange(place..<place + length)
            case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: number(below: bytes.count + 1))
            case 4: bytes.removeSubrange(place...)
            case 5: bytes.replaceSubrange(digits(in: bytes, from: place), with: Self.pieces[number(below: 5)])
            default: bytes.insert(contentsOf: Self.pieces[number(below: Self.pieces.count)], at: place)
            }
        }
        return bytes
    }

    /// The next number that stands there in digits.
    private func digits(in bytes: [UInt8], from place: Int) -> Range<Int> {
        let isDigit = { (byte: UInt8) in (48...57).contains(byte) }
        guard let start = bytes[place...].firstIndex(where: isDigit) else { return place..<place }
        return start..<(bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count)
    }

    mutating func damaged(_ text: String) -> String {
        String(decoding: damaged(Array(text.utf8)), as: UTF8.self)
    }
}

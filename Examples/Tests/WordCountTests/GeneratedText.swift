/// Texts made up from a seed.
enum GeneratedText {
    /// Short words of few letters among every white space, punctuation, marks, and look-alikes of white space.
    static func difficult(count: Int, seed: Int) -> [UInt8] {
        var random = SplitMix(state: UInt64(seed))
        let spaces =
            scalars(0x09...0x0D) + scalars(0x1C...0x20) + scalars(0x2000...0x200A)
            + "\u{85}\u{A0}\u{1680}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}".unicodeScalars
        let marks = scalars(0x21...0x2F) + scalars(0x3A...0x40) + scalars(0x5B...0x60) + scalars(0x7B...0x7E)
        let others = Array(
            "\u{FEFF}\u{301}\u{E9}\u{200B}\u{2424}\u{180E}\u{1F600}\u{0}“”…\u{212B}\u{C5}".unicodeScalars)
        let letters = Array("abeE".unicodeScalars)
        var text = String.UnicodeScalarView()
        for _ in 0..<count {
            let kind = random.next() % 20
            let source = kind < 9 ? letters : kind < 14 ? spaces : kind < 17 ? marks : others
            text.append(source.randomElement(using: &random) ?? " ")
            if kind == 13 { text.append(contentsOf: "\r\n".unicodeScalars) }
        }
        return Array(String(text).utf8)
    }

    /// Sentences of frequent and rare words, in lines.
    static func prose(bytes: Int, seed: Int) -> [UInt8] {
        var random = SplitMix(state: UInt64(seed))
        let ends = ["", "", "", "", ",", ".", "!\"", "; --"].map { Array($0.utf8) }
        let spaces = [" ", " ", " ", " ", "\n", "\r\n", "\u{A0}", "\u{2003}"].map { Array($0.utf8) }
        var text: [UInt8] = []
        while text.count < bytes {
            // The product of two numbers makes low ones frequent and high ones rare.
            let rank = (random.next() % 300) * (random.next() % 300)
            text += Array("w\(rank)é".utf8)
            text += ends[Int(random.next() % 8)]
            text += spaces[Int(random.next() % 8)]
        }
        return text
    }

    private static func scalars(_ range: ClosedRange<UInt32>) -> [Unicode.Scalar] {
        range.compactMap(Unicode.Scalar.init)
    }
}

/// The SplitMix64 generator, so that a seed gives the same text everywhere.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

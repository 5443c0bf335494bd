#if DEBUG
import AzureTesting

/// Makes inputs for a target out of its seeds and corpus: the same for the same seed.
package struct SeededMutations: Sendable {
    /// The most bytes of an input.
    private static let maxSize = 16 * 1024

    /// Numbers at which arithmetic, conversions and limits end, and texts that are none.
    static let hostileNumbers = [
        "0", "-1", "1", "00", "+1", "-0", "1e9", "0x10", "NaN", "inf", "1.5", "", "255", "256", "65535", "65536",
        "2147483647",
        "2147483648", "-2147483648", "4294967295", "4294967296", "9007199254740993", "9223372036854775806",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551615",
        "18446744073709551616", "99999999999999999999999999999999999999", "1e308", "1e309", "-1e309", "0.1e-400",
        "8796093022208", "999999999",
    ]

    private let bases: [[UInt8]]
    private let words: [[UInt8]]
    private var random: SeededGenerator

    /// - Parameters:
    ///   - target: Whose seeds and words are used.
    ///   - corpus: More inputs to begin with.
    ///   - seed: What all choices follow from.
    package init(_ target: FuzzTarget, corpus: [[UInt8]] = [], seed: UInt64) {
        bases = target.seeds + corpus
        words = (target.words + Self.hostileNumbers).map { Array($0.utf8) }
        random = SeededGenerator(seed: seed)
    }

    /// The next input.
    package mutating func next() -> [UInt8] {
        var input = bases.randomElement(using: &random) ?? []
        for _ in 0...random.number(below: 5) { mutate(&input) }
        return Array(input.prefix(Self.maxSize))
    }

    private mutating func mutate(_ input: inout [UInt8]) {
        switch random.number(below: 12) {
        case 0: replaceByte(&input)
        case 1: input.insert(UInt8.random(in: .min ... .max, using: &random), at: place(in: input))
        case 2: input.removeSubrange(piece(of: input))
        case 3, 4: replaceNumber(&input)
        case 5, 6: input.insert(contentsOf: words.randomElement(using: &random) ?? [], at: place(in: input))
        case 7: input.replaceSubrange(piece(of: input), with: words.randomElement(using: &random) ?? [])
        case 8: input.insert(contentsOf: input[piece(of: input)], at: place(in: input))
        case 9: splice(&input)
        case 10: repeatPiece(&input)
        default: input = Array(input.prefix(place(in: input)))
        }
    }

    private mutating func place(in input: [UInt8]) -> Int {
        random.number(below: input.count + 1)
    }

    private mutating func piece(of input: [UInt8]) -> Range<Int> {
        let start = place(in: input)
        // Mostly short, sometimes all of the rest.
        let longest = random.number(below: 8) == 0 ? input.count : 16
        return start..<min(input.count, start + random.number(below: longest + 1))
    }

    private mutating func replaceByte(_ input: inout [UInt8]) {
        guard !input.isEmpty else { return }
        let index = random.number(below: input.count)
        input[index] =
            random.number(below: 2) == 0
            ? input[index] ^ (1 << UInt8(random.number(below: 8))) : UInt8.random(in: .min ... .max, using: &random)
    }

    /// Puts a hostile number in the place of one of the numbers.
    private mutating func replaceNumber(_ input: inout [UInt8]) {
        let isDigit: (UInt8) -> Bool = { (48...57).contains($0) }
        var numbers: [Range<Int>] = []
        var index = 0
        while index < input.count {
            let digits = input[index...].prefix(while: isDigit)
            if !digits.isEmpty { numbers.append(digits.startIndex..<digits.endIndex) }
            index = max(index + 1, digits.endIndex)
        }
        guard let number = numbers.randomElement(using: &random) else { return }
        input.replaceSubrange(number, with: (Self.hostileNumbers.randomElement(using: &random) ?? "").utf8)
    }

    /// Goes on with the end of another input.
    private mutating func splice(_ input: inout [UInt8]) {
        let other = bases.randomElement(using: &random) ?? []
        input = Array(input.prefix(place(in: input))) + other.dropFirst(place(in: other))
    }

    /// Writes a piece many times, which shows what takes more than its share of time or depth.
    private mutating func repeatPiece(_ input: inout [UInt8]) {
        let piece = piece(of: input)
        let text = Array(input[piece])
        guard !text.isEmpty else { return }
        let times = min(1 << random.number(below: 10), Self.maxSize / text.count)
        input.insert(contentsOf: Array(repeatElement(text, count: times).joined()), at: piece.upperBound)
    }
}

extension SeededGenerator {
    /// A number from 0 to one less than the bound, which is at least 1.
    fileprivate mutating func number(below bound: Int) -> Int {
        Int.random(in: 0..<bound, using: &self)
    }
}
#endif

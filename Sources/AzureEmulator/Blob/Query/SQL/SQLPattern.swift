/// A pattern of LIKE: `%` stands for any text, `_` for any character.
///
/// What stands between two `%` is looked for with a bit for each of its characters, all of which move at once: the time
/// grows with the length of the text, whatever the pattern repeats.
struct SQLPattern: Sendable {
    /// The most characters of a pattern.
    static let maxLength = 8000

    /// A part without `%`; nil stands for any character.
    private typealias Part = [Character?]

    private var parts: [Part] = [[]]

    /// - Parameter escape: What takes the meaning of the character behind it.
    /// - Throws: A ``QueryError`` when the pattern is too long.
    init(_ text: String, escape: Character?) throws {
        guard text.count <= Self.maxLength else {
            throw QueryError(
                name: "InvalidPattern", description: "A pattern of LIKE has more than \(Self.maxLength) characters.")
        }
        var isEscaped = false
        for character in text {
            if isEscaped || character != escape && character != "%" {
                parts[parts.count - 1].append(character == "_" && !isEscaped ? nil : .some(character))
                isEscaped = false
            } else if character == escape {
                isEscaped = true
            } else {
                parts.append([])
            }
        }
    }

    /// - Throws: `CancellationError`.
    func matches(_ text: String) throws -> Bool {
        let characters = Array(text)
        let (first, last) = (parts[0], parts[parts.count - 1])
        guard parts.count > 1 else { return first.count == characters.count && Self.fits(first, characters[...]) }
        guard first.count + last.count <= characters.count, Self.fits(first, characters[...]),
            Self.fits(last, characters.suffix(last.count))
        else { return false }
        var rest = characters[first.count..<(characters.count - last.count)]
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let end = try Self.end(of: part, in: rest) else { return false }
            rest = rest[end...]
        }
        return true
    }

    private static func fits(_ part: Part, _ text: ArraySlice<Character>) -> Bool {
        zip(part, text).allSatisfy { $0 == nil || $0 == $1 }
    }

    /// Where the first occurrence of a part is over; nil when there is none.
    private static func end(of part: Part, in text: ArraySlice<Character>) throws -> Int? {
        let words = (part.count + 63) / 64
        var anywhere = [UInt64](repeating: 0, count: words)
        var places: [Character: [UInt64]] = [:]
        for (index, character) in part.enumerated() {
            let bit = UInt64(1) << UInt64(index % 64)
            if let character {
                places[character, default: [UInt64](repeating: 0, count: words)][index / 64] |= bit
            } else {
                anywhere[index / 64] |= bit
            }
        }
        let done = UInt64(1) << UInt64((part.count - 1) % 64)
        // A bit is set where the text up to here ends with the part up to that bit.
        var state = [UInt64](repeating: 0, count: words)
        for (count, index) in text.indices.enumerated() {
            if count % 4096 == 0 { try Task.checkCancellation() }
            let place = places[text[index]]
            var carry: UInt64 = 1
            for word in 0..<words {
                let moved = state[word] << 1 | carry
                carry = state[word] >> 63
                state[word] = moved & ((place?[word] ?? 0) | anywhere[word])
            }
            if state[words - 1] & done != 0 { return index + 1 }
        }
        return nil
    }
}

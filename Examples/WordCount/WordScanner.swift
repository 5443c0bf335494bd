/// Cuts a text in UTF-8 into words at white space, and strips ASCII punctuation from both ends of each.
///
/// It works on bytes, since white space and punctuation can be told from the bytes of valid UTF-8. What is white space
/// is what Python's `str.split()` takes for it: U+0009–000D, 001C–0020, 0085, 00A0, 1680, 2000–200A, 2028, 2029, 202F,
/// 205F and 3000.
struct WordScanner {
    private let text: [UInt8]
    private var position = 0

    init(_ text: [UInt8]) {
        self.text = text
    }

    /// The next word, which is empty if there was nothing but punctuation; nil at the end of the text.
    mutating func next() -> ArraySlice<UInt8>? {
        while position < text.count {
            let length = whiteSpaceLength(at: position)
            if length == 0 { break }
            position += length
        }
        guard position < text.count else { return nil }
        let start = position
        while position < text.count, whiteSpaceLength(at: position) == 0 { position += 1 }
        return stripped(start, position)
    }

    private func stripped(_ start: Int, _ end: Int) -> ArraySlice<UInt8> {
        var (start, end) = (start, end)
        while start < end, Self.isPunctuation(text[start]) { start += 1 }
        while start < end, Self.isPunctuation(text[end - 1]) { end -= 1 }
        return text[start..<end]
    }

    /// The number of bytes of the white space that begins here; 0 if none does.
    private func whiteSpaceLength(at index: Int) -> Int {
        let first = text[index]
        switch first {
        case 0x09...0x0D, 0x1C...0x20: return 1
        // Most bytes are letters, so they are out of the way first; what follows are the lead bytes of white space.
        case ..<0xC2: return 0
        case 0xC2: return text[index + 1] == 0x85 || text[index + 1] == 0xA0 ? 2 : 0
        case 0xE1...0xE3:
            let last = text[index + 2]
            return switch (first, text[index + 1]) {
            case (0xE1, 0x9A): last == 0x80 ? 3 : 0
            case (0xE2, 0x80): last <= 0x8A || last == 0xA8 || last == 0xA9 || last == 0xAF ? 3 : 0
            case (0xE2, 0x81): last == 0x9F ? 3 : 0
            case (0xE3, 0x80): last == 0x80 ? 3 : 0
            default: 0
            }
        default: return 0
        }
    }

    /// Whether a byte is one of Python's `string.punctuation`: every printable ASCII character that is neither a letter
    /// nor a digit nor the space.
    private static func isPunctuation(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }
}

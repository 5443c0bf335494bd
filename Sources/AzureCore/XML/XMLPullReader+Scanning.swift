// The smallest steps through the bytes.

extension XMLPullReader {
    mutating func readName(_ document: UnsafeBufferPointer<UInt8>) throws -> Range<Int> {
        let start = position
        var index = start
        var union: UInt8 = 0
        while index < document.count, document[index].isXMLName {
            union |= document[index]
            index += 1
        }
        position = index
        guard index > start, document[start].isXMLNameStart else {
            throw index < document.count ? error("a name is missing or not well formed") : endedTooEarly
        }
        if union >= 0x80 { try checkName(document, start..<index) }
        return start..<index
    }

    /// Makes sure that a name with characters beyond ASCII is one.
    private func checkName(_ document: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) throws {
        let scalars = String(decoding: document[range], as: UTF8.self).unicodeScalars
        guard let first = scalars.first, first.isXMLNameStart, scalars.allSatisfy(\.isXMLName) else {
            throw error("a name has a character that no name can have", at: range.lowerBound)
        }
    }

    mutating func skipSpace(_ document: UnsafeBufferPointer<UInt8>) {
        while position < document.count, document[position].isXMLSpace { position += 1 }
    }

    /// Takes this byte, or throws.
    mutating func skip(_ byte: UInt8, _ document: UnsafeBufferPointer<UInt8>, or reason: String) throws {
        guard position < document.count else { throw endedTooEarly }
        guard document[position] == byte else { throw error(reason) }
        position += 1
    }

    func matches(_ pattern: StaticString, _ document: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        let count = pattern.utf8CodeUnitCount
        guard document.count - index >= count else { return false }
        for offset in 0..<count where document[index + offset] != pattern.utf8Start[offset] { return false }
        return true
    }

    /// Where a pattern stands next; all characters up to it are checked.
    func find(_ pattern: StaticString, _ document: UnsafeBufferPointer<UInt8>, from start: Int) throws -> Int {
        var index = start
        while index < document.count {
            if document[index] == pattern.utf8Start[0], matches(pattern, document, at: index) { return index }
            try checkCharacter(document, at: index)
            index += 1
        }
        throw endedTooEarly
    }

    /// Makes sure that a character is one that XML 1.0 can hold. The bytes are known to be UTF-8.
    func checkCharacter(_ document: UnsafeBufferPointer<UInt8>, at index: Int) throws {
        let byte = document[index]
        if byte < 0x20 {
            guard byte.isXMLSpace else { throw error("it has a control character", at: index) }
        } else if byte == 0xEF, document[index + 1] == 0xBF, document[index + 2] >= 0xBE {
            throw error("it has U+FFFE or U+FFFF, which are no characters", at: index)
        }
    }

    /// The character that a reference stands for, and where the reference ends.
    func reference(
        _ document: UnsafeBufferPointer<UInt8>, at start: Int
    ) throws -> (scalar: Unicode.Scalar, end: Int) {
        if matches("&lt;", document, at: start) { return ("<", start + 4) }
        if matches("&gt;", document, at: start) { return (">", start + 4) }
        if matches("&amp;", document, at: start) { return ("&", start + 5) }
        if matches("&quot;", document, at: start) { return ("\"", start + 6) }
        if matches("&apos;", document, at: start) { return ("'", start + 6) }
        guard matches("&#", document, at: start) else {
            throw error("an entity other than the five of XML is named, or '&' stands alone", at: start)
        }
        let isHex = matches("x", document, at: start + 2)
        let radix: UInt32 = isHex ? 16 : 10
        let first = start + (isHex ? 3 : 2)
        var index = first
        var value: UInt32 = 0
        while index < document.count, let digit = Character(Unicode.Scalar(document[index])).hexDigitValue,
            digit < radix
        {
            // Beyond the last character it makes no difference how far.
            value = min(value * radix + UInt32(digit), 0x110000)
            index += 1
        }
        guard index > first, matches(";", document, at: index), let scalar = Unicode.Scalar(value), scalar.isXML else {
            throw error("a character reference is not well formed or stands for no character", at: start)
        }
        return (scalar, index + 1)
    }
}

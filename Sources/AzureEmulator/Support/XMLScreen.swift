import struct Foundation.Data

/// Looks at the bytes of an XML document once, for what a parser should not even begin to read: a document type, whose
/// entities can be made to explode, another encoding than UTF-8, in which such a one could hide, a great many levels, or
/// attributes of one tag, which cost their square, more tags than any request needs, and instructions.
enum XMLScreen {
    private static let maxAttributes = 64
    private static let maxDepth = 64
    private static let maxTags = 250_000

    static func passes(_ data: Data) -> Bool {
        let bytes = [UInt8](data)
        // Whatever is in two or four bytes a character has zeros. Foundation's parser ends the process when a name or a
        // value is not UTF-8.
        guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else { return false }
        var position = 0
        var depth = 0
        var tags = 0
        while position < bytes.count {
            guard let open = bytes[position...].firstIndex(of: UInt8(ascii: "<")) else { return true }
            tags += 1
            guard tags <= maxTags else { return false }
            if bytes[open...].starts(with: "<!--".utf8) {
                guard let next = end(of: "-->", in: bytes, from: open + 4) else { return false }
                position = next
            } else if bytes[open...].starts(with: "<![CDATA[".utf8) {
                guard let next = end(of: "]]>", in: bytes, from: open + 9) else { return false }
                position = next
            } else if bytes[open...].starts(with: "<!".utf8) {
                return false
            } else if bytes[open...].starts(with: "<?".utf8) {
                guard let next = end(of: "?>", in: bytes, from: open + 2), isDeclaration(bytes[open..<next]) else {
                    return false
                }
                position = next
            } else {
                guard let next = endOfTag(in: bytes, from: open + 1) else { return false }
                position = next
                if bytes[open...].starts(with: "</".utf8) {
                    depth -= 1
                } else if !bytes[..<next].suffix(2).elementsEqual("/>".utf8) {
                    depth += 1
                    guard depth <= maxDepth else { return false }
                }
            }
        }
        return true
    }

    /// Where the text goes on behind a terminator; nil when there is none.
    private static func end(of terminator: StaticString, in bytes: [UInt8], from start: Int) -> Int? {
        terminator.withUTF8Buffer { terminator in
            // The last byte is the rarest: what comes before it is looked at only there.
            var position = start + terminator.count - 1
            while position < bytes.count, let last = bytes[position...].firstIndex(of: terminator[terminator.count - 1])
            {
                if bytes[...last].suffix(terminator.count).elementsEqual(terminator) { return last + 1 }
                position = last + 1
            }
            return nil
        }
    }

    /// Whether an instruction is the declaration of XML, and declares no other encoding than UTF-8. No request needs
    /// another one, and Foundation's parser ends the process at one without data.
    private static func isDeclaration(_ instruction: ArraySlice<UInt8>) -> Bool {
        guard instruction.starts(with: "<?xml ".utf8) else { return false }
        let text = String(decoding: instruction.prefix(256), as: UTF8.self).lowercased()
        guard let name = text.firstRange(of: "encoding") else { return true }
        let value = text[name.upperBound...].drop { " \t\r\n=\"'".contains($0) }
        return value.hasPrefix("utf-8") || value.hasPrefix("us-ascii")
    }

    /// Where the text goes on behind a tag; nil when the tag does not end, or has too many attributes.
    private static func endOfTag(in bytes: [UInt8], from start: Int) -> Int? {
        var quote: UInt8?
        var attributes = 0
        for position in start..<bytes.count {
            let byte = bytes[position]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
                attributes += 1
                if attributes > maxAttributes { return nil }
            } else if byte == UInt8(ascii: ">") {
                return position + 1
            }
        }
        return nil
    }
}

extension XMLPullReader {
    static let startOfComment = Array("<!--".utf8)
    static let endOfComment = Array("--".utf8)
    static let startOfCData = Array("<![CDATA[".utf8)
    static let endOfCData = Array("]]>".utf8)
    static let endOfInstruction = Array("?>".utf8)

    /// The characters that a range of bytes stands for: references replaced, line ends made one, and in attributes
    /// white space made spaces.
    func decoded(_ range: Range<Int>, hasReferences: Bool, isAttribute: Bool = false) throws -> [UInt8] {
        try checkCharacters(range)
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "&") where hasReferences:
                guard let end = bytes[index..<min(range.upperBound, index + 12)].firstIndex(of: UInt8(ascii: ";"))
                else { throw error("a reference has no end", at: index) }
                result += try reference(index..<end)
                index = end + 1
            case UInt8(ascii: "\r"):
                if index < range.upperBound, bytes[index] == UInt8(ascii: "\n") { index += 1 }
                result.append(isAttribute ? UInt8(ascii: " ") : UInt8(ascii: "\n"))
            case UInt8(ascii: "\n"), UInt8(ascii: "\t"): result.append(isAttribute ? UInt8(ascii: " ") : byte)
            default: result.append(byte)
            }
        }
        return result
    }

    /// The bytes of the character that a reference stands for.
    private func reference(_ range: Range<Int>) throws -> [UInt8] {
        let name = String(decoding: bytes[range], as: UTF8.self)
        switch name {
        case "lt": return [UInt8(ascii: "<")]
        case "gt": return [UInt8(ascii: ">")]
        case "amp": return [UInt8(ascii: "&")]
        case "quot": return [UInt8(ascii: "\"")]
        case "apos": return [UInt8(ascii: "'")]
        default: break
        }
        let isHex = name.hasPrefix("#x")
        let digits = name.dropFirst(isHex ? 2 : 1)
        guard name.hasPrefix("#"), digits.utf8.first != UInt8(ascii: "+"), digits.utf8.first != UInt8(ascii: "-"),
            let value = UInt32(digits, radix: isHex ? 16 : 10), let scalar = Unicode.Scalar(value), scalar.isXML
        else { throw error("'&\(name);' is no reference that is known", at: range.lowerBound) }
        return Array(String(Character(scalar)).utf8)
    }

    /// Makes sure that a range has no character that XML 1.0 cannot hold. The bytes are known to be UTF-8.
    func checkCharacters(_ range: Range<Int>) throws {
        for index in range where bytes[index] < 0x20 || bytes[index] == 0xEF {
            let byte = bytes[index]
            if byte < 0x20, !byte.isXMLSpace { throw error("it has a control character", at: index) }
            if byte == 0xEF, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE {
                throw error("it has a character that is none", at: index)
            }
        }
    }

    /// Where a pattern stands next.
    func find(_ pattern: [UInt8], from start: Int) -> Int? {
        var index = start
        while let found = bytes[min(index, bytes.count)...].firstIndex(of: pattern[0]) {
            if bytes[found...].starts(with: pattern) { return found }
            index = found + 1
        }
        return nil
    }

    /// What is wrong with the document, and where.
    func error(_ reason: String, at index: Int? = nil) -> AzureError {
        AzureError(
            code: .invalidResponse,
            message: "The XML document cannot be read: \(reason) (at byte \(index ?? position) of \(bytes.count)).")
    }
}

extension UInt8 {
    var isXMLSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }

    /// Whether the byte can stand in a text as it is, with no further look at it.
    var isPlainXMLText: Bool {
        self >= 0x20
            ? self != UInt8(ascii: "&") && self != UInt8(ascii: ">") && self != 0xEF : self == 0x0A || self == 0x09
    }

    /// Whether the byte can begin a name. Names beyond ASCII are let through; the services have none.
    var isXMLNameStart: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: ":"), 0x80...0xFF:
            true
        default: false
        }
    }

    /// Whether the byte can stand in a name.
    var isXMLName: Bool {
        isXMLNameStart || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || self == UInt8(ascii: "-")
            || self == UInt8(ascii: ".")
    }
}

extension Unicode.Scalar {
    /// Whether XML 1.0 can hold the character.
    var isXML: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}

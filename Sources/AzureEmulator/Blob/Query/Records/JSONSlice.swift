import struct Foundation.Data

/// A value of JSON as its text without white space, so that the order of members and the digits of numbers stay as they
/// were written.
struct JSONSlice: Sendable, Hashable {
    let bytes: [UInt8]

    /// Takes the text of a value.
    ///
    /// - Throws: A ``JSONSyntaxError`` when it is not JSON.
    init(_ text: some Sequence<UInt8>) throws {
        let data = Data(text)
        _ = try JSONValue(parsing: data)
        bytes = Self.compacted(data)
    }

    /// Takes text that is part of a value.
    private init(trusted bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    private static func compacted(_ text: Data) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var isInString = false
        var isEscaped = false
        for byte in text {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains(byte) {
                continue
            }
            result.append(byte)
        }
        return result
    }

    var isObject: Bool { bytes.first == UInt8(ascii: "{") }
    var isArray: Bool { bytes.first == UInt8(ascii: "[") }

    /// The names and values of an object, in order; empty for any other value.
    var members: [(name: String, value: JSONSlice)] {
        guard isObject else { return [] }
        return parts.compactMap { part in
            let end = Self.endOfString(bytes, from: part.lowerBound)
            let name = JSONSlice(trusted: bytes[part.lowerBound..<end]).value.text
            return (name, JSONSlice(trusted: bytes[(end + 1)..<part.upperBound]))
        }
    }

    /// The values of a list; empty for any other value.
    var elements: [JSONSlice] {
        isArray ? parts.map { JSONSlice(trusted: bytes[$0]) } : []
    }

    /// What stands between the commas of an object or a list.
    private var parts: [Range<Int>] {
        guard bytes.count > 2 else { return [] }
        var parts: [Range<Int>] = []
        var (start, position, depth) = (1, 1, 0)
        while position < bytes.count - 1 {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position = Self.endOfString(bytes, from: position)
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ",") where depth == 0:
                parts.append(start..<position)
                start = position + 1
            default: break
            }
            position += 1
        }
        return parts + [start..<bytes.count - 1]
    }

    /// Where a string that begins at a position is over.
    private static func endOfString(_ bytes: [UInt8], from start: Int) -> Int {
        var position = start + 1
        while bytes[position] != UInt8(ascii: "\"") { position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1 }
        return position + 1
    }

    /// The value in the language of queries.
    var value: SQLValue {
        if isObject || isArray { return .json(self) }
        switch try? JSONValue(parsing: Data(bytes)) {
        case .bool(let flag)?: return .bool(flag)
        case .integer(let value)?: return .integer(value)
        case .number(let value)?: return .number(value)
        case .string(let text)?: return .string(text)
        default: return .null
        }
    }

    /// The values that steps lead to.
    func values(at path: some Collection<SQLPathStep>) -> [JSONSlice] {
        guard let step = path.first else { return [self] }
        let next: [JSONSlice] =
            switch step {
            case .member(let name, let isQuoted): member(name, isQuoted: isQuoted).map { [$0] } ?? []
            case .element(let index): elements.indices.contains(index) ? [elements[index]] : []
            case .elements: elements
            }
        return next.flatMap { $0.values(at: path.dropFirst()) }
    }

    /// A member of an object. Without quotation marks, the case of its name does not count.
    private func member(_ name: String, isQuoted: Bool) -> JSONSlice? {
        let members = members
        let exact = members.last { $0.name == name }
        if isQuoted || exact != nil { return exact?.value }
        return members.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

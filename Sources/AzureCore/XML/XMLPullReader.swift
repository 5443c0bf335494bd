package import struct Foundation.Data

/// Reads an XML document event by event, straight from its bytes.
///
/// It knows what the services send and no more: elements, attributes, text, CDATA, comments, processing instructions,
/// the five entities and character references, UTF-8. A document type declaration is refused, so that no entity can
/// be declared; depth and number of attributes are limited. Names and texts become strings only when asked for.
package struct XMLPullReader {
    /// A step through the document.
    package enum Event: Sendable, Hashable {
        /// An element begins; its name and attributes can be asked for.
        case start
        /// Text inside an element; it can be asked for. Text between elements comes too, white space included.
        case text
        /// An element ends.
        case end
        /// The document ends.
        case endOfDocument
    }

    /// How the bytes of a text become its characters.
    private enum TextKind {
        /// They are its characters.
        case plain
        /// They have references or line ends to be decoded.
        case encoded
        /// They have line ends to be decoded, but no references.
        case cdata
    }

    /// How deep elements may be nested.
    package static let maxDepth = 64
    /// How many attributes an element may have.
    package static let maxAttributes = 64

    let bytes: [UInt8]
    private(set) var position = 0
    /// Where the names of the open elements stand.
    private var open: [Range<Int>] = []
    private var name: Range<Int> = 0..<0
    private var attributeRange: Range<Int> = 0..<0
    private var textRange: Range<Int> = 0..<0
    private var textKind = TextKind.plain
    private var isEmptyElement = false
    private var hasRoot = false

    /// Begins to read.
    ///
    /// - Parameter document: The document, in UTF-8.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidResponse`` when it is not UTF-8.
    package init(_ document: Data) throws {
        try self.init(Array(document))
    }

    package init(_ document: [UInt8]) throws {
        bytes = document
        guard String(validating: bytes, as: UTF8.self) != nil else { throw error("it is not UTF-8") }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// How many elements are open.
    package var depth: Int { open.count }

    // MARK: What the last event brought

    /// The name of the element that just began, or just ended.
    package var elementName: String { String(decoding: bytes[name], as: UTF8.self) }

    /// Whether the element that just began, or just ended, has this name.
    package func isElement(_ expected: StaticString) -> Bool {
        guard name.count == expected.utf8CodeUnitCount else { return false }
        return bytes.withUnsafeBufferPointer { buffer in
            for (offset, index) in name.enumerated() where buffer[index] != expected.utf8Start[offset] {
                return false
            }
            return true
        }
    }

    /// The text.
    package func text() throws -> String {
        guard textKind != .plain else { return String(decoding: bytes[textRange], as: UTF8.self) }
        return String(decoding: try decoded(textRange, hasReferences: textKind == .encoded), as: UTF8.self)
    }

    /// The attributes of the element that just began.
    package func attributes() throws -> [(name: String, value: String)] {
        var result: [(String, String)] = []
        try forEachAttribute { name, value in
            result.append(
                (
                    String(decoding: bytes[name], as: UTF8.self),
                    String(decoding: try decoded(value, hasReferences: true, isAttribute: true), as: UTF8.self)
                ))
        }
        return result
    }

    // MARK: Steps

    /// Goes one step on.
    ///
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidResponse`` when the document is not well formed, or
    ///   ends too early.
    package mutating func next() throws -> Event {
        if isEmptyElement {
            isEmptyElement = false
            name = open.removeLast()
            return .end
        }
        while true {
            guard position < bytes.count else {
                guard open.isEmpty, hasRoot else { throw error("it ends too early") }
                return .endOfDocument
            }
            if bytes[position] != UInt8(ascii: "<") {
                if try readText() { return .text }
                continue
            }
            guard position + 1 < bytes.count else { throw error("it ends too early") }
            switch bytes[position + 1] {
            case UInt8(ascii: "?"): try skipInstruction()
            case UInt8(ascii: "!"): if try readDeclaration() { return .text }
            case UInt8(ascii: "/"): return try readEnd()
            default: return try readStart()
            }
        }
    }

    /// Reads the text of the element that just began, up to its end; elements inside it are an error.
    package mutating func readElementText() throws -> String {
        var result = ""
        while true {
            switch try next() {
            case .text: result += try text()
            case .end: return result
            case .start: throw error("'\(elementName)' stands where text is expected")
            case .endOfDocument: throw error("it ends too early")
            }
        }
    }

    /// Goes to the end of the element that just began.
    package mutating func skipElement() throws {
        let outer = depth - 1
        while depth > outer || isEmptyElement {
            if try next() == .endOfDocument { throw error("it ends too early") }
        }
    }

    // MARK: Parts

    private mutating func readText() throws -> Bool {
        let start = position
        var isPlain = true
        bytes.withUnsafeBufferPointer { buffer in
            var index = start
            while index < buffer.count, buffer[index] != UInt8(ascii: "<") {
                if !buffer[index].isPlainXMLText { isPlain = false }
                index += 1
            }
            position = index
        }
        textRange = start..<position
        textKind = isPlain ? .plain : .encoded
        guard open.isEmpty else {
            if !isPlain { try checkText(textRange) }
            return true
        }
        guard bytes[textRange].allSatisfy(\.isXMLSpace) else { throw error("text stands outside its root", at: start) }
        return false
    }

    private func checkText(_ range: Range<Int>) throws {
        _ = try decoded(range, hasReferences: true)
        let text = bytes[range]
        for index in text.indices.dropLast(2) where text[index...].starts(with: Self.endOfCData) {
            throw error("']]>' stands in a text", at: index)
        }
    }

    private mutating func readStart() throws -> Event {
        guard !open.isEmpty || !hasRoot else { throw error("it has a second root") }
        guard open.count < Self.maxDepth else { throw error("it is nested deeper than \(Self.maxDepth) elements") }
        position += 1
        name = try readName()
        let start = position
        isEmptyElement = try skipAttributes()
        attributeRange = start..<position - (isEmptyElement ? 2 : 1)
        var count = 0
        var names: [ArraySlice<UInt8>] = []
        try forEachAttribute { name, value in
            count += 1
            guard count <= Self.maxAttributes else {
                throw error("an element has more than \(Self.maxAttributes) attributes")
            }
            guard !names.contains(bytes[name]) else { throw error("an attribute stands twice", at: name.lowerBound) }
            names.append(bytes[name])
            _ = try decoded(value, hasReferences: true, isAttribute: true)
        }
        open.append(name)
        hasRoot = true
        return .start
    }

    private mutating func readEnd() throws -> Event {
        position += 2
        name = try readName()
        skipSpace()
        guard position < bytes.count else { throw error("it ends too early") }
        guard bytes[position] == UInt8(ascii: ">") else { throw error("an end tag is not closed") }
        position += 1
        guard let start = open.popLast(), bytes[start].elementsEqual(bytes[name]) else {
            throw error("'</\(elementName)>' does not end the open element")
        }
        return .end
    }

    /// To the end of a start tag; whether the element is empty.
    private mutating func skipAttributes() throws -> Bool {
        var quote: UInt8?
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if let open = quote {
                if byte == open { quote = nil }
                if byte == UInt8(ascii: "<") { throw error("'<' stands in an attribute") }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return bytes[position - 2] == UInt8(ascii: "/")
            } else if byte == UInt8(ascii: "<") {
                throw error("a start tag is not closed")
            }
        }
        throw error("it ends too early")
    }

    private func forEachAttribute(_ body: (Range<Int>, Range<Int>) throws -> Void) throws {
        var index = attributeRange.lowerBound
        let end = attributeRange.upperBound
        while true {
            let start = index
            while index < end, bytes[index].isXMLSpace { index += 1 }
            guard index < end else { return }
            guard index > start else { throw error("white space is missing before an attribute", at: index) }
            let nameStart = index
            while index < end, bytes[index].isXMLName { index += 1 }
            let name = nameStart..<index
            guard !name.isEmpty, bytes[nameStart].isXMLNameStart else {
                throw error("an attribute has no name", at: index)
            }
            while index < end, bytes[index].isXMLSpace { index += 1 }
            guard index < end, bytes[index] == UInt8(ascii: "=") else {
                throw error("an attribute has no value", at: index)
            }
            index += 1
            while index < end, bytes[index].isXMLSpace { index += 1 }
            guard index < end, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'"),
                let close = bytes[(index + 1)..<end].firstIndex(of: bytes[index])
            else { throw error("the value of an attribute is not quoted", at: index) }
            try body(name, index + 1..<close)
            index = close + 1
        }
    }

    private mutating func readName() throws -> Range<Int> {
        let start = position
        while position < bytes.count, bytes[position].isXMLName { position += 1 }
        guard position > start, bytes[start].isXMLNameStart else {
            throw error(position < bytes.count ? "an element has no name" : "it ends too early")
        }
        return start..<position
    }

    private mutating func skipSpace() {
        while position < bytes.count, bytes[position].isXMLSpace { position += 1 }
    }

    /// A comment is skipped, CDATA is a text, everything else is refused.
    private mutating func readDeclaration() throws -> Bool {
        if bytes[position...].starts(with: Self.startOfComment) {
            let start = position + Self.startOfComment.count
            guard let end = find(Self.endOfComment, from: start) else { throw error("it ends too early") }
            guard end + 2 < bytes.count else { throw error("it ends too early") }
            guard bytes[end + 2] == UInt8(ascii: ">") else { throw error("'--' stands in a comment", at: end) }
            try checkCharacters(start..<end)
            position = end + 3
            return false
        }
        guard bytes[position...].starts(with: Self.startOfCData) else {
            throw error("it has a document type declaration, which is never accepted, or is not well formed")
        }
        guard !open.isEmpty else { throw error("text stands outside its root") }
        let start = position + Self.startOfCData.count
        guard let end = find(Self.endOfCData, from: start) else { throw error("it ends too early") }
        try checkCharacters(start..<end)
        textRange = start..<end
        textKind = .cdata
        position = end + Self.endOfCData.count
        return true
    }

    private mutating func skipInstruction() throws {
        guard let end = find(Self.endOfInstruction, from: position + 2) else { throw error("it ends too early") }
        try checkCharacters(position..<end)
        position = end + 2
    }
}

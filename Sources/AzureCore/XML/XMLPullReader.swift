package import struct Foundation.Data

/// Reads an XML document event by event, straight from its bytes.
///
/// It knows what the services send and no more: elements, attributes, text, CDATA, comments, processing instructions,
/// the five entities and character references, UTF-8. A document type declaration is refused, so that no entity can
/// be declared and nothing outside the document is ever looked at; size, depth and number of attributes are limited.
/// Prefixes of namespaces are part of the names. Names and texts become strings only when asked for.
package struct XMLPullReader {
    /// A step through the document.
    package enum Event: Sendable, Hashable {
        /// An element begins; its name and attributes can be asked for.
        case start
        /// Text inside an element; it can be asked for. Text between elements comes too, white space included, and
        /// CDATA, comments and instructions divide a text into several.
        case text
        /// An element ends.
        case end
        /// The document ends.
        case endOfDocument
    }

    /// How the bytes of a text become its characters.
    enum TextKind {
        /// They are its characters.
        case plain
        /// They have references or line ends to be decoded.
        case encoded
        /// They have line ends to be decoded, but no references.
        case cdata
    }

    /// Where an attribute of the element that just began stands.
    struct Attribute {
        var name: Range<Int>
        var value: Range<Int>
    }

    /// How deep elements may be nested, unless the caller says otherwise.
    package static let maxDepth = 64
    /// How many attributes an element may have.
    package static let maxAttributes = 64

    /// The bytes stay where they are for as long as there is a reader, so that a step costs no count of references.
    private let document: Document
    let bytes: UnsafeBufferPointer<UInt8>
    let depthLimit: Int
    var position = 0
    /// Where the names of the open elements stand.
    var open: [Range<Int>] = []
    var name: Range<Int> = 0..<0
    var attributeRanges: [Attribute] = []
    var textRange: Range<Int> = 0..<0
    var textKind = TextKind.plain
    var isEmptyElement = false
    var hasRoot = false
    /// A document that was found wrong stays wrong, whatever comes behind the error.
    private var failure: (any Error)?

    /// Begins to read.
    ///
    /// - Parameters:
    ///   - document: The document, in UTF-8, with or without a byte order mark.
    ///   - maxBytes: How large it may be.
    ///   - maxDepth: How deep its elements may be nested.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidResponse`` when it is too large or not UTF-8.
    package init(_ document: Data, maxBytes: Int = .max, maxDepth: Int = Self.maxDepth) throws {
        // Before the bytes are copied.
        try Self.checkSize(document.count, maxBytes)
        self.document = Document(document)
        bytes = self.document.bytes
        depthLimit = maxDepth
        let isASCII = bytes.reduce(0, |) < 0x80
        guard isASCII || String(validating: bytes, as: UTF8.self) != nil else { throw error("it is not UTF-8") }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// How many elements are open.
    package var depth: Int { open.count }

    /// How often what was read so far would fit into the document.
    package var expectedRepetitions: Int { bytes.count / max(position, 1) }

    // MARK: What the last event brought

    /// The name of the element that just began, or just ended.
    package var elementName: String { string(name) }

    /// Whether the element that just began, or just ended, has this name.
    package func isElement(_ expected: StaticString) -> Bool {
        isEqual(name, expected)
    }

    /// The text.
    package func text() throws -> String {
        guard textKind != .plain else { return string(textRange) }
        return String(decoding: try decoded(textRange, hasReferences: textKind == .encoded), as: UTF8.self)
    }

    /// The attributes of the element that just began.
    package func attributes() throws -> [(name: String, value: String)] {
        try attributeRanges.map { (string($0.name), try attributeValue($0)) }
    }

    /// The value of an attribute of the element that just began; nil when it has none of this name.
    package func attribute(_ name: StaticString) throws -> String? {
        try attributeRanges.first { isEqual($0.name, name) }.map { try attributeValue($0) }
    }

    // MARK: Steps

    /// Goes one step on.
    ///
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidResponse`` when the document is not well formed, or
    ///   ends too early; once it did, every further step throws the same.
    package mutating func next() throws -> Event {
        if isEmptyElement {
            isEmptyElement = false
            name = open.removeLast()
            return .end
        }
        if let failure { throw failure }
        do {
            return try step(bytes)
        } catch {
            failure = error
            throw error
        }
    }

    /// Reads the text of the element that just began, up to its end; elements inside it are an error.
    package mutating func readElementText() throws -> String {
        try readElementText { $0.string }
    }

    /// Reads the text of the element that just began, up to its end; elements inside it are an error.
    ///
    /// No string is made of a text that the document has in one piece, so the text is good only inside the closure.
    package mutating func readElementText<Result>(_ body: (XMLText) throws -> Result) throws -> Result {
        // The one piece, until there is another or one that has to be decoded.
        var piece: Range<Int>?
        var joined = ""
        while true {
            switch try next() {
            case .text:
                if piece == nil, joined.isEmpty, textKind == .plain {
                    piece = textRange
                } else {
                    joined += try (piece.map(string) ?? "") + text()
                    piece = nil
                }
            case .end:
                guard let piece else { return try joined.withUTF8 { try body(XMLText(bytes: $0)) } }
                return try body(XMLText(bytes: UnsafeBufferPointer(rebasing: bytes[piece])))
            case .start: throw error("'\(elementName)' stands where text is expected")
            case .endOfDocument: throw error("it ends too early")
            }
        }
    }

    /// Goes to the end of the element that just began.
    package mutating func skipElement() throws {
        let outer = depth - 1
        while depth > outer {
            if try next() == .endOfDocument { throw error("it ends too early") }
        }
    }

    // MARK: Bytes

    private static func checkSize(_ count: Int, _ limit: Int) throws {
        guard count <= limit else {
            throw AzureError(
                code: .invalidResponse,
                message: "The XML document cannot be read: it has \(count) bytes, more than the \(limit) accepted.")
        }
    }

    private func attributeValue(_ attribute: Attribute) throws -> String {
        String(decoding: try decoded(attribute.value, hasReferences: true, isAttribute: true), as: UTF8.self)
    }

    private func string(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    private func isEqual(_ range: Range<Int>, _ expected: StaticString) -> Bool {
        guard range.count == expected.utf8CodeUnitCount else { return false }
        let text = expected.utf8Start
        for offset in 0..<range.count where bytes[range.lowerBound + offset] != text[offset] { return false }
        return true
    }
}

extension XMLPullReader {
    /// A copy of the bytes at an address of their own.
    private final class Document {
        let bytes: UnsafeBufferPointer<UInt8>

        init(_ document: Data) {
            let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: document.count)
            _ = document.copyBytes(to: copy)
            bytes = UnsafeBufferPointer(copy)
        }

        deinit { bytes.deallocate() }
    }
}

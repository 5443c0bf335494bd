/// A text is not UTF-8.
public struct InvalidUTF8: Error, Sendable, Hashable, CustomStringConvertible {
    /// The offset of the first byte that cannot be read.
    public let offset: Int

    /// As in `not valid UTF-8 at byte 17`.
    public var description: String { "not valid UTF-8 at byte \(offset)" }

    /// Looks for an error in a text; nil if there is none.
    init?(in text: [UInt8]) {
        guard String(validating: text, as: UTF8.self) == nil else { return nil }
        var parser = Unicode.UTF8.ForwardParser()
        var bytes = text.makeIterator()
        var offset = 0
        while case .valid(let scalar) = parser.parseScalar(from: &bytes) { offset += scalar.count }
        self.offset = offset
    }
}

package import struct Foundation.Data

/// JSON as a tree. The emulator reads and writes it with its own code, so that it cannot share a mistake with the
/// package's clients.
package enum JSONValue: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number without fraction and exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number.
    case number(Double)
    /// A text.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// Names and values.
    case object([String: JSONValue])

    /// Reads a document.
    ///
    /// - Throws: A ``JSONSyntaxError`` when it is not JSON in UTF-8, or nested more than 128 deep.
    package init(parsing data: Data) throws {
        self = try JSONReader.read(data)
    }

    /// Reads a document.
    package init(parsing text: String) throws {
        self = try JSONReader.read(Data(text.utf8))
    }

    /// The document as UTF-8, names in alphabetical order.
    package var data: Data { JSONWriter.write(self) }
}

extension JSONValue {
    /// The value of a name; nil when this is no object or has no such name. Setting nil removes the name.
    package subscript(name: String) -> JSONValue? {
        get {
            guard case .object(let members) = self else { return nil }
            return members[name]
        }
        set {
            guard case .object(var members) = self else { return }
            // Held twice, all members would be copied for each that is set.
            self = .null
            members[name] = newValue
            self = .object(members)
        }
    }

    /// The text; nil when this is none.
    package var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// The truth value; nil when this is none.
    package var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The number; nil when this is no whole number. Texts do not count.
    package var integer: Int64? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int64(exactly: value)
        default: nil
        }
    }

    /// The number; nil when this is none.
    package var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The list; nil when this is none.
    package var array: [JSONValue]? {
        guard case .array(let values) = self else { return nil }
        return values
    }

    /// Names and values; nil when this is no object.
    package var object: [String: JSONValue]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// Whether this is `null`.
    package var isNull: Bool { self == .null }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByFloatLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(nilLiteral: ()) { self = .null }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}

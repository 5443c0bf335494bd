public import struct Foundation.Data
public import struct Foundation.Decimal

/// A JSON value of any form, such as the settings of an extension.
///
/// A received value is sent back as it is. Settings are often an object, and sometimes a string that holds
/// JSON itself: ``parsed`` reads both.
///
/// ```swift
/// let settings: BatchJSONValue = ["fileUris": ["https://…"], "retries": 3, "proxy": ["port": 8080]]
/// let port = machineExtension.settings?.parsed["proxy"]?["port"]
/// ```
public enum BatchJSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A whole number of 64 bits.
    case integer(Int64)
    /// Any other number that floating point holds exactly.
    case double(Double)
    /// A number with more digits.
    case decimal(Decimal)
    case string(String)
    case array([BatchJSONValue])
    case object([String: BatchJSONValue])

    /// The deepest nesting that is read or written.
    static let maxDepth = 128

    /// Reads a JSON document.
    ///
    /// - Throws: A `DecodingError` when it is none.
    public init(parsing json: String) throws {
        self = try BatchJSON.decode(BatchJSONValue.self, from: Data(json.utf8))
    }

    /// The value of a field; nil when there is none or this is no object.
    public subscript(name: String) -> BatchJSONValue? {
        guard case .object(let fields) = self else { return nil }
        return fields[name]
    }

    /// The value at an index; nil when there is none or this is no array.
    public subscript(index: Int) -> BatchJSONValue? {
        guard case .array(let values) = self, values.indices.contains(index) else { return nil }
        return values[index]
    }

    /// The text; nil when this is no string.
    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The value that a string holds as JSON; every other value, and a string that holds none, as it is.
    public var parsed: BatchJSONValue {
        guard case .string(let text) = self else { return self }
        return (try? BatchJSONValue(parsing: text)) ?? self
    }

    /// The value as JSON.
    public var json: String {
        (try? BatchJSON.encode(self, for: .storage)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }

    /// The same with other texts, at any depth.
    func mapStrings(_ transform: (String) -> String) -> BatchJSONValue {
        switch self {
        case .string(let text): .string(transform(text))
        case .array(let values): .array(values.map { $0.mapStrings(transform) })
        case .object(let fields): .object(fields.mapValues { $0.mapStrings(transform) })
        default: self
        }
    }
}

extension BatchJSONValue: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // Each level takes some room on the stack, of which a thread has little.
        guard container.codingPath.count <= Self.maxDepth else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "The JSON is nested too deeply.")
        }
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let number = Self.number(in: container) {
            self = number
        } else if let values = try Self.values(of: [BatchJSONValue].self, in: container) {
            self = .array(values)
        } else {
            self = .object(try container.decode([String: BatchJSONValue].self))
        }
    }

    private static func number(in container: any SingleValueDecodingContainer) -> BatchJSONValue? {
        if let value = try? container.decode(Int64.self) { return .integer(value) }
        let decimal = try? container.decode(Decimal.self)
        // Written with a fraction of zero, which only some of the whole numbers are read with.
        if let whole = decimal.flatMap({ Int64("\($0)") }) { return .integer(whole) }
        guard let double = try? container.decode(Double.self) else { return decimal.map { .decimal($0) } }
        guard let decimal, Decimal(string: "\(double)") != decimal else { return .double(double) }
        return .decimal(decimal)
    }

    /// The value, or nil when there is one of another kind; what is wrong inside it is an error.
    private static func values<Value: Decodable>(
        of type: Value.Type, in container: any SingleValueDecodingContainer
    ) throws -> Value? {
        do {
            return try container.decode(type)
        } catch DecodingError.typeMismatch(_, let context)
            where context.codingPath.count <= container.codingPath.count
        {
            return nil
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        guard container.codingPath.count <= Self.maxDepth else {
            throw EncodingError.invalidValue(
                Redacted(),
                .init(
                    codingPath: Array(container.codingPath.prefix(6)),
                    debugDescription: "The JSON is nested too deeply."))
        }
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .double(let value): try container.encode(value)
        case .decimal(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

extension BatchJSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(arrayLiteral elements: BatchJSONValue...) { self = .array(elements) }

    /// Of two fields of one name the last counts.
    public init(dictionaryLiteral elements: (String, BatchJSONValue)...) {
        self = .object(Dictionary(elements) { $1 })
    }
}

extension BatchJSONValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The value as JSON, without text that looks like a secret.
    public var description: String { mapStrings(SecretText.hide).json }

    /// The value as JSON, without text that looks like a secret.
    public var debugDescription: String { description }

    /// Fields and elements, without text that looks like a secret.
    public var customMirror: Mirror {
        switch self {
        case .object(let fields): Mirror(self, children: Self.children(of: fields), displayStyle: .struct)
        case .array(let values): Mirror(self, unlabeledChildren: values.map(\.plain), displayStyle: .collection)
        default: Mirror(self, children: ["value": plain])
        }
    }

    /// The fields of an object for a mirror, in the order of their names.
    static func children(of fields: [String: BatchJSONValue]) -> [(label: String?, value: Any)] {
        fields.sorted { $0.key < $1.key }.map { (label: $0.key, value: $0.value.plain) }
    }

    private var plain: Any {
        switch self {
        case .null: "null"
        case .bool(let value): value
        case .integer(let value): value
        case .double(let value): value
        case .decimal(let value): "\(value)"
        case .string(let value): SecretText.hide(in: value)
        case .array(let value): value.map(\.plain)
        case .object(let value): value.mapValues(\.plain)
        }
    }
}

/// Stands for a value that no error shows.
private struct Redacted: CustomStringConvertible {
    var description: String { "a value" }
}

/// Any JSON, for descriptions and for the few fields without a fixed form.
enum JSONTree: Codable, Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([JSONTree])
    case object([String: JSONTree])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .int(value)
        } else if let value = try? container.decode(Double.self) {
            self = .double(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONTree].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONTree].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .int(let value): try container.encode(value)
        case .double(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    /// A string as it is, everything else as JSON.
    var text: String {
        if case .string(let value) = self { return value }
        return (try? BatchJSON.encode(self, for: .storage)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// The fields of an object for a mirror, in the order of their names.
    static func children(of fields: [String: JSONTree]) -> [(label: String?, value: Any)] {
        fields.sorted { $0.key < $1.key }.map { (label: $0.key, value: $0.value.plain) }
    }

    private var plain: Any {
        switch self {
        case .null: "null"
        case .bool(let value): value
        case .int(let value): value
        case .double(let value): value
        case .string(let value): value
        case .array(let value): value.map(\.plain)
        case .object(let value): value.mapValues(\.plain)
        }
    }
}

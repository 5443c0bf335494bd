import struct Foundation.Date

/// A value of the language.
enum SQLValue: Sendable, Hashable {
    case null
    /// What a record does not have. In expressions it counts as null.
    case missing
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case timestamp(Date)
    /// An object or a list of JSON.
    case json(JSONSlice)

    var isNull: Bool { self == .null || self == .missing }

    /// How it is written, and how it looks in messages; null as nothing.
    var text: String {
        switch self {
        case .null, .missing: ""
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let value): String(value)
        case .number(let value): String(value)
        case .string(let text): text
        case .timestamp(let date): ServiceTime.format(date)
        case .json(let slice): String(decoding: slice.bytes, as: UTF8.self)
        }
    }
}

/// A type of the language.
enum SQLType: Sendable {
    case integer, number, string, timestamp, bool

    /// Reads the name of a type.
    init?(_ name: String) {
        switch name.uppercased() {
        case "INT", "INTEGER": self = .integer
        case "FLOAT", "DOUBLE": self = .number
        case "STRING": self = .string
        case "TIMESTAMP": self = .timestamp
        case "BOOL", "BOOLEAN": self = .bool
        default: return nil
        }
    }

    var name: String {
        switch self {
        case .integer: "INT"
        case .number: "FLOAT"
        case .string: "STRING"
        case .timestamp: "TIMESTAMP"
        case .bool: "BOOLEAN"
        }
    }
}

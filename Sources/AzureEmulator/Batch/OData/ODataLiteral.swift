import AzureCore
import Foundation

/// A value in a filter.
enum ODataLiteral: Sendable, Hashable {
    case text(String)
    case number(Double)
    case bool(Bool)
    case date(Date)
    case null

    /// How a value stands to this literal: negative when it comes before, 0 when it is equal, positive when it comes
    /// after; nil when the two cannot be compared.
    func order(of value: JSONValue) -> Int? {
        switch self {
        case .null: return nil
        case .bool(let literal): return value.bool.map { $0 == literal ? 0 : literal ? -1 : 1 }
        case .number(let literal):
            guard let number = value.double ?? value.string.flatMap({ Double($0) }) else { return nil }
            return Self.order(number, literal)
        case .text(let literal):
            guard let text = value.string else { return nil }
            // A time may be given as a text.
            if let date = ISO8601Date.parse(text), let other = ISO8601Date.parse(literal) {
                return Self.order(date, other)
            }
            return Self.order(text, literal)
        case .date(let literal):
            return value.string.flatMap { ISO8601Date.parse($0) }.map { Self.order($0, literal) }
        }
    }

    private static func order<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
        left == right ? 0 : left < right ? -1 : 1
    }
}

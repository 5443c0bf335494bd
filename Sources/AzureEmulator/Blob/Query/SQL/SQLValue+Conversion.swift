import Foundation

extension SQLValue {
    /// The value as one of another type; null stays null.
    func cast(to type: SQLType) throws -> SQLValue {
        if isNull { return .null }
        switch type {
        case .string: return .string(text)
        case .integer: return try integer()
        case .number: return .number(try double())
        case .bool: return .bool(try bool())
        case .timestamp:
            if case .timestamp = self { return self }
            guard case .string(let text) = self, let date = SQLTimestamp.parse(text) else { throw refusal(type) }
            return .timestamp(date)
        }
    }

    private func refusal(_ type: SQLType) -> QueryError {
        .invalidTypeConversion(text, to: type.name)
    }

    private func integer() throws -> SQLValue {
        switch self {
        case .integer: return self
        case .bool(let flag): return .integer(flag ? 1 : 0)
        case .number(let value):
            guard let whole = Int64(exactly: value.rounded(.towardZero)) else { throw refusal(.integer) }
            return .integer(whole)
        case .string(let text):
            guard let value = Int64(Self.trimmed(text)) else { throw refusal(.integer) }
            return .integer(value)
        default: throw refusal(.integer)
        }
    }

    private func double() throws -> Double {
        switch self {
        case .integer(let value): return Double(value)
        case .number(let value): return value
        case .bool(let flag): return flag ? 1 : 0
        case .string(let text):
            // Neither words such as "inf" nor hexadecimal numbers are numbers here.
            let text = Self.trimmed(text)
            guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let value = Double(text),
                value.isFinite
            else { throw refusal(.number) }
            return value
        default: throw refusal(.number)
        }
    }

    private func bool() throws -> Bool {
        switch self {
        case .bool(let flag): return flag
        case .integer(let value): return value != 0
        case .number(let value): return value != 0
        case .string(let text):
            switch Self.trimmed(text).lowercased() {
            case "true", "1": return true
            case "false", "0": return false
            default: throw refusal(.bool)
            }
        default: throw refusal(.bool)
        }
    }

    private static func trimmed(_ text: String) -> Substring {
        var text = text[...]
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return text
    }

    /// The value as a number, whole if it is one.
    func numeric() throws -> SQLValue {
        switch self {
        case .integer, .number: return self
        case .string(let text):
            if let value = Int64(Self.trimmed(text)) { return .integer(value) }
            return .number(try double())
        default: return try integer()
        }
    }

    /// The truth value of a condition; nil when it is unknown, as null is.
    func truth() throws -> Bool? {
        isNull ? nil : try bool()
    }

    // MARK: Comparisons

    /// How this compares with another value, both of the type that has precedence; nil when one of them is null.
    ///
    /// - Returns: A number below, at or above zero.
    func compare(_ other: SQLValue) throws -> Int? {
        if isNull || other.isNull { return nil }
        switch (self, other) {
        case (.string(let left), .string(let right)):
            return Self.order(
                isLess: left.utf8.lexicographicallyPrecedes(right.utf8), isEqual: left.utf8.elementsEqual(right.utf8))
        case (.integer(let left), .integer(let right)):
            return Self.order(isLess: left < right, isEqual: left == right)
        case (.timestamp, _), (_, .timestamp):
            guard case .timestamp(let left) = try cast(to: .timestamp),
                case .timestamp(let right) = try other.cast(to: .timestamp)
            else { return nil }
            return Self.order(isLess: left < right, isEqual: left == right)
        case (.json, _), (_, .json):
            throw QueryError.invalidTypeConversion(text, to: "a value that can be compared")
        case (.bool, .string), (.string, .bool), (.bool, .bool):
            let (left, right) = (try bool(), try other.bool())
            return Self.order(isLess: !left && right, isEqual: left == right)
        default:
            let (left, right) = (try numeric(), try other.numeric())
            if case .integer = left, case .integer = right { return try left.compare(right) }
            let (first, second) = (try left.double(), try right.double())
            return Self.order(isLess: first < second, isEqual: first == second)
        }
    }

    private static func order(isLess: Bool, isEqual: Bool) -> Int {
        isLess ? -1 : isEqual ? 0 : 1
    }

    // MARK: Arithmetic

    func combined(_ operation: SQLExpression.Arithmetic, _ other: SQLValue) throws -> SQLValue {
        if isNull || other.isNull { return .null }
        if case .timestamp(let date) = self, operation == .add || operation == .subtract {
            let days = try other.double() * 86_400
            let moved = date.addingTimeInterval(operation == .add ? days : -days)
            guard ServiceTime.writable.contains(moved) else { throw QueryError.overflow }
            return .timestamp(moved)
        }
        let (left, right) = (try numeric(), try other.numeric())
        if case .integer(let left) = left, case .integer(let right) = right {
            return .integer(try Self.compute(operation, left, right))
        }
        let (first, second) = (try left.double(), try right.double())
        if second == 0, operation == .divide || operation == .remainder { throw QueryError.divisionByZero }
        let result =
            switch operation {
            case .add: first + second
            case .subtract: first - second
            case .multiply: first * second
            case .divide: first / second
            case .remainder: first.truncatingRemainder(dividingBy: second)
            }
        guard result.isFinite else { throw QueryError.overflow }
        return .number(result)
    }

    private static func compute(_ operation: SQLExpression.Arithmetic, _ left: Int64, _ right: Int64) throws -> Int64 {
        if right == 0, operation == .divide || operation == .remainder { throw QueryError.divisionByZero }
        let (result, isTooLarge) =
            switch operation {
            case .add: left.addingReportingOverflow(right)
            case .subtract: left.subtractingReportingOverflow(right)
            case .multiply: left.multipliedReportingOverflow(by: right)
            case .divide: left.dividedReportingOverflow(by: right)
            case .remainder: left.remainderReportingOverflow(dividingBy: right)
            }
        guard !isTooLarge else { throw QueryError.overflow }
        return result
    }
}

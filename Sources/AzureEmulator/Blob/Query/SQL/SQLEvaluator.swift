import struct Foundation.Date

/// Finds the values of expressions for a row.
struct SQLEvaluator: Sendable {
    /// What time it is.
    let now: Date

    /// The value of an expression.
    ///
    /// - Throws: A ``QueryError`` when the row has no value that fits.
    func value(of expression: SQLExpression, in row: QueryRow) throws -> SQLValue {
        switch expression {
        case .literal(let value): return value
        case .column(let path): return try row.value(of: path)
        case .arithmetic(let operation, let left, let right):
            return try value(of: left, in: row).combined(operation, try value(of: right, in: row))
        case .cast(let operand, let type): return try value(of: operand, in: row).cast(to: type)
        case .call(let function, let arguments): return try call(function, arguments, in: row)
        case .not, .and, .or, .comparison, .between, .isIn, .like, .isNull, .isMissing:
            return try truth(of: expression, in: row).map { .bool($0) } ?? .null
        }
    }

    /// Whether a condition holds; nil when that is unknown because a value is null.
    func truth(of condition: SQLExpression, in row: QueryRow) throws -> Bool? {
        switch condition {
        case .not(let operand): return try truth(of: operand, in: row).map { !$0 }
        case .and(let left, let right):
            let first = try truth(of: left, in: row)
            if first == false { return false }
            let second = try truth(of: right, in: row)
            return second == false ? false : first == nil || second == nil ? nil : true
        case .or(let left, let right):
            let first = try truth(of: left, in: row)
            if first == true { return true }
            let second = try truth(of: right, in: row)
            return second == true ? true : first == nil || second == nil ? nil : false
        case .comparison(let comparison, let left, let right):
            return try compare(left, comparison, right, in: row)
        case .between(let operand, let low, let high):
            // Once, not for each comparison: conditions inside one another would take twice as long with each.
            let value = try value(of: operand, in: row)
            let first = try value.compare(try self.value(of: low, in: row)).map { $0 >= 0 }
            if first == false { return false }
            let second = try value.compare(try self.value(of: high, in: row)).map { $0 <= 0 }
            return second == false ? false : first == nil || second == nil ? nil : true
        case .isIn(let operand, let items): return try isOne(operand, of: items, in: row)
        case .like(let operand, let pattern, let escape):
            return try matches(operand, pattern, escape: escape, in: row)
        case .isNull(let operand):
            if case .column(let path) = operand, try row.isMissing(path) { return true }
            return try value(of: operand, in: row).isNull
        case .isMissing(let operand):
            if case .column(let path) = operand { return try row.isMissing(path) }
            return try value(of: operand, in: row) == .missing
        case .literal, .column, .arithmetic, .cast, .call:
            return try value(of: condition, in: row).truth()
        }
    }

    private func compare(
        _ left: SQLExpression, _ comparison: SQLExpression.Comparison, _ right: SQLExpression, in row: QueryRow
    ) throws -> Bool? {
        guard let order = try value(of: left, in: row).compare(try value(of: right, in: row)) else { return nil }
        switch comparison {
        case .equal: return order == 0
        case .notEqual: return order != 0
        case .less: return order < 0
        case .lessOrEqual: return order <= 0
        case .greater: return order > 0
        case .greaterOrEqual: return order >= 0
        }
    }

    private func isOne(_ operand: SQLExpression, of items: [SQLExpression], in row: QueryRow) throws -> Bool? {
        var isUnknown = false
        let value = try value(of: operand, in: row)
        for item in items {
            guard let order = try value.compare(try self.value(of: item, in: row)) else {
                isUnknown = true
                continue
            }
            if order == 0 { return true }
        }
        return isUnknown ? nil : false
    }

    private func matches(
        _ operand: SQLExpression, _ pattern: SQLExpression, escape: SQLExpression?, in row: QueryRow
    ) throws -> Bool? {
        let text = try value(of: operand, in: row)
        let pattern = try value(of: pattern, in: row)
        if text.isNull || pattern.isNull { return nil }
        let escape = try escape.map { try value(of: $0, in: row).text }
        guard escape?.count ?? 1 == 1 else {
            throw QueryError(name: "InvalidEscape", description: "The escape of LIKE is not one character.")
        }
        return try SQLPattern(pattern.text, escape: escape?.first).matches(text.text)
    }
}

/// A computation over all rows.
struct SQLAggregate: Sendable {
    enum Kind: Sendable {
        case count, sum, average, min, max

        init?(_ name: String) {
            switch name.uppercased() {
            case "COUNT": self = .count
            case "SUM": self = .sum
            case "AVG", "AVERAGE": self = .average
            case "MIN": self = .min
            case "MAX": self = .max
            default: return nil
            }
        }
    }

    let kind: Kind
    /// What is computed with; nil for `COUNT(*)`.
    let operand: SQLExpression?
    private var count: Int64 = 0
    private var result = SQLValue.null

    init(_ kind: Kind, of operand: SQLExpression?) {
        self.kind = kind
        self.operand = operand
    }

    /// Takes a row into account; null does not count.
    mutating func add(_ row: QueryRow, _ evaluator: SQLEvaluator) throws {
        guard let operand else {
            count += 1
            return
        }
        let value = try evaluator.value(of: operand, in: row)
        guard !value.isNull else { return }
        switch kind {
        case .count: break
        case .sum: result = count == 0 ? try value.numeric() : try result.combined(.add, try value.numeric())
        case .average:
            let number = try value.cast(to: .number)
            result = count == 0 ? number : try result.combined(.add, number)
        case .min: if try count == 0 || value.compare(result) ?? 0 < 0 { result = value }
        case .max: if try count == 0 || value.compare(result) ?? 0 > 0 { result = value }
        }
        count += 1
    }

    /// The result for the rows so far; null when there is nothing to compute with.
    var value: SQLValue {
        get throws {
            switch kind {
            case .count: .integer(count)
            case .average where count > 0: try result.combined(.divide, .number(Double(count)))
            case .average, .sum, .min, .max: result
            }
        }
    }
}

extension SQLExpression {
    /// The same expression with other columns.
    func mappingColumns(_ change: ([SQLPathStep]) -> [SQLPathStep]) -> SQLExpression {
        func map(_ expression: SQLExpression) -> SQLExpression { expression.mappingColumns(change) }
        switch self {
        case .literal: return self
        case .column(let path): return .column(change(path))
        case .not(let operand): return .not(map(operand))
        case .and(let left, let right): return .and(map(left), map(right))
        case .or(let left, let right): return .or(map(left), map(right))
        case .comparison(let sign, let left, let right): return .comparison(sign, map(left), map(right))
        case .arithmetic(let sign, let left, let right): return .arithmetic(sign, map(left), map(right))
        case .between(let operand, let low, let high): return .between(map(operand), map(low), map(high))
        case .isIn(let operand, let items): return .isIn(map(operand), items.map(map))
        case .like(let operand, let pattern, let escape):
            return .like(map(operand), pattern: map(pattern), escape: escape.map(map))
        case .isNull(let operand): return .isNull(map(operand))
        case .isMissing(let operand): return .isMissing(map(operand))
        case .cast(let operand, let type): return .cast(map(operand), type)
        case .call(let function, let arguments): return .call(function, arguments.map(map))
        }
    }
}

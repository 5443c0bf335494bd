/// A query.
struct SQLStatement: Sendable {
    /// What it selects.
    enum Selection: Sendable {
        /// All columns.
        case all
        case columns([Column])
        case aggregate(SQLAggregate, as: String)
        /// The sizes of parts of the blob that end with records, of at least so many bytes.
        case split(Int64)
    }

    /// A column of the answer.
    struct Column: Sendable {
        let expression: SQLExpression
        /// What it is called in the answer.
        let name: String
    }

    var selection: Selection
    /// Where in each record the rows are.
    var path: [SQLPathStep] = []
    var condition: SQLExpression?
    /// The most rows.
    var limit: Int64?
}

/// A step into a record.
enum SQLPathStep: Sendable, Hashable {
    /// The member of an object; with its case only when the name was quoted.
    case member(String, isQuoted: Bool)
    case element(Int)
    /// All elements of an array.
    case elements
}

/// Something that has a value for each row.
indirect enum SQLExpression: Sendable {
    enum Comparison: String, Sendable {
        case equal = "="
        case notEqual = "<>"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    enum Arithmetic: String, Sendable {
        case add = "+"
        case subtract = "-"
        case multiply = "*"
        case divide = "/"
        case remainder = "%"
    }

    case literal(SQLValue)
    case column([SQLPathStep])
    case not(SQLExpression)
    case and(SQLExpression, SQLExpression)
    case or(SQLExpression, SQLExpression)
    case comparison(Comparison, SQLExpression, SQLExpression)
    case arithmetic(Arithmetic, SQLExpression, SQLExpression)
    case between(SQLExpression, SQLExpression, SQLExpression)
    case isIn(SQLExpression, [SQLExpression])
    case like(SQLExpression, pattern: SQLExpression, escape: SQLExpression?)
    case isNull(SQLExpression)
    case isMissing(SQLExpression)
    case cast(SQLExpression, SQLType)
    case call(SQLFunction, [SQLExpression])

    /// The columns that it reads.
    var columns: [[SQLPathStep]] {
        switch self {
        case .literal: []
        case .column(let path): [path]
        case .not(let operand), .isNull(let operand), .isMissing(let operand), .cast(let operand, _): operand.columns
        case .and(let left, let right), .or(let left, let right), .comparison(_, let left, let right),
            .arithmetic(_, let left, let right):
            left.columns + right.columns
        case .between(let operand, let low, let high): operand.columns + low.columns + high.columns
        case .isIn(let operand, let items): operand.columns + items.flatMap(\.columns)
        case .like(let operand, let pattern, let escape):
            operand.columns + pattern.columns + (escape?.columns ?? [])
        case .call(_, let arguments): arguments.flatMap(\.columns)
        }
    }
}

/// The functions of the language that have a value for each row.
enum SQLFunction: String, Sendable {
    case characterLength = "CHARACTER_LENGTH"
    case lower = "LOWER"
    case upper = "UPPER"
    case substring = "SUBSTRING"
    /// Its arguments are the text and the characters to take away.
    case trim = "TRIM"
    case trimLeading = "TRIM LEADING"
    case trimTrailing = "TRIM TRAILING"
    case coalesce = "COALESCE"
    case nullIf = "NULLIF"
    case now = "UTCNOW"
    case toTimestamp = "TO_TIMESTAMP"

    /// How many arguments there can be.
    var argumentCounts: ClosedRange<Int> {
        switch self {
        case .characterLength, .lower, .upper, .toTimestamp: 1...1
        case .substring: 2...3
        case .trim, .trimLeading, .trimTrailing: 1...2
        case .coalesce: 1...100
        case .nullIf: 2...2
        case .now: 0...0
        }
    }
}

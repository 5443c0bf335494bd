/// Reads a query of the documented language.
struct SQLParser {
    /// The most columns that a query can name.
    static let maxColumns = 49
    /// The fewest bytes of a part of a blob that is split.
    private static let minSplitSize: Int64 = 10_485_760
    /// How deep expressions may be inside one another.
    static let maxDepth = 100
    /// The most signs and words that combine two values.
    static let maxOperators = 500
    private static let table = "BlobStorage"

    private let tokens: [SQLToken]
    private var position = 0
    /// The other name of the table.
    private var alias: String?
    var depth = 0
    private var operators = 0

    static func statement(_ text: String) throws -> SQLStatement {
        var parser = SQLParser(tokens: try SQLLexer.tokens(of: text))
        return try parser.statement()
    }

    private init(tokens: [SQLToken]) {
        self.tokens = tokens
    }

    // MARK: Tokens

    var next: SQLToken? { position < tokens.count ? tokens[position] : nil }

    /// The token behind the next.
    var following: SQLToken? { position + 1 < tokens.count ? tokens[position + 1] : nil }

    mutating func advance() {
        position += 1
    }

    func isWord(_ word: String, _ token: SQLToken?) -> Bool {
        if case .word(let text)? = token { text.uppercased() == word } else { false }
    }

    mutating func take(word: String) -> Bool {
        guard isWord(word, next) else { return false }
        advance()
        return true
    }

    mutating func take(_ symbol: String) -> Bool {
        guard next == .symbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func need(word: String) throws {
        guard take(word: word) else { throw unexpected("\(word) is missing") }
    }

    mutating func need(_ symbol: String) throws {
        guard take(symbol) else { throw unexpected("'\(symbol)' is missing") }
    }

    /// Counts what combines two values: each makes the expression deeper by one.
    mutating func countOperator() throws {
        operators += 1
        guard operators <= Self.maxOperators else {
            throw BlobServiceError.invalidQueryExpression("It has more than \(Self.maxOperators) operators.")
        }
    }

    func unexpected(_ reason: String) -> BlobServiceError {
        .invalidQueryExpression("\(reason) \(next.map { "before \($0.text)" } ?? "at its end").")
    }

    // MARK: The statement

    private mutating func statement() throws -> SQLStatement {
        try need(word: "SELECT")
        var statement = SQLStatement(selection: try selection())
        try need(word: "FROM")
        statement.path = try source()
        if take(word: "WHERE") { statement.condition = try expression() }
        if take(word: "LIMIT") {
            guard case .integer(let limit)? = next else { throw unexpected("The limit is no number") }
            advance()
            statement.limit = limit
        }
        _ = take(";")
        guard next == nil else { throw unexpected("Something unknown stands") }
        try check(&statement)
        return statement
    }

    private mutating func selection() throws -> SQLStatement.Selection {
        if take("*") { return .all }
        if isWord("SYS", next), following == .symbol(".") { return .split(try splitSize()) }
        if case .word(let word)? = next, following == .symbol("("), let kind = SQLAggregate.Kind(word) {
            advance()
            advance()
            let operand = kind == .count && take("*") ? nil : try expression()
            try need(")")
            let name = try columnName() ?? "_1"
            guard next != .symbol(",") else { throw unexpected("A computation over all rows stands alone, not") }
            return .aggregate(SQLAggregate(kind, of: operand), as: name)
        }
        var columns: [SQLStatement.Column] = []
        repeat {
            let expression = try expression()
            let name = try columnName() ?? Self.name(of: expression) ?? "_\(columns.count + 1)"
            columns.append(SQLStatement.Column(expression: expression, name: name))
        } while take(",")
        guard columns.count <= Self.maxColumns else {
            throw BlobServiceError.invalidQueryExpression("It names more than \(Self.maxColumns) columns.")
        }
        return .columns(columns)
    }

    private mutating func splitSize() throws -> Int64 {
        advance()
        advance()
        try need(word: "SPLIT")
        try need("(")
        guard case .integer(let size)? = next, size >= Self.minSplitSize else {
            throw unexpected("The size of parts is not \(Self.minSplitSize) or more")
        }
        advance()
        try need(")")
        return size
    }

    /// The name that a column is given.
    private mutating func columnName() throws -> String? {
        let isAnnounced = take(word: "AS")
        switch next {
        case .name(let name)?:
            advance()
            return name
        case .word(let name)? where isAnnounced || !["FROM", "WHERE", "LIMIT"].contains(name.uppercased()):
            advance()
            return name
        default:
            if isAnnounced { throw unexpected("A name is missing") }
            return nil
        }
    }

    private static func name(of expression: SQLExpression) -> String? {
        guard case .column(let path) = expression, case .member(let name, _)? = path.last else { return nil }
        return name
    }

    private mutating func source() throws -> [SQLPathStep] {
        guard isWord(Self.table.uppercased(), next) else { throw unexpected("The table \(Self.table) is missing") }
        advance()
        let path = try steps()
        alias = try columnName()
        return path
    }

    /// The steps behind a name: `.member`, `[0]` and `[*]`.
    mutating func steps() throws -> [SQLPathStep] {
        var path: [SQLPathStep] = []
        while true {
            if take(".") {
                path.append(try member())
            } else if take("[") {
                if take("*") {
                    path.append(.elements)
                } else if case .integer(let index)? = next, let index = Int(exactly: index) {
                    advance()
                    path.append(.element(index))
                } else {
                    throw unexpected("A number or * is missing")
                }
                try need("]")
            } else {
                return path
            }
        }
    }

    mutating func member() throws -> SQLPathStep {
        switch next {
        case .word(let name)?:
            advance()
            return .member(name, isQuoted: false)
        case .name(let name)?:
            advance()
            return .member(name, isQuoted: true)
        default: throw unexpected("A name is missing")
        }
    }

    // MARK: Names of the table

    /// Takes the table's name off the columns, which is known only when all is read.
    private func check(_ statement: inout SQLStatement) throws {
        if statement.path.first == .elements { statement.path.removeFirst() }
        if case .columns(let columns) = statement.selection {
            statement.selection = .columns(
                columns.map { column in
                    SQLStatement.Column(expression: resolved(column.expression), name: column.name)
                })
        }
        if case .aggregate(let aggregate, let name) = statement.selection {
            statement.selection = .aggregate(
                SQLAggregate(aggregate.kind, of: aggregate.operand.map(resolved)), as: name)
        }
        statement.condition = statement.condition.map(resolved)
    }

    private func resolved(_ expression: SQLExpression) -> SQLExpression {
        expression.mappingColumns { path in
            guard path.count > 1, case .member(let first, let isQuoted) = path[0], !isQuoted else { return path }
            let names = [Self.table, alias].compactMap { $0?.uppercased() }
            return names.contains(first.uppercased()) ? Array(path.dropFirst()) : path
        }
    }
}

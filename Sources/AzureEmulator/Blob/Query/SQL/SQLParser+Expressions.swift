extension SQLParser {
    /// Reads an expression: alternatives, what has to hold together, what must not hold, comparisons, sums, products.
    mutating func expression() throws -> SQLExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maxDepth else { throw unexpected("Expressions are nested too deep") }
        var left = try conjunction()
        while take(word: "OR") {
            try countOperator()
            left = .or(left, try conjunction())
        }
        return left
    }

    private mutating func conjunction() throws -> SQLExpression {
        var left = try negation()
        while take(word: "AND") {
            try countOperator()
            left = .and(left, try negation())
        }
        return left
    }

    private mutating func negation() throws -> SQLExpression {
        var isNegated = false
        while take(word: "NOT") { isNegated.toggle() }
        let operand = try predicate()
        return isNegated ? .not(operand) : operand
    }

    private mutating func predicate() throws -> SQLExpression {
        let left = try sum()
        if case .symbol(let sign)? = next,
            let comparison = SQLExpression.Comparison(rawValue: sign == "!=" ? "<>" : sign)
        {
            advance()
            return .comparison(comparison, left, try sum())
        }
        if take(word: "IS") {
            let isNegated = take(word: "NOT")
            let test: SQLExpression
            if take(word: "MISSING") {
                test = .isMissing(left)
            } else {
                try need(word: "NULL")
                test = .isNull(left)
            }
            return isNegated ? .not(test) : test
        }
        let isNegated = isWord("NOT", next)
        if isNegated { advance() }
        guard let test = try listed(left) else {
            if isNegated { throw unexpected("BETWEEN, IN or LIKE is missing") }
            return left
        }
        return isNegated ? .not(test) : test
    }

    /// BETWEEN, IN and LIKE; nil when none of them comes.
    private mutating func listed(_ left: SQLExpression) throws -> SQLExpression? {
        if take(word: "BETWEEN") {
            let low = try sum()
            try need(word: "AND")
            return .between(left, low, try sum())
        }
        if take(word: "IN") {
            try need("(")
            var items = [try expression()]
            while take(",") { items.append(try expression()) }
            try need(")")
            return .isIn(left, items)
        }
        if take(word: "LIKE") {
            let pattern = try sum()
            return .like(left, pattern: pattern, escape: take(word: "ESCAPE") ? try sum() : nil)
        }
        return nil
    }

    private mutating func sum() throws -> SQLExpression {
        var left = try product()
        while case .symbol(let sign)? = next, sign == "+" || sign == "-" {
            advance()
            try countOperator()
            left = .arithmetic(sign == "+" ? .add : .subtract, left, try product())
        }
        return left
    }

    private mutating func product() throws -> SQLExpression {
        var left = try signed()
        while case .symbol(let sign)? = next, ["*", "/", "%"].contains(sign),
            let operation = SQLExpression.Arithmetic(rawValue: sign)
        {
            advance()
            try countOperator()
            left = .arithmetic(operation, left, try signed())
        }
        return left
    }

    private mutating func signed() throws -> SQLExpression {
        var isNegative = false
        while case .symbol(let sign)? = next, sign == "+" || sign == "-" {
            advance()
            if sign == "-" { isNegative.toggle() }
        }
        let operand = try primary()
        guard isNegative else { return operand }
        switch operand {
        case .literal(.integer(let value)): return .literal(.integer(-value))
        case .literal(.number(let value)): return .literal(.number(-value))
        default: return .arithmetic(.subtract, .literal(.integer(0)), operand)
        }
    }

    // MARK: Values

    private mutating func primary() throws -> SQLExpression {
        switch next {
        case .integer(let value)?:
            advance()
            return .literal(.integer(value))
        case .number(let value)?:
            advance()
            return .literal(.number(value))
        case .string(let text)?:
            advance()
            return .literal(.string(text))
        case .symbol("(")?:
            advance()
            let inner = try expression()
            try need(")")
            return inner
        case .word(let word)?:
            return try value(word)
        case .name?:
            return .column([try member()] + (try steps()))
        default:
            throw unexpected("A value is missing")
        }
    }

    private mutating func value(_ word: String) throws -> SQLExpression {
        let constants: [String: SQLValue] = ["TRUE": .bool(true), "FALSE": .bool(false), "NULL": .null]
        if let constant = constants[word.uppercased()] {
            advance()
            return .literal(constant)
        }
        guard following == .symbol("(") else {
            guard !Self.reserved.contains(word.uppercased()) else { throw unexpected("A value is missing") }
            return .column([try member()] + (try steps()))
        }
        advance()
        advance()
        switch word.uppercased() {
        case "CAST": return try cast()
        case "TRIM": return try trim()
        case "CHAR_LENGTH": return try call(.characterLength)
        case let name:
            if let function = SQLFunction(rawValue: name) { return try call(function) }
            if SQLAggregate.Kind(name) != nil {
                throw unexpected("A computation over all rows stands alone, not")
            }
            guard !["DATE_ADD", "DATE_DIFF", "EXTRACT", "TO_STRING"].contains(name) else {
                throw BlobServiceError.notEmulated("the function \(name) of queries")
            }
            throw BlobServiceError.invalidQueryExpression("There is no function \(word).")
        }
    }

    /// Words that are no columns.
    private static let reserved: Set<String> = [
        "SELECT", "FROM", "WHERE", "LIMIT", "AND", "OR", "NOT", "IS", "IN", "LIKE", "BETWEEN", "AS", "ESCAPE",
    ]

    private mutating func call(_ function: SQLFunction) throws -> SQLExpression {
        var arguments: [SQLExpression] = []
        if !take(")") {
            repeat { arguments.append(try expression()) } while take(",")
            try need(")")
        }
        guard function.argumentCounts.contains(arguments.count) else {
            throw BlobServiceError.invalidQueryExpression(
                "The function \(function.rawValue) cannot have \(arguments.count) arguments.")
        }
        return .call(function, arguments)
    }

    private mutating func cast() throws -> SQLExpression {
        let operand = try expression()
        try need(word: "AS")
        guard case .word(let word)? = next, let type = SQLType(word) else { throw unexpected("A type is missing") }
        advance()
        try need(")")
        return .cast(operand, type)
    }

    /// `TRIM(text)`, `TRIM(BOTH 'characters' FROM text)`, and the same with LEADING and TRAILING.
    private mutating func trim() throws -> SQLExpression {
        let functions: [(String, SQLFunction)] = [
            ("BOTH", .trim), ("LEADING", .trimLeading), ("TRAILING", .trimTrailing),
        ]
        var function: SQLFunction?
        for (word, kind) in functions where function == nil && take(word: word) { function = kind }
        var arguments: [SQLExpression] = []
        if function != nil, take(word: "FROM") {
            arguments = [try expression()]
        } else {
            arguments = [try expression()]
            if take(word: "FROM") { arguments.insert(try expression(), at: 0) }
        }
        try need(")")
        return .call(function ?? .trim, arguments)
    }
}

/// Builds the expression of a filter; `and` binds closer than `or`, `not` closest.
struct ODataFilterParser {
    static let maxDepth = 64
    static let maxComparisons = 1000

    private var tokens: ArraySlice<ODataLexer.Token>
    private var depth = 0
    private var comparisons = 0

    init(_ tokens: [ODataLexer.Token]) {
        self.tokens = tokens[...]
    }

    mutating func parse() throws -> ODataFilter.Expression {
        let expression = try disjunction()
        guard tokens.isEmpty else { throw ODataSyntaxError("The filter goes on after its end.") }
        return expression
    }

    private mutating func disjunction() throws -> ODataFilter.Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maxDepth else { throw ODataSyntaxError("The filter is nested too deep.") }
        // Side by side, not one within the other: how many there are is up to the client.
        var parts = [try conjunction()]
        while skip(word: "or") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .or(parts)
    }

    private mutating func conjunction() throws -> ODataFilter.Expression {
        var parts = [try negation()]
        while skip(word: "and") { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : .and(parts)
    }

    private mutating func negation() throws -> ODataFilter.Expression {
        var isNegated = false
        while skip(word: "not") { isNegated.toggle() }
        let expression = try primary()
        return isNegated ? .not(expression) : expression
    }

    private mutating func primary() throws -> ODataFilter.Expression {
        if skip(.open) {
            let expression = try disjunction()
            guard skip(.close) else { throw ODataSyntaxError("A parenthesis is not closed.") }
            return expression
        }
        comparisons += 1
        guard comparisons <= Self.maxComparisons else {
            throw ODataSyntaxError("The filter has more than \(Self.maxComparisons) comparisons.")
        }
        guard case .word(let word) = tokens.popFirst() else {
            throw ODataSyntaxError("The name of a property is missing.")
        }
        if word == "startswith" || word == "startsWith" { return try startsWith() }
        guard case .word(let name) = tokens.popFirst(),
            let comparison = ODataFilter.ComparisonOperator(rawValue: name)
        else { throw ODataSyntaxError("'\(word)' is not followed by one of eq, ne, gt, ge, lt, le.") }
        guard case .literal(let literal) = tokens.popFirst() else {
            throw ODataSyntaxError("'\(word) \(name)' is not followed by a value.")
        }
        return .comparison(path: Self.path(word), comparison, literal)
    }

    private mutating func startsWith() throws -> ODataFilter.Expression {
        guard skip(.open), case .word(let name) = tokens.popFirst(), skip(.comma),
            case .literal(.text(let prefix)) = tokens.popFirst(), skip(.close)
        else { throw ODataSyntaxError("startswith takes a property and a text.") }
        return .startsWith(path: Self.path(name), prefix)
    }

    private mutating func skip(_ token: ODataLexer.Token) -> Bool {
        guard tokens.first == token else { return false }
        tokens.removeFirst()
        return true
    }

    private mutating func skip(word: String) -> Bool { skip(.word(word)) }

    private static func path(_ name: String) -> [String] {
        name.split(separator: "/").map(String.init)
    }
}

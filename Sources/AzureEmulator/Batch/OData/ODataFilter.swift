/// A `$filter`: comparisons, `startswith`, `and`, `or`, `not` and parentheses, as the Batch service takes them.
///
/// ```
/// state eq 'completed' and (executionInfo/exitCode gt 0 or startswith(id, 'render-'))
/// ```
struct ODataFilter: Sendable {
    /// What a filter is made of.
    indirect enum Expression: Sendable, Hashable {
        case comparison(path: [String], ComparisonOperator, ODataLiteral)
        case startsWith(path: [String], String)
        case not(Expression)
        case and([Expression])
        case or([Expression])
    }

    enum ComparisonOperator: String, Sendable, CaseIterable {
        case eq, ne, gt, ge, lt, le
    }

    let expression: Expression

    /// Reads a filter.
    ///
    /// - Throws: An ``ODataSyntaxError``.
    init(_ text: String) throws {
        var parser = ODataFilterParser(try ODataLexer.tokens(of: text))
        expression = try parser.parse()
    }

    /// Whether an object passes.
    func matches(_ object: JSONValue) -> Bool {
        Self.evaluate(expression, object)
    }

    private static func evaluate(_ expression: Expression, _ object: JSONValue) -> Bool {
        switch expression {
        case .not(let inner): !evaluate(inner, object)
        case .and(let parts): parts.allSatisfy { evaluate($0, object) }
        case .or(let parts): parts.contains { evaluate($0, object) }
        case .startsWith(let path, let prefix): value(path, object)?.string?.hasPrefix(prefix) ?? false
        case .comparison(let path, let comparison, let literal):
            compare(value(path, object), comparison, literal)
        }
    }

    private static func value(_ path: [String], _ object: JSONValue) -> JSONValue? {
        path.reduce(object as JSONValue?) { $0?[$1] }
    }

    private static func compare(
        _ value: JSONValue?, _ comparison: ComparisonOperator, _ literal: ODataLiteral
    ) -> Bool {
        guard let value, !value.isNull else {
            // Nothing equals null, and differs from everything else.
            return literal == .null ? comparison == .eq : comparison == .ne
        }
        guard let order = literal.order(of: value) else { return comparison == .ne }
        return switch comparison {
        case .eq: order == 0
        case .ne: order != 0
        case .gt: order > 0
        case .ge: order >= 0
        case .lt: order < 0
        case .le: order <= 0
        }
    }
}

/// Why a `$filter` or `$select` cannot be read.
struct ODataSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

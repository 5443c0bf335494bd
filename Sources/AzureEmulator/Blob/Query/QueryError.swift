/// What goes wrong while a query runs, and is said in its answer.
struct QueryError: Error, Sendable, Hashable {
    let name: String
    let description: String

    static func invalidTypeConversion(_ value: String, to type: String) -> QueryError {
        QueryError(name: "InvalidTypeConversion", description: "'\(value.prefix(100))' cannot be taken for \(type).")
    }
    static func invalidColumnOrdinal(_ number: Int, count: Int) -> QueryError {
        QueryError(
            name: "InvalidColumnOrdinal", description: "There is no column \(number) in a record of \(count).")
    }
    static func invalidColumnName(_ name: String) -> QueryError {
        QueryError(name: "InvalidColumnName", description: "There is no column '\(name.prefix(100))'.")
    }
    static func parseError(_ description: String) -> QueryError {
        QueryError(name: "ParseError", description: description)
    }
    static let divisionByZero = QueryError(name: "DivisionByZero", description: "A number is divided by zero.")
    static let overflow = QueryError(
        name: "ArithmeticOverflow", description: "The result of a computation is too large for its type.")
}

extension BlobServiceError {
    /// A query that does not follow the rules of the language.
    static func invalidQueryExpression(_ reason: String) -> BlobServiceError {
        BlobServiceError(400, "InvalidInput", "The expression of the query is not valid. \(reason)")
    }
}

/// A word or sign of a query.
enum SQLToken: Sendable, Hashable {
    /// A word without quotation marks: a keyword, a function or a name.
    case word(String)
    /// A name in double quotes.
    case name(String)
    case string(String)
    case integer(Int64)
    case number(Double)
    /// An operator or a bracket.
    case symbol(String)

    /// How it looks in messages.
    var text: String {
        switch self {
        case .word(let text), .symbol(let text): text
        case .name(let text): "\"\(text)\""
        case .string(let text): "'\(text)'"
        case .integer(let value): String(value)
        case .number(let value): String(value)
        }
    }
}

/// Takes a query apart.
struct SQLLexer {
    private static let symbols = ["<>", "!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "%", "(", ")", "[", "]"]
    private static let separators = [",", ".", ";"]

    private var rest: Substring

    static func tokens(of text: String) throws -> [SQLToken] {
        var lexer = SQLLexer(rest: text[...])
        var tokens: [SQLToken] = []
        while let token = try lexer.next() { tokens.append(token) }
        return tokens
    }

    private init(rest: Substring) {
        self.rest = rest
    }

    private mutating func next() throws -> SQLToken? {
        rest = rest.drop { $0.isWhitespace }
        guard let first = rest.first else { return nil }
        if first == "'" { return .string(try quoted("'")) }
        if first == "\"" { return .name(try quoted("\"")) }
        if first.isASCII, first.isNumber { return try number() }
        if first.isLetter || first == "_" || first == "$" {
            let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
            rest = rest.dropFirst(word.count)
            return .word(String(word))
        }
        guard let symbol = (Self.symbols + Self.separators).first(where: { rest.hasPrefix($0) }) else {
            throw BlobServiceError.invalidQueryExpression("The character '\(first)' has no meaning.")
        }
        rest = rest.dropFirst(symbol.count)
        return .symbol(symbol)
    }

    /// A text in quotation marks, in which two of them stand for one.
    private mutating func quoted(_ mark: Character) throws -> String {
        var text = ""
        rest = rest.dropFirst()
        while true {
            let part = rest.prefix { $0 != mark }
            text += part
            rest = rest.dropFirst(part.count)
            guard !rest.isEmpty else { throw BlobServiceError.invalidQueryExpression("A \(mark) has no end.") }
            rest = rest.dropFirst()
            guard rest.first == mark else { return text }
            text.append(mark)
            rest = rest.dropFirst()
        }
    }

    private mutating func number() throws -> SQLToken {
        func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
        var text = rest.prefix(while: isDigit)
        var end = rest[text.endIndex...]
        if end.first == ".", end.dropFirst().first.map(isDigit) == true {
            end = end.dropFirst().drop(while: isDigit)
            text = rest[..<end.startIndex]
        }
        if let mark = end.first, mark == "e" || mark == "E" {
            var exponent = end.dropFirst()
            if exponent.first == "+" || exponent.first == "-" { exponent = exponent.dropFirst() }
            let digits = exponent.prefix(while: isDigit)
            if !digits.isEmpty { text = rest[..<digits.endIndex] }
        }
        rest = rest[text.endIndex...]
        if let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else {
            throw BlobServiceError.invalidQueryExpression("The number \(text) is out of range.")
        }
        return .number(value)
    }
}

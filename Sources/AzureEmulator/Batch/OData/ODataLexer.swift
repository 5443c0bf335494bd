import AzureCore

/// Takes a filter apart.
enum ODataLexer {
    /// A part of a filter.
    enum Token: Sendable, Hashable {
        /// A name, a path such as `executionInfo/exitCode`, or a word such as `and`.
        case word(String)
        case literal(ODataLiteral)
        case open
        case close
        case comma
    }

    static func tokens(of text: String) throws -> [Token] {
        var tokens: [Token] = []
        var rest = text[...]
        while let first = rest.first {
            switch first {
            case " ", "\t": rest.removeFirst()
            case "(": tokens.append(.open); rest.removeFirst()
            case ")": tokens.append(.close); rest.removeFirst()
            case ",": tokens.append(.comma); rest.removeFirst()
            case "'":
                rest.removeFirst()
                tokens.append(.literal(.text(try quoted(&rest))))
            default:
                let word = rest.prefix { !" \t(),'".contains($0) }
                rest = rest[word.endIndex...]
                tokens.append(try token(of: word, &rest))
            }
        }
        return tokens
    }

    /// A text up to its closing quote; two quotes stand for one.
    private static func quoted(_ rest: inout Substring) throws -> String {
        var text = ""
        while let quote = rest.firstIndex(of: "'") {
            text += rest[..<quote]
            rest = rest[rest.index(after: quote)...]
            guard rest.first == "'" else { return text }
            text += "'"
            rest.removeFirst()
        }
        throw ODataSyntaxError("A text has no closing quote.")
    }

    private static func token(of word: Substring, _ rest: inout Substring) throws -> Token {
        if word.lowercased() == "datetime", rest.first == "'" {
            rest.removeFirst()
            let text = try quoted(&rest)
            guard let date = ISO8601Date.parse(text) ?? ISO8601Date.parse(text + "Z") else {
                throw ODataSyntaxError("'\(text)' is no time.")
            }
            return .literal(.date(date))
        }
        switch word {
        case "true": return .literal(.bool(true))
        case "false": return .literal(.bool(false))
        case "null": return .literal(.null)
        default: break
        }
        if let date = ISO8601Date.parse(word) { return .literal(.date(date)) }
        if let number = Double(word), number.isFinite { return .literal(.number(number)) }
        guard word.allSatisfy({ $0.isLetter || $0.isNumber || "_./-".contains($0) }) else {
            throw ODataSyntaxError("'\(word)' is neither a property nor a value.")
        }
        return .word(String(word))
    }
}

/// A part of a formula.
enum AutoscaleToken: Sendable, Hashable {
    /// A variable, a function, a constant or a member, with its dollar sign if it has one.
    case name(String)
    case number(Double)
    /// What stands between double quotes.
    case text(String)
    case symbol(Symbol)
    case end

    enum Symbol: String, Sendable, Hashable {
        case open = "("
        case close = ")"
        case openVector = "["
        case closeVector = "]"
        case comma = ","
        case semicolon = ";"
        case dot = "."
        case question = "?"
        case colon = ":"
        case assign = "="
        case plus = "+"
        case minus = "-"
        case times = "*"
        case over = "/"
        case less = "<"
        case lessOrEqual = "<="
        case equal = "=="
        case greaterOrEqual = ">="
        case greater = ">"
        case notEqual = "!="
        case and = "&&"
        case or = "||"
        case not = "!"
    }

    /// The token as an error names it.
    var description: String {
        switch self {
        case .name(let name): "'\(name)'"
        case .number(let number): "the number \(AutoscaleText.number(number))"
        case .text: "a text"
        case .symbol(let symbol): "'\(symbol.rawValue)'"
        case .end: "the end of the formula"
        }
    }
}

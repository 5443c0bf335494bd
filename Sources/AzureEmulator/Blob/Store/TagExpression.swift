/// A condition on the tags of a blob, such as `"status" = 'done' AND "size" > '5'`. AND binds closer than OR.
struct TagExpression: Sendable {
    private enum Operator: String, Sendable {
        case equal = "="
        case notEqual = "<>"
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    private struct Comparison: Sendable {
        let key: String
        let comparison: Operator
        let value: String

        func holds(for tags: BlobTags, in container: String?) -> Bool {
            let found = key == TagExpression.container ? container : tags.first { $0.name == key }?.value
            guard let found else { return false }
            // Values are texts, in the order of their bytes.
            let isLess = found.utf8.lexicographicallyPrecedes(value.utf8)
            switch comparison {
            case .equal: return found == value
            case .notEqual: return found != value
            case .less: return isLess
            case .lessOrEqual: return isLess || found == value
            case .greater: return !isLess && found != value
            case .greaterOrEqual: return !isLess
            }
        }
    }

    /// What stands for the name of the container in searches.
    private static let container = "@container"

    /// Alternatives, in each of which everything has to hold.
    private let alternatives: [[Comparison]]

    /// Reads an expression; nil when it is none.
    init?(_ text: String) {
        var scanner = Scanner(rest: text[...])
        var alternatives: [[Comparison]] = [[]]
        repeat {
            guard let key = scanner.key(), let comparison = scanner.comparison(), let value = scanner.quoted("'") else {
                return nil
            }
            alternatives[alternatives.count - 1].append(Comparison(key: key, comparison: comparison, value: value))
            if scanner.word("OR") {
                alternatives.append([])
            } else if !scanner.word("AND") {
                guard scanner.isAtEnd else { return nil }
                break
            }
        } while true
        self.alternatives = alternatives
    }

    /// Whether it holds.
    ///
    /// - Parameter container: The container that the blob is in; nil for conditions, which know none.
    func holds(for tags: BlobTags, in container: String? = nil) -> Bool {
        alternatives.contains { $0.allSatisfy { $0.holds(for: tags, in: container) } }
    }

    /// The tags that it asks about.
    var keys: Set<String> { Set(alternatives.joined().map(\.key)) }

    /// Whether blobs can be searched with it: by comparisons that all hold, none of them for what is different, and
    /// none but equality for the container.
    var isSearchable: Bool {
        alternatives.count == 1
            && alternatives[0].allSatisfy {
                $0.comparison != .notEqual && ($0.key != Self.container || $0.comparison == .equal)
            }
    }

    private struct Scanner {
        var rest: Substring

        var isAtEnd: Bool { rest.allSatisfy { $0 == " " } }

        mutating func skipSpace() {
            rest = rest.drop { $0 == " " }
        }

        mutating func word(_ word: String) -> Bool {
            skipSpace()
            guard rest.prefix(word.count).uppercased() == word else { return false }
            rest = rest.dropFirst(word.count)
            return true
        }

        mutating func quoted(_ quote: Character) -> String? {
            skipSpace()
            guard rest.first == quote, let end = rest.dropFirst().firstIndex(of: quote) else { return nil }
            defer { rest = rest[end...].dropFirst() }
            return String(rest.dropFirst()[..<end])
        }

        /// A key, which needs its quotation marks only when it is no plain word.
        mutating func key() -> String? {
            skipSpace()
            if rest.first == "\"" { return quoted("\"") }
            let key = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "@" }
            rest = rest.dropFirst(key.count)
            return key.isEmpty ? nil : String(key)
        }

        mutating func comparison() -> Operator? {
            skipSpace()
            let text = rest.prefix { "<>=".contains($0) }
            rest = rest.dropFirst(text.count)
            return Operator(rawValue: String(text))
        }
    }
}

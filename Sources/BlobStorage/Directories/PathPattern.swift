import AzureCore

/// A pattern of paths; see ``TreeTransferOptions`` for what it may say. Any pattern takes time in proportion to its
/// length and that of the path.
struct PathPattern: Sendable {
    private enum Token: Sendable, Equatable {
        case character(UnicodeScalar)
        /// One character but `/`.
        case one
        /// Any characters but `/`.
        case name
        /// Any characters.
        case anything
        /// Nothing, or any characters and a `/` after them.
        case directories

        /// Whether a match may stand behind it, too, when directories may end where it stands.
        func isOptional(mayEnd: Bool) -> Bool {
            switch self {
            case .name, .anything: true
            case .directories: mayEnd
            case .character, .one: false
            }
        }
    }

    /// The most characters of a pattern: twice as many as the name of a blob may have.
    static let maxLength = 2048

    private let tokens: [Token]

    init(_ pattern: String) throws {
        guard pattern.unicodeScalars.count <= Self.maxLength else {
            throw AzureError.invalidArgument(
                "A pattern of paths has \(pattern.unicodeScalars.count) characters; it may have \(Self.maxLength).")
        }
        var text = pattern[...]
        let isDirectory = text.last == "/"
        if isDirectory { text.removeLast() }
        guard text.contains(where: { $0 != "/" }) else {
            throw AzureError.invalidArgument("'\(pattern)' is no pattern of paths; '**' covers all of them.")
        }
        var tokens: [Token] = text.contains("/") ? [] : [.directories]
        if text.first == "/" { text.removeFirst() }
        var rest = Array(text.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "?": tokens.append(.one)
            case "*" where rest.first == "*":
                rest = rest.drop { $0 == "*" }
                let isWhole = [nil, .character("/"), .directories].contains(tokens.last)
                if isWhole, rest.first == "/" {
                    rest.removeFirst()
                    // Directories of directories are no other ones.
                    if tokens.last != .directories { tokens.append(.directories) }
                } else {
                    tokens.append(.anything)
                }
            case "*": tokens.append(.name)
            default: tokens.append(.character(scalar))
            }
        }
        if isDirectory { tokens += [.character("/"), .anything] }
        self.tokens = tokens
    }

    /// Whether it is certain that everything below a directory is as the pattern says.
    func matchesAll(below directory: String) -> Bool {
        tokens.last == .anything && matches(directory + "/")
    }

    /// Whether the whole path is as the pattern says.
    func matches(_ path: String) -> Bool {
        // All places of the pattern at which a match of what was read so far can stand, in rising order: few of many.
        var places = withOptional([0], after: nil, from: [])
        for scalar in path.unicodeScalars {
            let next = places.reduce(into: [Int]()) { next, place in
                guard let place = follow(place, scalar), next.last != place else { return }
                next.append(place)
            }
            places = withOptional(next, after: scalar, from: places)
            if places.isEmpty { return false }
        }
        return places.last == tokens.count
    }

    /// Where a match stands after one more character; nil when it is none.
    private func follow(_ place: Int, _ scalar: UnicodeScalar) -> Int? {
        guard place < tokens.count else { return nil }
        return switch tokens[place] {
        case .character(let wanted): scalar == wanted ? place + 1 : nil
        case .one: scalar != "/" ? place + 1 : nil
        case .name: scalar != "/" ? place : nil
        case .anything, .directories: place
        }
    }

    /// Adds the places behind tokens that may stand for nothing, or have come to their end.
    private func withOptional(_ places: [Int], after scalar: UnicodeScalar?, from before: [Int]) -> [Int] {
        var result: [Int] = []
        result.reserveCapacity(places.count + 1)
        var rest = places[...]
        var began = before[...]
        var place = rest.popFirst()
        while let current = place {
            result.append(current)
            while let first = began.first, first < current { began.removeFirst() }
            // Behind a name that has begun there must be a slash.
            let mayEnd = began.first != current || scalar == "/"
            if current < tokens.count, tokens[current].isOptional(mayEnd: mayEnd) {
                place = current + 1
                if rest.first == place { rest.removeFirst() }
            } else {
                place = rest.popFirst()
            }
        }
        return result
    }
}

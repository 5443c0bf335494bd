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
    }

    private let tokens: [Token]

    init(_ pattern: String) throws {
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
                let isWhole = tokens.isEmpty || tokens.last == .character("/")
                if isWhole, rest.first == "/" {
                    rest.removeFirst()
                    tokens.append(.directories)
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
        // All places of the pattern at which a match of what was read so far can stand.
        var places = [Bool](repeating: false, count: tokens.count + 1)
        places[0] = true
        skipOptional(&places)
        for scalar in path.unicodeScalars {
            var next = [Bool](repeating: false, count: tokens.count + 1)
            for (index, token) in tokens.enumerated() where places[index] {
                switch token {
                case .character(let wanted): if scalar == wanted { next[index + 1] = true }
                case .one: if scalar != "/" { next[index + 1] = true }
                case .name: if scalar != "/" { next[index] = true }
                case .anything: next[index] = true
                case .directories: next[index] = true
                }
            }
            skipOptional(&next, after: scalar, from: places)
            places = next
        }
        return places[tokens.count]
    }

    /// Goes on behind tokens that may stand for nothing, or have come to their end.
    private func skipOptional(_ places: inout [Bool], after scalar: UnicodeScalar? = nil, from before: [Bool] = []) {
        for (index, token) in tokens.enumerated() where places[index] {
            switch token {
            case .name, .anything: places[index + 1] = true
            case .directories:
                // Behind a name that has begun there must be a slash.
                let hasBegun = before.indices.contains(index) && before[index]
                if !hasBegun || scalar == "/" { places[index + 1] = true }
            case .character, .one: break
            }
        }
    }
}

#if Emulator
/// Splits the command line of a task into a program and its arguments.
///
/// There is no shell: quotes group, a backslash takes the next character as it is (within double quotes only before a
/// quote or another backslash), and nothing is expanded.
enum CommandLine {
    /// The program and its arguments; nil when a quote is not closed.
    static func split(_ line: String) -> [String]? {
        var splitter = Splitter()
        for character in line { splitter.take(character) }
        return splitter.finish()
    }

    private struct Splitter {
        private var arguments: [String] = []
        private var current: String?
        private var quote: Character?
        private var isEscaped = false

        mutating func take(_ character: Character) {
            if isEscaped {
                isEscaped = false
                if quote == "\"", character != "\"", character != "\\" { append("\\") }
                append(character)
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open { quote = nil } else { append(character) }
            } else if character == "\"" || character == "'" {
                quote = character
                current = current ?? ""
            } else if character.isWhitespace {
                if let current { arguments.append(current) }
                current = nil
            } else {
                append(character)
            }
        }

        mutating func finish() -> [String]? {
            guard quote == nil, !isEscaped else { return nil }
            if let current { arguments.append(current) }
            return arguments
        }

        private mutating func append(_ character: Character) {
            current = (current ?? "") + String(character)
        }
    }
}
#endif

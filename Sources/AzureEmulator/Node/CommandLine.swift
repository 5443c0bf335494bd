/// Splits the command line of a task into a program and its arguments.
///
/// There is no shell: quotes group, a backslash takes the next character as it is (within double quotes only before a
/// quote or another backslash), and nothing is expanded.
enum CommandLine {
    /// The program and its arguments; nil when a quote is not closed.
    static func split(_ line: String) -> [String]? {
        var splitter = Splitter()
        for scalar in line.unicodeScalars { splitter.take(scalar) }
        return splitter.finish()
    }

    private struct Splitter {
        private var arguments: [String] = []
        private var current: String.UnicodeScalarView?
        private var quote: Unicode.Scalar?
        private var isEscaped = false

        mutating func take(_ character: Unicode.Scalar) {
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
                current = current ?? .init()
            } else if character.properties.isWhitespace {
                endArgument()
            } else {
                append(character)
            }
        }

        mutating func finish() -> [String]? {
            guard quote == nil, !isEscaped else { return nil }
            endArgument()
            return arguments
        }

        private mutating func endArgument() {
            if let current { arguments.append(String(current)) }
            current = nil
        }

        /// In place, so that a long argument costs no more than its length.
        private mutating func append(_ character: Unicode.Scalar) {
            if current == nil { current = .init() }
            current?.append(character)
        }
    }
}

/// The file that the result goes into.
enum OutputFile {
    /// The path beside the input: `NAME_OUTPUT.EXT` for `NAME.EXT`.
    ///
    /// The extension is what follows the last dot of the file's name; dots at its beginning do not start one.
    static func path(for input: String) -> String {
        let withoutDots = fileName(of: input).drop { $0 == "." }
        let end = withoutDots.lastIndex(of: ".") ?? input.endIndex
        return input.unicodeScalars[..<end].text + "_OUTPUT" + input.unicodeScalars[end...].text
    }

    /// The last component of a path.
    static func name(of path: String) -> String {
        fileName(of: path).text
    }

    /// Scalars and not characters are searched, because a combining mark may follow a slash or a dot.
    private static func fileName(of path: String) -> Substring.UnicodeScalarView {
        let scalars = path.unicodeScalars
        return scalars[(scalars.lastIndex(of: "/").map(scalars.index(after:)) ?? scalars.startIndex)...]
    }
}

extension Substring.UnicodeScalarView {
    fileprivate var text: String { String(String.UnicodeScalarView(self)) }
}

/// A pattern of paths: `*` stands for any characters of a name, `?` for one, `[abc]`, `[a-c]` and `[!a]` for one of a
/// choice, `**` for any directories. A name that begins with a dot is matched by a pattern that does, too.
struct FilePattern: Sendable, Hashable {
    /// Part of a pattern between slashes.
    enum Part: Sendable, Hashable {
        /// Any number of directories.
        case directories
        case name(NamePattern)
    }

    /// The most bytes of a pattern, with what its variables stand for: those of a path on Linux.
    static let maxLength = 4096

    /// The directories before the first wildcard, from the root of the file system.
    let base: [Substring]
    /// What comes after them; the last is never ``Part/directories``.
    let parts: [Part]
    /// Whether it names just one file.
    let isExact: Bool

    /// Reads a pattern.
    ///
    /// - Parameters:
    ///   - text: The pattern. One that does not begin with a slash is below the working directory.
    ///   - workingDirectory: The working directory.
    ///   - variables: What `$NAME` and `${NAME}` stand for.
    init(_ text: String, in workingDirectory: String, variables: [String: String]) {
        // What is longer names nothing.
        let expanded = Self.expand(text.utf8.count <= Self.maxLength ? text : "", variables)
        let whole = expanded.utf8.first == UInt8(ascii: "/") ? expanded : "\(workingDirectory)/\(expanded)"
        var names: [Substring] = []
        for part in whole.pathParts where !part.isEmpty && part != "." {
            if part == ".." { _ = names.popLast() } else { names.append(part) }
        }
        let wild = names.firstIndex { NamePattern.isWild($0) }
        isExact = wild == nil
        let start = wild ?? max(0, names.count - 1)
        base = Array(names[..<start])
        var parts: [Part] = []
        for name in names[start...] {
            let part = name == "**" ? Part.directories : .name(wild == nil ? NamePattern(exactly: name) : .init(name))
            if part != .directories || parts.last != .directories { parts.append(part) }
        }
        if parts.last == .directories { parts.append(.name(NamePattern("*"))) }
        self.parts = parts
    }

    private static func expand(_ text: String, _ variables: [String: String]) -> String {
        var result = ""
        var rest = Substring(text)
        while let dollar = rest.firstIndex(of: "$"), result.utf8.count <= maxLength {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            let isBraced = rest.first == "{"
            let start = isBraced ? rest.dropFirst() : rest
            let name = start.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            let end = start[name.endIndex...]
            guard !name.isEmpty, !isBraced || end.first == "}" else {
                result += "$"
                continue
            }
            result += variables[String(name)] ?? ""
            rest = isBraced ? end.dropFirst() : end
        }
        return result + rest
    }

    // MARK: Walking down

    /// Where matching has got to: places in ``parts``.
    typealias Places = Set<Int>

    /// Where matching begins.
    var start: Places { closed([0]) }

    /// Where matching has got to below a directory; empty when nothing in it can match.
    func descend(_ name: String, from places: Places) -> Places {
        var next: Places = []
        for place in places where place < parts.count {
            switch parts[place] {
            case .directories: if !name.hasPrefix(".") { next.insert(place) }
            case .name(let pattern): if place + 1 < parts.count, pattern.matches(name) { next.insert(place + 1) }
            }
        }
        return closed(next)
    }

    /// Whether a file matches.
    func matches(_ name: String, from places: Places) -> Bool {
        guard let last = parts.last, places.contains(parts.count - 1), case .name(let pattern) = last else {
            return false
        }
        return pattern.matches(name)
    }

    /// Directories in any number can be none.
    private func closed(_ places: Places) -> Places {
        var places = places
        for place in places where place < parts.count && parts[place] == .directories { places.insert(place + 1) }
        return places
    }
}

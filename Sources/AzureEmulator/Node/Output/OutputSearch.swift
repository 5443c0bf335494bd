/// Finds the files of a node that a pattern names. No link leads out of the node: one to a file in it stands for that
/// file, one to a directory is not gone into by a wildcard.
struct OutputSearch: Sendable {
    /// A file that was found.
    struct Match: Sendable {
        /// The names from the node's directory down, none of them a link.
        let path: [String]
        /// The path below the part of the pattern that has no wildcards.
        let name: String
    }

    /// How deep directories are gone into.
    static let maxDepth = 256

    /// The node's directory with no link in it.
    let root: String

    /// Gets ready to search a node; nil when it has no directory.
    init?(_ layout: NodeLayout) {
        guard let root = PathGuard.resolve(layout.root, inside: layout.emulatorRoot) else { return nil }
        self.root = root
    }

    /// The files, in the order of their names.
    func matches(of pattern: FilePattern) -> [Match] {
        guard let base = location("/" + pattern.base.joined(separator: "/")),
            let directory = OpenDirectory(root)?.descend(base.map { $0[...] })
        else { return [] }
        var matches: [Match] = []
        search(directory, pattern, at: base, below: [], from: pattern.start, &matches)
        return matches.sorted { $0.name < $1.name }
    }

    /// Opens a file that was found; nil when it is gone, or something else has come in its place.
    func open(_ match: Match) -> NodeFile? {
        guard let name = match.path.last else { return nil }
        return OpenDirectory(root)?.descend(match.path.dropLast().map { $0[...] })
            .flatMap { NodeFile(FileName(name), in: $0, path: match.name) }
    }

    /// The names from the node's directory down to where a path leads.
    private func location(_ path: String) -> [String]? {
        guard let path = PathGuard.resolve(path, inside: root) else { return nil }
        return path.dropFirst(root.count).pathParts.filter { !$0.isEmpty }.map(String.init)
    }

    private func search(
        _ directory: OpenDirectory, _ pattern: FilePattern, at path: [String], below: [String],
        from places: FilePattern.Places, _ matches: inout [Match]
    ) {
        for name in (try? directory.names()) ?? [] {
            guard let text = name.text, let status = directory.status(of: name) else { continue }
            switch status.kind {
            case .file:
                guard pattern.matches(text, from: places) else { continue }
                matches.append(Match(path: path + [text], name: (below + [text]).joined(separator: "/")))
            case .link:
                guard pattern.matches(text, from: places),
                    let target = location("\(root)/\((path + [text]).joined(separator: "/"))")
                else { continue }
                matches.append(Match(path: target, name: (below + [text]).joined(separator: "/")))
            case .directory:
                let next = pattern.descend(text, from: places)
                guard !next.isEmpty, below.count < Self.maxDepth, let inner = directory.directory(name) else {
                    continue
                }
                search(inner, pattern, at: path + [text], below: below + [text], from: next, &matches)
            case .other: continue
            }
        }
    }
}

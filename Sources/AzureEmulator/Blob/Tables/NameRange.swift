/// The names that a list wants: those with a prefix, from a place on.
struct NameRange: Sendable {
    enum Start: Sendable {
        case at(BlobName)
        case after(BlobName)
        /// Behind all names that begin with a text.
        case behind(prefix: String)
    }

    var start: Start
    var prefix: String

    init(_ start: Start = .at(BlobName("")), prefix: String = "") {
        self.start = start
        self.prefix = prefix
    }

    /// Whether a name stands in front of the range. Names that do stand in front of all that do not.
    func isBehind(_ name: BlobName) -> Bool {
        if !prefix.isEmpty, name < BlobName(prefix) { return true }
        return switch start {
        case .at(let first): name < first
        case .after(let last): !(last < name)
        case .behind(let passed): name < BlobName(passed) || name.hasPrefix(passed)
        }
    }

    /// Whether a name is in the range.
    func contains(_ name: BlobName) -> Bool {
        name.hasPrefix(prefix) && !isBehind(name)
    }
}

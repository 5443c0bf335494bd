/// The id of a run. What it makes has names with it, so that two runs at once do not get into each other's way.
public struct RunID: Sendable, Hashable, CustomStringConvertible {
    /// The id.
    public let description: String

    /// An id that the user gives.
    ///
    /// It is nil for what cannot end the name of a container: that takes lower-case letters and digits, and hyphens
    /// between them. At most 32 characters are taken.
    public init?(_ text: String) {
        guard text.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, text.utf8.count <= 32 else { return nil }
        description = text
    }

    private init(random: String) {
        description = random
    }

    /// An id that no other run has: ten letters and digits by chance.
    public static func random() -> RunID {
        let characters = "abcdefghijkmnpqrstuvwxyz23456789"
        return RunID(random: String((0..<10).map { _ in characters.randomElement() ?? "x" }))
    }

    /// A name that ends with the id.
    public func name(_ base: String) -> String {
        "\(base)-\(self)"
    }
}

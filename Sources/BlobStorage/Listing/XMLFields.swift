import AzureCore

/// The elements inside another one, in the service's order, and where their texts go.
struct XMLFields<Target>: Sendable {
    typealias Setter = @Sendable (inout Target, XMLText) -> Void

    private let names: [StaticString]
    private let setters: [Setter]

    init(_ fields: [(name: StaticString, set: Setter)]) {
        names = fields.map(\.name)
        setters = fields.map(\.set)
    }

    /// Reads all children of the element that just began, up to its end. Those that are empty or unknown are skipped.
    func read(_ reader: inout XMLPullReader, into target: inout Target) throws {
        try reader.readFields(names) { index, text in setters[index](&target, text) }
    }
}

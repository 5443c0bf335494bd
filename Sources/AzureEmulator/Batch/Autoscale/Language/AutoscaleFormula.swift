/// A formula that says how many nodes a pool should have, ready to be evaluated.
///
/// The language is that of "Create a formula to automatically scale compute nodes in a Batch pool".
struct AutoscaleFormula: Sendable, Hashable {
    /// The most characters of a formula: 8 KB.
    static let maxLength = 8192
    /// The most statements of a formula.
    static let maxStatements = 100
    /// How deep parentheses, calls and ternaries may stand in each other.
    static let maxDepth = 50

    /// A step and the place that its errors name.
    struct Step: Sendable, Hashable {
        var instruction: AutoscaleInstruction
        let position: AutoscalePosition
    }

    let text: String
    let steps: [Step]

    /// Reads a formula.
    ///
    /// - Throws: An ``AutoscaleError`` when it is too long or breaks the grammar.
    init(_ text: String) throws(AutoscaleError) {
        guard text.utf16.count <= Self.maxLength else {
            throw AutoscaleError(.tooLong, "A formula may have \(Self.maxLength) characters")
        }
        var parser = AutoscaleParser(try AutoscaleLexer.tokens(of: text))
        steps = try parser.parse()
        self.text = text
    }
}

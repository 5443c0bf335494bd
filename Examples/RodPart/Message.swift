/// What the programs say to each other: a word and values, as one line of text.
enum Message: Equatable {
    /// A piece is there, on a node.
    case hello(node: String)
    /// Compute a piece of so many cells, for so many steps.
    case begin(cells: Int, steps: Int)
    /// The temperatures at both ends of a piece.
    case ends(first: Double, last: Double)
    /// The temperatures beside both ends.
    case beside(before: Double, after: Double)
    /// All temperatures of a piece, after the last step.
    case done([Double])

    /// The line. Numbers are written so that they are read as what they were.
    var line: String {
        switch self {
        case .hello(let node): "hello \(node)"
        case .begin(let cells, let steps): "begin \(cells) \(steps)"
        case .ends(let first, let last): "ends \(first) \(last)"
        case .beside(let before, let after): "beside \(before) \(after)"
        case .done(let temperatures): (["done"] + temperatures.map { "\($0)" }).joined(separator: " ")
        }
    }

    /// Reads a line; nil if it is none of these.
    init?(line: String) {
        let words = line.split(separator: " ")
        guard let kind = words.first else { return nil }
        let values = words.dropFirst()
        let numbers = values.compactMap { Double($0) }.filter(\.isFinite)
        let counts = values.compactMap { Int($0) }.filter { $0 > 0 }
        switch kind {
        case "hello" where values.count == 1: self = .hello(node: String(values.joined()))
        case "begin" where values.count == 2 && counts.count == 2: self = .begin(cells: counts[0], steps: counts[1])
        case "ends" where values.count == 2 && numbers.count == 2: self = .ends(first: numbers[0], last: numbers[1])
        case "beside" where values.count == 2 && numbers.count == 2:
            self = .beside(before: numbers[0], after: numbers[1])
        case "done" where numbers.count == values.count: self = .done(numbers)
        default: return nil
        }
    }
}

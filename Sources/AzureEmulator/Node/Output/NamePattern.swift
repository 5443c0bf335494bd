/// A pattern of names of files, without slashes.
struct NamePattern: Sendable, Hashable {
    fileprivate enum Item: Sendable, Hashable {
        case any
        case one
        case scalar(Unicode.Scalar)
        case choice([ClosedRange<Unicode.Scalar>], isNegated: Bool)
    }

    private let items: [Item]
    /// Whether it begins with a dot, and so may match names that do.
    private let matchesHidden: Bool

    /// Whether a text has wildcards.
    static func isWild(_ text: some StringProtocol) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }
    }

    /// A pattern without wildcards.
    init(exactly text: some StringProtocol) {
        items = text.unicodeScalars.map { .scalar($0) }
        matchesHidden = true
    }

    /// Reads a pattern. A bracket that is not closed stands for itself.
    init(_ text: some StringProtocol) {
        let scalars = Array(text.unicodeScalars)
        var items: [Item] = []
        var place = 0
        while place < scalars.count {
            let scalar = scalars[place]
            place += 1
            switch scalar {
            case "*": if items.last != .any { items.append(.any) }
            case "?": items.append(.one)
            case "[":
                if let (choice, end) = Self.choice(scalars, from: place) {
                    items.append(choice)
                    place = end
                } else {
                    items.append(.scalar(scalar))
                }
            default: items.append(.scalar(scalar))
            }
        }
        self.items = items
        matchesHidden = items.first == .scalar(".")
    }

    /// Reads what stands behind a bracket, and where it ends.
    private static func choice(_ scalars: [Unicode.Scalar], from start: Int) -> (Item, Int)? {
        var place = start
        let isNegated = place < scalars.count && (scalars[place] == "!" || scalars[place] == "^")
        if isNegated { place += 1 }
        let first = place
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        while place < scalars.count {
            let scalar = scalars[place]
            // A closing bracket that comes first is one of the choice.
            if scalar == "]", place > first { return (.choice(ranges, isNegated: isNegated), place + 1) }
            if place + 2 < scalars.count, scalars[place + 1] == "-", scalars[place + 2] != "]" {
                let end = scalars[place + 2]
                if scalar <= end { ranges.append(scalar...end) }
                place += 3
            } else {
                ranges.append(scalar...scalar)
                place += 1
            }
        }
        return nil
    }

    /// Whether a name matches. Takes no more steps than the name and the pattern are long, multiplied.
    func matches(_ name: String) -> Bool {
        let scalars = Array(name.unicodeScalars)
        if !matchesHidden, scalars.first == "." { return false }
        var (item, place) = (0, 0)
        /// Where to go on when the last `*` takes one more.
        var resume: (item: Int, place: Int)?
        while place < scalars.count {
            if item < items.count, items[item] == .any {
                item += 1
                resume = (item, place)
            } else if item < items.count, items[item].matches(scalars[place]) {
                (item, place) = (item + 1, place + 1)
            } else if let last = resume {
                resume = (last.item, last.place + 1)
                (item, place) = (last.item, last.place + 1)
            } else {
                return false
            }
        }
        return items[item...].allSatisfy { $0 == .any }
    }
}

extension NamePattern.Item {
    fileprivate func matches(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .any: false
        case .one: true
        case .scalar(let own): own == scalar
        case .choice(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
        }
    }
}

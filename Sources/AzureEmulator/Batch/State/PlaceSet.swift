/// A set of places in a table, the least first.
///
/// Adding one, taking one out and finding the next take a few steps, however many there are: a bit for each place, and
/// above each 64 of them one that tells whether any is set.
struct PlaceSet: Sendable {
    /// How many levels there are: enough for 64 to the power of 6 places, which is more than memory has.
    private static let depth = 6

    private var levels = [[UInt64]](repeating: [], count: depth)
    /// How many places are in it.
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// The least place; nil when there is none.
    var first: Int? { isEmpty ? nil : next(from: 0) }

    /// All places, the least first.
    var places: [Int] {
        var places: [Int] = []
        var place = first
        while let current = place {
            places.append(current)
            place = next(from: current + 1)
        }
        return places
    }

    func contains(_ place: Int) -> Bool {
        let word = place >> 6
        return word < levels[0].count && levels[0][word] & Self.bit(place) != 0
    }

    mutating func insert(_ place: Int) {
        guard !contains(place) else { return }
        count += 1
        var index = place
        for level in 0..<Self.depth {
            let word = index >> 6
            if word >= levels[level].count {
                levels[level] += [UInt64](repeating: 0, count: word + 1 - levels[level].count)
            }
            let hadAny = levels[level][word] != 0
            levels[level][word] |= Self.bit(index)
            if hadAny { return }
            index = word
        }
    }

    mutating func remove(_ place: Int) {
        guard contains(place) else { return }
        count -= 1
        var index = place
        for level in 0..<Self.depth {
            let word = index >> 6
            levels[level][word] &= ~Self.bit(index)
            if levels[level][word] != 0 { return }
            index = word
        }
    }

    /// The least place from one on; nil when there is none.
    func next(from place: Int) -> Int? {
        var index = place
        for level in 0..<Self.depth {
            let word = index >> 6
            guard word < levels[level].count else { return nil }
            let rest = levels[level][word] & (~0 << UInt64(index & 63))
            if rest != 0 { return leaf(below: word << 6 | rest.trailingZeroBitCount, of: level) }
            index = word + 1
        }
        return nil
    }

    /// The least place below a bit of a level.
    private func leaf(below index: Int, of level: Int) -> Int {
        var (index, level) = (index, level)
        while level > 0 {
            level -= 1
            index = index << 6 | levels[level][index].trailingZeroBitCount
        }
        return index
    }

    private static func bit(_ index: Int) -> UInt64 { 1 << UInt64(index & 63) }
}

/// Places by priority: the highest priority first, and within one the least place.
struct PriorityPlaces: Sendable {
    /// A place with its priority.
    struct Position: Sendable, Hashable {
        let priority: Int
        let place: Int
    }

    private var places: [Int: PlaceSet] = [:]
    /// The priorities that have places, the lowest first.
    private var priorities: [Int] = []

    /// The lowest priority that has a place.
    var lowest: Int? { priorities.first }

    /// All of them, in order.
    var positions: [Position] {
        priorities.reversed().flatMap { priority in
            (places[priority]?.places ?? []).map { Position(priority: priority, place: $0) }
        }
    }

    /// What comes behind a position, which need not be there any more; the first when there is none.
    func next(after last: Position?) -> Position? {
        guard let last else { return first(below: priorities.count) }
        if let place = places[last.priority]?.next(from: last.place + 1) {
            return Position(priority: last.priority, place: place)
        }
        return first(below: index(of: last.priority))
    }

    mutating func insert(_ position: Position) {
        let wasEmpty = places[position.priority]?.isEmpty ?? true
        places[position.priority, default: PlaceSet()].insert(position.place)
        if wasEmpty { priorities.insert(position.priority, at: index(of: position.priority)) }
    }

    mutating func remove(_ position: Position) {
        guard places[position.priority]?.contains(position.place) == true else { return }
        places[position.priority]?.remove(position.place)
        if places[position.priority]?.isEmpty == true { priorities.remove(at: index(of: position.priority)) }
    }

    private func first(below end: Int) -> Position? {
        guard end > 0, let place = places[priorities[end - 1]]?.first else { return nil }
        return Position(priority: priorities[end - 1], place: place)
    }

    /// How many priorities lie below one.
    private func index(of priority: Int) -> Int {
        var (low, high) = (0, priorities.count)
        while low < high {
            let middle = (low + high) / 2
            if priorities[middle] < priority { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

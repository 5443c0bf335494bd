/// The last elements of a list that goes on for ever, oldest first.
struct RecentList<Element: Sendable>: Sendable {
    let limit: Int
    private var storage: [Element] = []
    /// How many there have been.
    private(set) var total = 0

    init(limit: Int) { self.limit = limit }

    /// A list that goes on with its last elements.
    ///
    /// - Parameter total: How many there have been, these among them.
    init(limit: Int, _ elements: [Element], total: Int) {
        self.limit = limit
        storage = elements.suffix(limit)
        self.total = max(total, storage.count)
    }

    var elements: ArraySlice<Element> { storage.suffix(limit) }
    var isEmpty: Bool { storage.isEmpty }

    mutating func add(_ element: Element) {
        // Moving the rest now and then costs less than each time.
        if storage.count >= 2 * limit { storage.removeFirst(storage.count - limit + 1) }
        storage.append(element)
        total += 1
    }

    /// Changes the element that was added last.
    mutating func changeLast(_ change: (inout Element) -> Void) {
        guard !storage.isEmpty else { return }
        change(&storage[storage.count - 1])
    }
}

extension RecentList: Equatable where Element: Equatable {}

extension RecentList: Hashable where Element: Hashable {}

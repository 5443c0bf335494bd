import Foundation

/// The last elements of a list that goes on for ever, oldest first.
struct RecentList<Element: Sendable>: Sendable {
    let limit: Int
    private var storage: [Element] = []
    /// How many there have been.
    private(set) var total = 0

    init(limit: Int) { self.limit = limit }

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

/// A run of a task that is over: where it was, and when.
struct TaskRun: Sendable, Hashable {
    /// How many of a task are kept. Each part of a multi-instance task counts.
    static let limit = 100

    let node: NodeKey
    /// The slots of the node that it had, from 0.
    let slots: [Int]
    /// When the node got it.
    let placed: Date
    /// When it began; nil when it was ended before.
    let start: Date?
    let end: Date
}

/// A resize of a pool.
struct PoolResize: Sendable, Hashable {
    /// How many of a pool are kept.
    static let limit = 100

    let start: Date
    /// When the pool was steady again, or the next resize began.
    var end: Date?
    let targetDedicated: Int
    let targetLowPriority: Int
    /// The codes of what kept it from its targets.
    var errors: [String] = []
}

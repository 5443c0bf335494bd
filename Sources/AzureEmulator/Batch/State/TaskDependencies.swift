/// What a task depends on, one after the other. What has gone well once is not looked at again.
struct TaskDependencies: Sendable {
    /// One of the things that a task depends on.
    enum Item: Sendable, Hashable {
        /// The task with an id, in lower case.
        case id(String)
        /// Any task whose id is a number; leading zeros do not count.
        case number(Int64)
    }

    /// The most characters that all ids together may have.
    static let maxCharacters = 64_000
    /// The most ranges. The service has a limit that it does not tell; this is as much as its limit on ids lets through.
    static let maxRanges = 4_000

    /// What is left, the next last.
    private var ids: [String]
    private var ranges: [ClosedRange<Int64>]

    /// Reads the `dependsOn` of a task; nil when it depends on nothing.
    init?(_ dependencies: JSONValue?) {
        ids = (dependencies?["taskIds"]?.array ?? []).compactMap { $0.string?.lowercased() }.reversed()
        ranges = Self.merged((dependencies?["taskIdRanges"]?.array ?? []).compactMap(Self.range)).reversed()
        if next == nil { return nil }
    }

    /// What is to be looked at now; nil when nothing is left.
    var next: Item? {
        if let id = ids.last { return .id(id) }
        return ranges.last.map { .number($0.lowerBound) }
    }

    /// Goes on to what comes behind ``next``.
    mutating func advance() {
        if ids.popLast() != nil { return }
        guard let range = ranges.popLast(), range.lowerBound < range.upperBound else { return }
        // No overflow: there is a number above this one.
        ranges.append((range.lowerBound + 1)...range.upperBound)
    }

    /// The number that the id of a task is, as ranges of ids count; nil when it is none.
    static func number(_ id: String) -> Int64? {
        let digits = id.utf8.drop { $0 == UInt8(ascii: "0") }
        guard !id.isEmpty, digits.count <= 10, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return digits.isEmpty ? 0 : Int64(Substring(digits))
    }

    private static func range(_ range: JSONValue) -> ClosedRange<Int64>? {
        guard let start = range["start"]?.integer, let end = range["end"]?.integer, start <= end else { return nil }
        return start...end
    }

    /// The same numbers in as few ranges as can be, so that none is looked at twice.
    private static func merged(_ ranges: [ClosedRange<Int64>]) -> [ClosedRange<Int64>] {
        var result: [ClosedRange<Int64>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, range.lowerBound <= last.upperBound {
                result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }
}

/// The tasks of a job that wait for others. Each waits for one at a time, so that the end of a task costs no more than
/// there are tasks that wait for just this one.
struct BlockedTasks: Sendable {
    /// What the task at a place still depends on.
    private var dependencies: [Int: TaskDependencies] = [:]
    /// The places of the tasks that wait for something. Some may have gone on meanwhile.
    private var waiting: [TaskDependencies.Item: [Int]] = [:]

    /// How many tasks wait.
    var count: Int { dependencies.count }

    /// Lets a task wait for the next thing that it depends on.
    mutating func block(_ place: Int, _ left: TaskDependencies) {
        guard let next = left.next else { return }
        if dependencies[place]?.next != next { waiting[next, default: []].append(place) }
        dependencies[place] = left
    }

    /// Takes out the tasks that wait for something, in the order in which they came.
    mutating func take(_ item: TaskDependencies.Item) -> [(place: Int, left: TaskDependencies)] {
        let places = waiting.removeValue(forKey: item) ?? []
        return Set(places).sorted().compactMap { place in
            guard let left = dependencies[place], left.next == item else { return nil }
            dependencies[place] = nil
            return (place, left)
        }
    }

    /// Forgets a task that waits no more.
    mutating func remove(_ place: Int) { dependencies[place] = nil }
}

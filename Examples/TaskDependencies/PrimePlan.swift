import SampleSupport

/// What a run shall do.
struct PrimePlan: Sendable {
    /// The most tasks that search: the ids that the last task names have room in it.
    static let mostTasks = 100_000
    /// How many numbers a task searches.
    static let numbersPerPart = 1000
    /// How many of these tasks have their results put together by one.
    static let partsPerGroup = 25
    /// What the last task writes.
    static let result = "result.txt"

    /// How many tasks search.
    var parts: Int
    /// How many nodes the pool has.
    var nodes: Int
    /// How many tasks a node runs at once.
    var slots: Int
    /// Every how many of the searching tasks fails at its first try; 0 for none.
    var unlucky: Int
    /// How often a task that fails is tried again.
    var retries: Int
    /// How long to wait for the tasks.
    var timeout: Duration
    /// Where the result goes, absolute.
    var outputDirectory: String
    /// What the run makes, by name.
    var names: SampleNames

    /// The container that tasks write to and read from.
    var container: String { names.containers[0] }
    /// The largest number that is looked at.
    var last: Int { parts * Self.numbersPerPart }

    /// The tasks whose results are put together, by their numbers, which begin with 1.
    var groups: [ClosedRange<Int>] {
        stride(from: 1, through: parts, by: Self.partsPerGroup).map { first in
            first...min(parts, first + Self.partsPerGroup - 1)
        }
    }
}

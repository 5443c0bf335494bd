/// What was measured of a pool at a moment.
struct AutoscaleSample: Sendable, Hashable {
    struct Values: Sendable, Hashable {
        /// Tasks that wait for a node and for no other task.
        var activeTasks = 0
        var runningTasks = 0
        var succeededTasks = 0
        var failedTasks = 0
        var dedicatedNodes = 0
        var lowPriorityNodes = 0
        var preemptedNodes = 0
        /// Nodes that run tasks or could.
        var usableNodes = 0
    }

    let time: AutoscaleTime
    let values: Values
}

/// The samples of a pool's last day, oldest first.
struct AutoscaleHistory: Sendable, Hashable {
    /// The time from a sample to the next, in ticks: 30 seconds.
    static let period = 30 * AutoscaleTime.ticksPerSecond
    /// The same as a duration.
    static let interval = Duration.seconds(period / AutoscaleTime.ticksPerSecond)
    /// The most samples that are kept: those of a day.
    static let limit = 2880

    private var kept = RecentList<AutoscaleSample>(limit: limit)

    init() {}

    /// A history that goes on with its last samples.
    ///
    /// - Parameter total: How many there have been, these among them.
    init(_ samples: [AutoscaleSample], total: Int) {
        kept = RecentList(limit: Self.limit, samples, total: total)
    }

    /// How many samples there have been.
    var total: Int { kept.total }

    /// All samples that are kept.
    var samples: ArraySlice<AutoscaleSample> { kept.elements }

    /// Adds a sample. One that is not later than the last is of no use: the clock was set back.
    mutating func add(_ sample: AutoscaleSample) {
        if let last = samples.last, last.time >= sample.time { return }
        kept.add(sample)
    }

    /// The samples after one moment up to another, and how many percent that is of those that could have been taken.
    func samples(after first: AutoscaleTime, upTo last: AutoscaleTime) -> (ArraySlice<AutoscaleSample>, Double) {
        let samples = samples
        let lower = Self.place(in: samples) { $0.time > first }
        let upper = max(lower, Self.place(in: samples) { $0.time > last })
        // Moments lie in the years 1 to 9999, so their difference fits.
        let possible = max(1, (last.ticks - first.ticks) / Self.period)
        return (samples[lower..<upper], min(100, Double(upper - lower) * 100 / Double(possible)))
    }

    /// The place of the first sample that a condition holds for, as it does for all later ones.
    private static func place(
        in samples: ArraySlice<AutoscaleSample>, _ condition: (AutoscaleSample) -> Bool
    ) -> Int {
        var (low, high) = (samples.startIndex, samples.endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if condition(samples[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

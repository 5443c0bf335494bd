/// How a console shows how far something has come.
public enum ProgressStyle: Sendable {
    /// Not at all.
    case none
    /// A line that changes, no wider than the terminal is at that moment.
    case line(columns: @Sendable () -> Int)
    /// A line of its own every so often, for what is read later, such as the log of a pipeline.
    case log(every: Duration)
}

/// The pace of the lines of a log.
struct ProgressPace {
    let interval: Duration
    private var last: Duration

    /// Begins now: what is over before the first interval is needs no line.
    init(every interval: Duration, now: Duration) {
        self.interval = interval
        last = now
    }

    /// Whether there has been no line for as long as the interval is; then one is written now.
    mutating func isDue(now: Duration) -> Bool {
        guard now - last >= interval else { return false }
        last = now
        return true
    }
}

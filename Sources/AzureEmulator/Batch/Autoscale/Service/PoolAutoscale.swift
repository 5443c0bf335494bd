import Foundation

/// How a pool scales itself.
struct PoolAutoscale: Sendable {
    /// The shortest and the longest time between evaluations: 5 minutes and 168 hours.
    static let intervals: ClosedRange<Duration> = .seconds(300) ... .seconds(168 * 3600)
    /// The time between evaluations unless told otherwise: 15 minutes.
    static let defaultInterval = Duration.seconds(900)
    /// The shortest time between two requests that enable it: 30 seconds.
    static let enablingDistance: TimeInterval = 30

    /// How many evaluations of a pool are kept: 100.
    static let maxEvaluations = 100

    /// An evaluation.
    struct Run: Sendable, Hashable {
        let timestamp: Date
        let results: String
        let error: AutoscaleError?
    }

    let formula: AutoscaleFormula
    let interval: Duration
    /// The names of the version in which the formula was sent.
    let names: AutoscaleNames
    var nextEvaluation: Date
    var run: Run?

    /// Begins a schedule.
    init(formula: AutoscaleFormula, interval: Duration = defaultInterval, names: AutoscaleNames, now: Date) {
        self.formula = formula
        self.interval = interval
        self.names = names
        nextEvaluation = now.addingTimeInterval(interval / .seconds(1))
    }

    /// Goes on with a schedule.
    init(formula: AutoscaleFormula, interval: Duration, names: AutoscaleNames, nextEvaluation: Date, run: Run?) {
        self.formula = formula
        self.interval = interval
        self.names = names
        self.nextEvaluation = nextEvaluation
        self.run = run
    }

    /// Whether the time for an evaluation has come.
    ///
    /// A clock that was set back does not put it off by more than an interval.
    func isDue(_ now: Date) -> Bool {
        nextEvaluation <= now || nextEvaluation.timeIntervalSince(now) > interval / .seconds(1)
    }

    /// Goes on to the next time, which keeps its distance to those before unless one was missed.
    mutating func schedule(now: Date) {
        let length = interval / .seconds(1)
        let next = nextEvaluation.addingTimeInterval(length)
        nextEvaluation = next > now && next.timeIntervalSince(now) <= length ? next : now.addingTimeInterval(length)
    }
}

extension PoolRecord {
    /// Whether the last request that enabled automatic scaling is long enough ago for another.
    func takesEnabling(now: Date) -> Bool {
        guard let last = autoscaleEnabled else { return true }
        // A clock that was set back does not lock the pool.
        return !(0..<PoolAutoscale.enablingDistance).contains(now.timeIntervalSince(last))
    }
}

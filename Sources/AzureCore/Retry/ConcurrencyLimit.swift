/// How many requests may be under way: one more after each round of successes, half when the service is busy.
package struct ConcurrencyLimit: Sendable {
    package private(set) var maximum: Int
    package private(set) var current: Int
    private var successes = 0
    /// How often it was cut; requests from before the last cut do not cut it again.
    package private(set) var epoch = 0

    /// Creates a limit.
    ///
    /// - Parameters:
    ///   - start: How many there may be at first.
    ///   - maximum: The maximum number.
    package init(start: Int, maximum: Int) {
        self.maximum = max(1, maximum)
        current = max(1, min(start, maximum))
    }

    /// Takes note of a request that the service accepted.
    package mutating func succeeded() {
        successes += 1
        guard successes >= current else { return }
        successes = 0
        current = min(current + 1, maximum)
    }

    /// Takes note of a request that the service had no time for.
    ///
    /// - Parameter epoch: The ``epoch`` when it was sent.
    package mutating func throttled(sentIn epoch: Int) {
        successes = 0
        guard epoch == self.epoch else { return }
        self.epoch += 1
        current = max(1, current / 2)
    }

    /// Allows more or less than before, at once.
    package mutating func move(to limit: Int) {
        maximum = max(1, limit)
        current = maximum
        successes = 0
    }
}

/// How many requests may be under way: one more after each round of successes, half when the service is busy.
struct ConcurrencyLimit: Sendable {
    private let maximum: Int
    private(set) var current: Int
    private var successes = 0
    /// How often it was cut; requests from before the last cut do not cut it again.
    private(set) var epoch = 0

    init(maximum: Int) {
        self.maximum = max(1, maximum)
        current = min(2, self.maximum)
    }

    mutating func succeeded() {
        successes += 1
        guard successes >= current else { return }
        successes = 0
        current = min(current + 1, maximum)
    }

    mutating func throttled(sentIn epoch: Int) {
        successes = 0
        guard epoch == self.epoch else { return }
        self.epoch += 1
        current = max(1, current / 2)
    }
}

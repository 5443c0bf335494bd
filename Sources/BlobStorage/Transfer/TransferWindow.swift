import AzureCore

/// Decides how many parts may be under way: fewer when the service is busy, more as long as that makes the transfer
/// faster. It knows nothing of clocks or networks.
struct TransferWindow: Sendable {
    /// How much of what more parts would bring, were they all as fast as before, they must bring to be worth it.
    private static let gain = 0.4

    private let most: Int
    private var limit: ConcurrencyLimit
    /// Whether more are still tried.
    private var isSearching: Bool
    /// The number before the last increase, and how fast it was in bytes a second.
    private var proven: (count: Int, rate: Double)?
    private var round = Round()

    /// What happened since the number was last changed.
    private struct Round {
        var start: Duration?
        var bytes: Int64 = 0
        var parts = 0
    }

    init(_ concurrency: TransferConcurrency) {
        most = concurrency.maximum
        limit = ConcurrencyLimit(start: concurrency.initial, maximum: concurrency.initial)
        isSearching = concurrency.maximum > concurrency.initial
    }

    /// How many parts may be under way.
    var current: Int { limit.current }

    /// To be kept with each part that is begun.
    var epoch: Int { limit.epoch }

    /// Takes note of a part that is done.
    ///
    /// - Parameters:
    ///   - bytes: How many it had.
    ///   - epoch: The ``epoch`` when it was begun.
    ///   - wasRefused: Whether the service was too busy for it at first.
    ///   - uptime: The time.
    mutating func finished(_ bytes: Int64, begunIn epoch: Int, wasRefused: Bool, uptime: Duration) {
        guard !wasRefused else {
            limit.throttled(sentIn: epoch)
            isSearching = false
            return
        }
        limit.succeeded()
        if isSearching { search(bytes, uptime) }
    }

    private mutating func search(_ bytes: Int64, _ uptime: Duration) {
        // The first part of a round only starts the watch: those before it belong to another number.
        guard let start = round.start else {
            round.start = uptime
            return
        }
        round.bytes += bytes
        round.parts += 1
        guard round.parts >= 2 * limit.current else { return }
        let rate = Double(round.bytes) / max((uptime - start).seconds, 0.001)
        round = Round(start: uptime)
        if let proven, rate < proven.rate * (1 + Self.gain * (Double(limit.current) / Double(proven.count) - 1)) {
            limit.move(to: proven.count)
            isSearching = false
            return
        }
        proven = (limit.current, rate)
        limit.move(to: min(limit.current + max(1, limit.current / 4), most))
        isSearching = limit.current > proven?.count ?? 0
    }
}

/// Decides when bytes may move so that they are no more than so many a second. It knows nothing of clocks or tasks.
///
/// Whoever wants to move bytes takes a place behind those who came before, and is told how long to wait. What was not used
/// is kept for a moment only, so that a pause is not made up for by a burst.
struct TokenBucket: Sendable, Hashable {
    /// How long bytes that nobody moved can be moved later.
    static let burst = Duration.milliseconds(100)
    /// Waiting longer than this is as good as for ever: 30 years.
    private static let longest = 1e9

    private let bytesPerSecond: Double
    /// When all that was taken has moved.
    private var end: Duration?

    init(bytesPerSecond: Int) {
        self.bytesPerSecond = Double(max(1, bytesPerSecond))
    }

    /// Takes a place for bytes.
    ///
    /// - Returns: How long to wait until the bytes have moved, if they do so as fast as they may.
    mutating func take(_ count: Int, at uptime: Duration) -> Duration {
        let idle = uptime - Self.burst
        let end = max(self.end ?? idle, idle) + time(for: count)
        self.end = end
        return max(.zero, end - uptime)
    }

    /// Gives up a place; those behind it move up the next time they ask.
    mutating func giveBack(_ count: Int) {
        end = end.map { $0 - time(for: count) }
    }

    private func time(for count: Int) -> Duration {
        .seconds(min(Double(max(0, count)) / bytesPerSecond, Self.longest))
    }
}

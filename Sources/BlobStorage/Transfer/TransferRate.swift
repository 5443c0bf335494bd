import AzureCore

import func Foundation.exp

/// How fast bytes move, of the last seconds most. It knows nothing of clocks.
struct TransferRate: Sendable {
    /// The time after which what was counts for a third.
    private static let memory = 5.0
    /// Parts that end together are no speed of their own.
    private static let shortest = 0.2

    /// A time that is as good as none: 30 million years.
    private static let longest = 1e15

    /// Bytes per second; 0 until something has moved.
    private(set) var bytesPerSecond = 0.0
    private var start: (bytes: Int64, uptime: Duration)?
    private var isMeasured = false

    /// Takes note of how many bytes are there.
    mutating func note(_ bytes: Int64, at uptime: Duration) {
        guard let start else {
            start = (bytes, uptime)
            return
        }
        let elapsed = (uptime - start.uptime).seconds
        guard elapsed > 0, elapsed >= Self.shortest || !isMeasured else { return }
        let rate = Double(bytes - start.bytes) / elapsed
        bytesPerSecond = isMeasured ? rate + (bytesPerSecond - rate) * exp(-elapsed / Self.memory) : rate
        // The first one is a guess until enough time has gone by.
        guard elapsed >= Self.shortest else { return }
        isMeasured = true
        self.start = (bytes, uptime)
    }

    /// How long so many bytes take; nil when nothing moves.
    func time(for bytes: Int64) -> Duration? {
        guard bytes > 0 else { return .zero }
        let seconds = Double(bytes) / bytesPerSecond
        // A size that nobody can have, announced by whoever, takes longer than a duration can say.
        return seconds < Self.longest ? .seconds(seconds) : nil
    }
}

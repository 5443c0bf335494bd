import AzureCore

/// Decides how much of a stream is asked for ahead of its reader: one small part for a reader that lags, more as long as
/// the reader waits for bytes. It knows nothing of clocks or networks.
///
/// What a slow reader has not read stays in memory, so that little is asked for until the reader has proved to be faster
/// than the network, and again when it falls behind. A reader that writes into a buffer of the system looks fast until
/// that is full; so never more is ahead than twice what was read.
struct StreamWindow: Sendable, Hashable {
    /// What the reader found when it asked for the next part.
    enum Finding: Sendable, Hashable {
        /// It has to wait.
        case nothing
        /// The next part, but others are still on their way.
        case next
        /// All that was asked for: the reader is what the transfer waits for.
        case everything
    }

    /// The size of the first part, and of all parts for a reader that lags.
    static let smallPart: Int64 = 1024 * 1024
    private static let growth: Int64 = 4
    private static let maxPatience = 64

    private let partSize: Int64
    private let small: Int64
    private let most: Int64
    private let parts: Int64
    /// How many bytes may be asked for that the reader has not been given, at least those of one part.
    private(set) var ahead: Int64
    /// How often in a row the reader has to find everything until less is asked for. It is doubled when that was a
    /// mistake.
    private var patience = 2
    private var found = 0
    private var hasShrunk = false

    /// Begins a stream.
    ///
    /// - Parameters:
    ///   - partSize: The size of the largest parts.
    ///   - concurrency: As many parts of that size may be in memory as this starts with, and as many parts under way as
    ///     it has at most, which then are smaller.
    init(partSize: Int, concurrency: TransferConcurrency) {
        self.partSize = Int64(partSize)
        small = min(Self.smallPart, Int64(partSize))
        most = Int64(partSize) * Int64(concurrency.initial)
        parts = Int64(concurrency.maximum)
        ahead = small
    }

    /// The size of the next part.
    var nextPart: Int64 { min(max(ahead / parts, small), partSize) }

    /// Whether another part may be asked for.
    ///
    /// - Parameter pending: How many bytes were asked for that the reader has not been given.
    func hasRoom(beside pending: Int64) -> Bool { pending == 0 || pending + nextPart <= ahead }

    /// Takes note that the reader asks for the next part.
    ///
    /// - Parameters:
    ///   - finding: What is there for it.
    ///   - read: How many bytes it was given before.
    mutating func asked(_ finding: Finding, read: Int64) {
        switch finding {
        case .nothing:
            found = 0
            if hasShrunk { patience = min(2 * patience, Self.maxPatience) }
            hasShrunk = false
            let (twice, isLarge) = read.multipliedReportingOverflow(by: 2)
            ahead = max(ahead, min(ahead * Self.growth, most, isLarge ? most : twice))
        case .next: found = 0
        case .everything:
            found += 1
            guard found >= patience, ahead > small else { return }
            found = 0
            hasShrunk = true
            ahead = max(small, ahead / 2)
        }
    }
}

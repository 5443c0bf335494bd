public import struct Foundation.Date

/// Where the package gets the time from, so that tests can hold it.
///
/// `AzureTesting.ManualClock` makes one that moves only when told.
public struct TimeSource: Sendable {
    /// The time of day, for dates in requests and for expiry times.
    public var now: @Sendable () -> Date
    /// The time since some fixed moment, never set back, for deadlines and delays.
    public var uptime: @Sendable () -> Duration
    /// Waits, or throws `CancellationError` as soon as the task is cancelled.
    public var sleep: @Sendable (_ duration: Duration) async throws -> Void

    /// Creates a source of time.
    public init(
        now: @escaping @Sendable () -> Date,
        uptime: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (_ duration: Duration) async throws -> Void
    ) {
        self.now = now
        self.uptime = uptime
        self.sleep = sleep
    }

    /// The machine's clocks.
    public static let system: TimeSource = {
        let start = ContinuousClock.now
        return TimeSource(
            now: { Date() },
            uptime: { ContinuousClock.now - start },
            sleep: { try await Task.sleep(for: $0, clock: .continuous) }
        )
    }()
}

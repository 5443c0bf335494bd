public import struct Foundation.Date

/// A source of time, which tests can replace.
///
/// `AzureTesting.ManualClock` makes one that moves only when told.
public struct TimeSource: Sendable {
    /// The time of day, for dates in requests and for expiry times.
    public var now: @Sendable () -> Date
    /// The time since some fixed moment, never set back, for deadlines and delays.
    public var uptime: @Sendable () -> Duration
    /// Waits, or throws `CancellationError` as soon as the task is cancelled.
    public var sleep: @Sendable (_ duration: Duration) async throws -> Void
    /// Waits for the end of a time limit that is mostly not reached, or throws `CancellationError` as soon as the task
    /// is cancelled. It differs from ``sleep`` for clocks of tests only: one that moves by sleeping does not move
    /// because there is a limit.
    public var limit: @Sendable (_ duration: Duration) async throws -> Void

    /// Creates a source of time.
    ///
    /// - Parameters:
    ///   - now: The time of day.
    ///   - uptime: The time since some fixed moment.
    ///   - sleep: Waits.
    ///   - limit: Waits for the end of a time limit; nil, which is the default, waits with `sleep`.
    public init(
        now: @escaping @Sendable () -> Date,
        uptime: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (_ duration: Duration) async throws -> Void,
        limit: (@Sendable (_ duration: Duration) async throws -> Void)? = nil
    ) {
        self.now = now
        self.uptime = uptime
        self.sleep = sleep
        self.limit = limit ?? sleep
    }

    /// The longest that ``system`` waits at once: ten years. The clocks of the runtime count nanoseconds in 64 bits.
    private static let longestSleep = Duration.seconds(10 * 366 * 86_400)

    /// The machine's clocks.
    public static let system: TimeSource = {
        let start = ContinuousClock.now
        return TimeSource(
            now: { Date() },
            uptime: { ContinuousClock.now - start },
            sleep: { try await Task.sleep(for: min($0, longestSleep), clock: .continuous) }
        )
    }()
}

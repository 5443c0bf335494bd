/// The time for which a lease is held for certain, and when to renew it.
///
/// All times are those of `TimeSource.uptime`.
struct LeaseTerm: Sendable, Hashable {
    let duration: Duration
    /// When the request that took the lease, or renewed it last, was sent: the service counts from later on.
    private(set) var start: Duration
    /// When to renew the lease.
    private(set) var renewal: Duration

    init(duration: Duration, start: Duration) {
        self.duration = duration
        self.start = start
        renewal = start + duration / 2
    }

    /// When the lease ends unless it is renewed.
    var end: Duration { start + duration }

    /// How long a request to renew it may take. One that begins late still gets a chance: as long as nobody else has
    /// taken the lease, the service renews it.
    func limit(at now: Duration) -> Duration {
        max(end - now, duration / 10)
    }

    /// Counts from a renewal, whose request was sent at `now`.
    mutating func renewed(at now: Duration) {
        self = LeaseTerm(duration: duration, start: now)
    }

    /// Plans another try after one that failed.
    ///
    /// - Returns: Whether there is time for one.
    mutating func failed(at now: Duration) -> Bool {
        renewal = now + duration / 20
        return renewal < end
    }
}

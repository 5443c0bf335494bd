/// Options for retrying failed requests.
///
/// Delays grow exponentially, with jitter, unless the service says how long to wait. The time of the whole call,
/// waiting included, is limited: a service that asks for an hour does not hold a call for an hour.
public struct RetryOptions: Sendable, Hashable {
    /// The maximum number of retries after the first try. The default is 4; 0 switches retries off.
    public var maxRetries: Int
    /// The delay before the first retry, doubled for each further one. The default is 0.8 seconds.
    public var baseDelay: Duration
    /// The longest delay chosen by this package. The default is 30 seconds.
    public var maxDelay: Duration
    /// The time limit of a call with all its tries, until the head of the answer and what is read into memory have
    /// arrived. A try that is under way then is given up, and no retry is started that would begin later. A try that
    /// sends a body may take longer by a second for each 16 KiB of it. The default is 5 minutes.
    public var overallDeadline: Duration
    /// The time limit of one try, until the head of the answer and what is read into memory have arrived; it then
    /// counts as one without an answer. The default is as long as something moves: see
    /// ``HTTPTransportOptions/idleTimeout``.
    public var tryTimeout: Duration?
    /// Whether requests that may act twice are retried like the others. The default is false.
    public var retriesUnsafeRequests: Bool

    /// Creates options.
    public init(
        maxRetries: Int = 4,
        baseDelay: Duration = .milliseconds(800),
        maxDelay: Duration = .seconds(30),
        overallDeadline: Duration = .seconds(300),
        tryTimeout: Duration? = nil,
        retriesUnsafeRequests: Bool = false
    ) {
        self.maxRetries = maxRetries
        self.baseDelay = baseDelay
        self.maxDelay = maxDelay
        self.overallDeadline = overallDeadline
        self.tryTimeout = tryTimeout
        self.retriesUnsafeRequests = retriesUnsafeRequests
    }

    /// No retries at all.
    public static let none = RetryOptions(maxRetries: 0)
}

extension RetryOptions {
    /// The pause after some tries that failed: between half of the exponential delay and all of it, so that many clients
    /// do not come back at once.
    ///
    /// - Parameters:
    ///   - tries: How many have failed, from 1.
    ///   - random: A number from 0 up to 1.
    package func backoff(after tries: Int, random: Double) -> Duration {
        var delay = baseDelay
        var left = tries - 1
        while left > 0, delay > .zero, delay < maxDelay {
            delay *= 2
            left -= 1
        }
        return min(delay, maxDelay) * (0.5 + random / 2)
    }
}

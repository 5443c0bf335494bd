import AzureCore

/// Decides whether a part of a download is resumed after it broke off. It knows nothing of clocks or networks.
///
/// A try that brought the part further is no failure: tries and time are then counted from there.
struct PartRetries: Sendable {
    /// How many bytes are so much that a try was worth it. With less, a service that sends byte by byte would be asked
    /// for ever.
    static let progress: Int64 = 64 * 1024

    private let options: RetryOptions
    private var schedule: RetrySchedule
    private var start: Duration
    private var best: Int64 = 0
    private var damaged = 0

    /// Begins a part.
    ///
    /// - Parameters:
    ///   - options: How often, and for how long.
    ///   - start: The time.
    init(options: RetryOptions, start: Duration) {
        self.options = options
        self.start = start
        schedule = RetrySchedule(options: options, isUnsafe: false)
    }

    /// Takes note of a try that broke off.
    ///
    /// - Parameters:
    ///   - error: Why.
    ///   - position: How many bytes of the part need not come again.
    ///   - uptime: The time.
    ///   - random: A number from 0 up to 1.
    mutating func next(
        after error: any Error, position: Int64, uptime: Duration, random: Double
    ) -> RetrySchedule.Decision {
        if position >= best + Self.progress {
            best = position
            start = uptime
            schedule = RetrySchedule(options: options, isUnsafe: false)
            damaged = 0
        }
        if Self.meansDamage(error) {
            damaged += 1
            return damaged < TransferValidation.maxTries ? .retry(after: .zero) : .stop
        }
        guard let outcome = RetryRule.outcome(ofReading: error) else { return .stop }
        return schedule.next(after: outcome, elapsed: uptime - start, random: random)
    }

    /// Whether a body can come otherwise the next time.
    static func isWorthAnotherTry(_ error: any Error) -> Bool {
        meansDamage(error) || RetryRule.outcome(ofReading: error) != nil
    }

    /// Whether bytes came that are not those of the service. What is no structured body any more was one.
    private static func meansDamage(_ error: any Error) -> Bool {
        switch error {
        case let error as AzureError: [.checksumMismatch, .invalidResponse].contains(error.code)
        case let error as HTTPTransportError: error.kind == .invalidResponse
        default: false
        }
    }
}

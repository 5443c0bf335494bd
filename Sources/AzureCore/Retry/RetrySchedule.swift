/// Decides, try by try, whether and when to go on. It knows nothing of clocks or networks.
package struct RetrySchedule: Sendable {
    /// What became of a try.
    package enum Outcome: Sendable, Hashable {
        /// An answer that is worth another try.
        ///
        /// - refused: The service did not act.
        /// - after: How long the service asks to wait.
        case status(refused: Bool, after: Duration?)
        /// No answer.
        case failure(notSent: Bool)

        /// Whether the service had no time for it.
        package var isRefusal: Bool {
            if case .status(refused: true, _) = self { true } else { false }
        }

        /// How long the service asks to wait.
        package var retryAfter: Duration? {
            if case .status(_, let after) = self { after } else { nil }
        }

        /// Whether the service may have done what it was asked to.
        package var mayHaveActed: Bool {
            switch self {
            case .status(let refused, _): !refused
            case .failure(let notSent): !notSent
            }
        }
    }

    /// What to do next.
    package enum Decision: Sendable, Hashable {
        case retry(after: Duration)
        case stop
    }

    let options: RetryOptions
    /// Whether the request may act twice when it is sent twice.
    let isUnsafe: Bool
    private(set) var retries = 0

    package init(options: RetryOptions, isUnsafe: Bool) {
        self.options = options
        self.isUnsafe = isUnsafe
    }

    /// Takes note of a failed try.
    ///
    /// - Parameters:
    ///   - outcome: The outcome.
    ///   - elapsed: The time since the call began.
    ///   - random: A number from 0 up to 1.
    package mutating func next(after outcome: Outcome, elapsed: Duration, random: Double) -> Decision {
        guard retries < options.maxRetries else { return .stop }
        var wanted: Duration?
        switch outcome {
        case .status(let refused, let after):
            guard refused || !isUnsafe || options.retriesUnsafeRequests else { return .stop }
            wanted = after
        case .failure(let notSent):
            guard notSent || !isUnsafe || options.retriesUnsafeRequests else { return .stop }
        }
        let delay = wanted ?? options.backoff(after: retries + 1, random: random)
        guard elapsed + delay <= options.overallDeadline else { return .stop }
        retries += 1
        return .retry(after: delay)
    }
}

/// Options for waiting for an operation of the service.
public struct WaitOptions: Sendable {
    /// The maximum time to wait; nil for no limit.
    public var timeout: Duration?
    /// The interval between two polls.
    public var pollInterval: Duration
    /// The source of time; nil stands for that of the client.
    public var timeSource: TimeSource?

    /// Creates options.
    ///
    /// - Parameters:
    ///   - timeout: The maximum time to wait. The default is 30 minutes.
    ///   - pollInterval: The interval between two polls. The default is 5 seconds.
    ///   - timeSource: The source of time. The default is the time source of the client.
    public init(
        timeout: Duration? = .seconds(1800), pollInterval: Duration = .seconds(5), timeSource: TimeSource? = nil
    ) {
        self.timeout = timeout
        self.pollInterval = pollInterval
        self.timeSource = timeSource
    }
}

/// The result of one poll.
public enum WaitStep<Value: Sendable>: Sendable {
    /// The operation has not ended.
    case pending
    /// It is done.
    case done(Value)
}

extension WaitOptions {
    /// Polls until an operation has ended.
    ///
    /// The first poll is immediate. What `poll` throws is thrown.
    ///
    /// - Parameters:
    ///   - what: The operation, to complete "Waiting for …" in an error.
    ///   - clock: The source of time unless ``timeSource`` is set. The default are the machine's clocks.
    ///   - poll: One poll.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/deadlineExceeded`` when the time is up.
    public func wait<Value: Sendable>(
        for what: String, by clock: TimeSource = .system, poll: () async throws -> WaitStep<Value>
    ) async throws -> Value {
        try await wait(for: what, by: clock, finding: { nil }, poll: poll)
    }

    /// Polls until an operation has ended, and tells what the last poll found when the time is up.
    ///
    /// - Parameters:
    ///   - what: The operation, to complete "Waiting for …" in an error.
    ///   - clock: The source of time unless ``timeSource`` is set.
    ///   - found: What the last poll found, a sentence; nil when there is nothing to tell.
    ///   - poll: One poll.
    package func wait<Value: Sendable>(
        for what: String, by clock: TimeSource, finding found: () -> String?,
        poll: () async throws -> WaitStep<Value>
    ) async throws -> Value {
        let time = timeSource ?? clock
        let start = time.uptime()
        while true {
            try Task.checkCancellation()
            if case .done(let value) = try await poll() { return value }
            var pause = pollInterval
            if let timeout {
                let left = timeout - (time.uptime() - start)
                guard left > .zero else {
                    throw AzureError(
                        code: .deadlineExceeded,
                        message: "Waiting for \(what) took longer than \(timeout.formattedSeconds), its limit "
                            + "(WaitOptions.timeout)." + (found().map { " \($0)" } ?? ""))
                }
                pause = min(pause, left)
            }
            try await time.sleep(pause)
        }
    }
}

extension Duration {
    /// As a floating-point number of seconds.
    package var seconds: Double {
        Double(boundedComponents.seconds) + Double(boundedComponents.attoseconds) / 1e18
    }

    /// As in `90 s` or `0.5 s`.
    package var formattedSeconds: String {
        let (seconds, attoseconds) = boundedComponents
        guard attoseconds != 0 else { return "\(seconds) s" }
        let milliseconds = (attoseconds + 500_000_000_000_000) / 1_000_000_000_000_000
        var fraction = String(1000 + milliseconds).dropFirst()
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return fraction.isEmpty ? "\(seconds) s" : "\(seconds).\(fraction) s"
    }
}

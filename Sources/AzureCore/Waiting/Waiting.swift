/// Options for waiting for something that the service does in its own time.
public struct WaitOptions: Sendable {
    /// How long to wait at most; nil waits for as long as it takes.
    public var timeout: Duration?
    /// The pause between two looks.
    public var pollInterval: Duration
    /// Where the time comes from; nil stands for that of the client.
    public var timeSource: TimeSource?

    /// Creates options.
    ///
    /// - Parameters:
    ///   - timeout: How long to wait at most. The default is 30 minutes.
    ///   - pollInterval: The pause between two looks. The default is 5 seconds.
    ///   - timeSource: Where the time comes from. The default is the time source of the client.
    public init(
        timeout: Duration? = .seconds(1800), pollInterval: Duration = .seconds(5), timeSource: TimeSource? = nil
    ) {
        self.timeout = timeout
        self.pollInterval = pollInterval
        self.timeSource = timeSource
    }
}

/// What one look found.
public enum WaitStep<Value: Sendable>: Sendable {
    /// It is not done yet.
    case pending
    /// It is done.
    case done(Value)
}

extension WaitOptions {
    /// Looks again and again until something is done.
    ///
    /// The first look is immediate. What `poll` throws is thrown.
    ///
    /// - Parameters:
    ///   - what: What is waited for, to complete "Waiting for …" in an error.
    ///   - clock: Where the time comes from unless ``timeSource`` is set. The default are the machine's clocks.
    ///   - poll: One look.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/deadlineExceeded`` when the time is up.
    public func wait<Value: Sendable>(
        for what: String, by clock: TimeSource = .system, poll: () async throws -> WaitStep<Value>
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
                        message: "Waiting for \(what) took longer than \(timeout.formattedSeconds).")
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

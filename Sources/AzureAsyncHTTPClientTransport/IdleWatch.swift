#if AsyncHTTPClient
import AzureCore
import Synchronization

/// Ends a wait in which nothing moves.
final class IdleWatch: Sendable {
    let host: String
    private let limit: Duration
    private let lastActivity = Mutex(ContinuousClock.now)

    init(limit: Duration, host: String) {
        // The clocks of the runtime count nanoseconds in 64 bits; ten years are as good as no limit.
        self.limit = min(limit, .seconds(10 * 366 * 86_400))
        self.host = host
    }

    /// Something has moved.
    func touch() {
        lastActivity.withLock { $0 = .now }
    }

    /// Does work that is cancelled when nothing moves for too long.
    ///
    /// - Throws: What `work` throws, or an ``HTTPTransportError`` of the kind ``HTTPTransportError/Kind/timedOut``.
    func limiting<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        touch()
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await work() }
            group.addTask { [self] in
                while case let end = lastActivity.withLock({ $0 }) + limit, end > .now {
                    try await Task.sleep(until: end, clock: .continuous)
                }
                return nil
            }
            if let first = try await group.next(), let value = first { return value }
            throw HTTPTransportError.silence(host: host, limit: limit)
        }
    }
}
#endif

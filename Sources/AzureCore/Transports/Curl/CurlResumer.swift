#if Curl
import Synchronization

/// Lets a body that is being read tell the engine to go on, although it is made before its exchange.
final class CurlResumer: Sendable {
    private struct Target {
        weak var exchange: CurlExchange?
    }

    private let target = Mutex(Target())

    func connect(_ exchange: CurlExchange) {
        target.withLock { $0.exchange = exchange }
    }

    func resume() {
        target.withLock { $0.exchange }?.resume()
    }
}
#endif

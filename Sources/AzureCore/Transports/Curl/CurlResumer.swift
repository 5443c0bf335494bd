#if Curl
import Synchronization

/// Lets a body that is being read tell the engine to go on, although it is made before its exchange.
final class CurlResumer: Sendable {
    private struct Target {
        weak var exchange: CurlExchange?
        weak var engine: CurlEngineHandle?
    }

    private let target = Mutex(Target())

    func connect(_ exchange: CurlExchange, engine: CurlEngineHandle) {
        target.withLock { $0 = Target(exchange: exchange, engine: engine) }
    }

    func resume() {
        let (exchange, engine) = target.withLock { ($0.exchange, $0.engine) }
        if let exchange, let engine { engine.post(.resume(exchange)) }
    }
}
#endif

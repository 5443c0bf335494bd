#if Curl
/// What the engine's thread has at hand in a round of its loop. Belongs to that thread.
final class CurlRound {
    /// When the round began. Callbacks are many, and clocks are not free.
    var now = ContinuousClock.now
    /// Memory for what arrives.
    let buffers = RecycledBuffers(size: 128 * 1024, maxSpare: 32)
    /// Names of header fields that came before.
    let fieldNames = CurlFieldNames()
    /// Exchanges for which something has arrived that nobody has been told of.
    private var exchanges: [CurlExchange] = []

    func note(_ exchange: CurlExchange) {
        exchanges.append(exchange)
    }

    /// Hands on what has arrived.
    func handOn() {
        for exchange in exchanges { exchange.handOn() }
        exchanges.removeAll(keepingCapacity: true)
    }
}
#endif

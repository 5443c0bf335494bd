#if Curl
import Foundation
import Synchronization

/// The engines of a transport, each a thread with connections of its own. They run for as long as the transport, or one
/// of its exchanges, is there.
final class CurlEngines: Sendable {
    private let engines: [CurlEngine]
    /// How many exchanges each engine has.
    private let loads: Mutex<[Int]>

    init(options: CurlOptions) {
        // More than a process can have sockets is as good as no limit, and keeps the arithmetic small.
        let most = min(max(1, options.maxConnectionsPerHost), 65_536)
        let count = min(max(1, options.threads), most)
        let made = (0..<count).map { number in
            // Together they have as many connections as the transport may have.
            CurlEngine(
                options: options, maxConnectionsPerHost: most / count + (number < most % count ? 1 : 0))
        }
        let started = made.filter { $0.start() }
        engines = started.isEmpty ? [made[0]] : started
        loads = Mutex(Array(repeating: 0, count: engines.count))
    }

    deinit {
        for engine in engines { engine.post(.stop) }
    }

    /// Finds a place for an exchange: at the engine with the least to do for its connections, and at the first of
    /// several, so that requests that follow each other find the connection that is there.
    func enter() -> Int {
        loads.withLock { loads in
            var best = 0
            for number in engines.indices.dropFirst()
            where loads[number] * engines[best].connections < loads[best] * engines[number].connections {
                best = number
            }
            loads[best] += 1
            return best
        }
    }

    /// Takes note that an exchange is over.
    func leave(_ number: Int) {
        loads.withLock { $0[number] -= 1 }
    }

    func post(_ command: CurlEngine.Command, to number: Int) {
        engines[number].post(command)
    }
}
#endif

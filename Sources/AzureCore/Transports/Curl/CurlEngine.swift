#if Curl
import CCurl
import Foundation
import Synchronization

/// A thread that drives a multi handle of libcurl. Everything of libcurl happens on it; others post commands.
final class CurlEngine: @unchecked Sendable {
    // Unchecked: all but `inbox`, `connections` and `sockets.wake()` is touched on the engine's thread only.

    /// What the engine is asked to do.
    enum Command: Sendable {
        /// Begins an exchange.
        case start(CurlExchange)
        /// Goes on with whatever was held back.
        case resume(CurlExchange)
        /// Gives an exchange up.
        case abort(CurlExchange)
        /// Ends the thread, and what is still under way with it.
        case stop
    }

    private struct Inbox {
        var commands: [Command] = []
        var isClosed = false
    }

    /// How many connections to one server the engine may have.
    let connections: Int
    private let options: CurlOptions
    private let multi: UnsafeMutableRawPointer
    private let sockets: CurlSockets?
    private let inbox = Mutex(Inbox())
    /// Handles to be used again, with their buffers.
    private var spare: [UnsafeMutableRawPointer] = []
    private static let maxSpare = 64
    private let round = CurlRound()
    private var nextExpiry = ContinuousClock.now

    private static let global: Void = {
        curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    }()

    init(options: CurlOptions, maxConnectionsPerHost: Int) {
        _ = Self.global
        guard let multi = curl_multi_init() else {
            preconditionFailure("libcurl could not allocate its state: the machine is out of memory.")
        }
        self.multi = multi
        self.options = options
        connections = maxConnectionsPerHost
        sockets = CurlSockets()
        azure_curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, maxConnectionsPerHost)
        azure_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, max(16, maxConnectionsPerHost))
        // One request at a time on a connection.
        azure_curl_multi_set_long(multi, CURLMOPT_PIPELINING, 0)
    }

    /// Starts the thread; false when the machine has no file descriptors left for it, and then the engine refuses all
    /// exchanges.
    func start() -> Bool {
        guard let sockets else {
            inbox.withLock { $0.isClosed = true }
            curl_multi_cleanup(multi)
            return false
        }
        azure_curl_multi_set_socket_callback(multi, Unmanaged.passUnretained(sockets).toOpaque()) {
            _, socket, what, context, _ in
            Unmanaged<CurlSockets>.fromOpaque(context!).takeUnretainedValue().watch(socket, what)
            return 0
        }
        let thread = Thread { self.run(sockets) }
        thread.name = "azure-swift.curl"
        thread.start()
        return true
    }

    func post(_ command: Command) {
        let accepted = inbox.withLock { inbox in
            guard !inbox.isClosed else { return false }
            inbox.commands.append(command)
            // The thread takes all commands at once, so that the first wakes it for the others.
            if inbox.commands.count == 1 { sockets?.wake() }
            return true
        }
        if !accepted, case .start(let exchange) = command {
            exchange.refused(because: "libcurl could not be started: the process has no file descriptors left.")
        }
    }

    /// The loop of the thread.
    private func run(_ sockets: CurlSockets) {
        var active: [UnsafeMutableRawPointer: CurlExchange] = [:]
        loop: while true {
            round.now = .now
            for command in inbox.withLock({ inbox in
                defer { inbox.commands.removeAll(keepingCapacity: true) }
                return inbox.commands
            }) {
                switch command {
                case .start(let exchange): add(exchange, to: &active)
                case .resume(let exchange):
                    if let easy = exchange.easy, active[easy] != nil { curl_easy_pause(easy, CURLPAUSE_CONT) }
                case .abort(let exchange): remove(exchange, from: &active)
                case .stop: break loop
                }
            }
            var running: Int32 = 0
            if untilTimeout() == 0 { curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running) }
            finish(&active)
            round.handOn()
            expire(&active)
            // Woken by sockets, by commands, and often enough to notice silence.
            sockets.wait(milliseconds: min(untilTimeout() ?? .max, active.isEmpty ? 60_000 : 250))
            round.now = .now
            // What happens on one socket can take another one away.
            for (socket, events) in sockets.ready where sockets.isWatched(socket) {
                curl_multi_socket_action(multi, socket, events, &running)
            }
        }
        stop(&active)
    }

    /// How many milliseconds libcurl wants to wait for sockets at most.
    private func untilTimeout() -> Int? {
        var milliseconds = -1
        curl_multi_timeout(multi, &milliseconds)
        return milliseconds < 0 ? nil : milliseconds
    }

    private func add(_ exchange: CurlExchange, to active: inout [UnsafeMutableRawPointer: CurlExchange]) {
        guard !exchange.isEnded else { return exchange.leave() }
        guard let easy = spare.popLast() ?? makeHandle() else {
            exchange.finished(CURLE_OUT_OF_MEMORY)
            return
        }
        exchange.prepare(easy, round)
        guard curl_multi_add_handle(multi, easy) == CURLM_OK else {
            exchange.finished(CURLE_OUT_OF_MEMORY)
            release(exchange)
            return
        }
        active[easy] = exchange
    }

    private func makeHandle() -> UnsafeMutableRawPointer? {
        let easy = options.makeHandle()
        if let easy { CurlExchange.setUp(easy) }
        return easy
    }

    private func remove(_ exchange: CurlExchange, from active: inout [UnsafeMutableRawPointer: CurlExchange]) {
        guard let easy = exchange.easy, active.removeValue(forKey: easy) != nil else { return }
        curl_multi_remove_handle(multi, easy)
        exchange.leave()
        release(exchange)
    }

    /// Keeps the handle of an exchange that is over for another one.
    private func release(_ exchange: CurlExchange) {
        guard let easy = exchange.easy else { return }
        exchange.release()
        if spare.count < Self.maxSpare { spare.append(easy) } else { curl_easy_cleanup(easy) }
    }

    /// Takes note of what has come to its end.
    private func finish(_ active: inout [UnsafeMutableRawPointer: CurlExchange]) {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let exchange = active.removeValue(forKey: easy)
            else { continue }
            let result = azure_curl_message_result(message)
            curl_multi_remove_handle(multi, easy)
            exchange.finished(result)
            release(exchange)
        }
    }

    /// Ends what has been silent for too long.
    private func expire(_ active: inout [UnsafeMutableRawPointer: CurlExchange]) {
        guard round.now >= nextExpiry else { return }
        nextExpiry = round.now + .milliseconds(100)
        for exchange in active.values where exchange.isSilent(at: round.now) {
            guard let easy = exchange.easy else { continue }
            active[easy] = nil
            curl_multi_remove_handle(multi, easy)
            exchange.finished(CURLE_OPERATION_TIMEDOUT)
            release(exchange)
        }
    }

    private func stop(_ active: inout [UnsafeMutableRawPointer: CurlExchange]) {
        let late = inbox.withLock { inbox in
            inbox.isClosed = true
            return inbox.commands
        }
        for case .start(let exchange) in late { exchange.refused(because: "The transport was shut down.") }
        for (easy, exchange) in active {
            curl_multi_remove_handle(multi, easy)
            exchange.finished(CURLE_ABORTED_BY_CALLBACK)
            release(exchange)
        }
        for easy in spare { curl_easy_cleanup(easy) }
        curl_multi_cleanup(multi)
    }
}
#endif

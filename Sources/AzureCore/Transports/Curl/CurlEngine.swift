#if Curl
import CCurl
import Foundation
import Synchronization

/// Keeps an engine running for as long as a transport, or one of its exchanges, is there.
final class CurlEngineHandle: Sendable {
    private let engine: CurlEngine

    init(options: CurlOptions) {
        engine = CurlEngine(options: options)
        engine.start()
    }

    deinit {
        engine.post(.stop)
    }

    func post(_ command: CurlEngine.Command) {
        engine.post(command)
    }
}

/// The thread that drives libcurl's multi interface. Everything of libcurl happens on it; others post commands.
final class CurlEngine: @unchecked Sendable {
    // Unchecked, because `multi` is a C pointer: only `curl_multi_wakeup` is called on it from other threads, which
    // libcurl allows, and never after the thread has freed it (`Inbox.isClosed`). `spare` and `nextExpiry` are touched
    // on the thread only.

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

    private let multi: UnsafeMutableRawPointer
    private let inbox = Mutex(Inbox())
    /// Handles to be used again, with their buffers.
    private var spare: [UnsafeMutableRawPointer] = []
    private static let maxSpare = 64
    private var nextExpiry = ContinuousClock.now

    private static let global: Void = {
        curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    }()

    init(options: CurlOptions) {
        _ = Self.global
        guard let multi = curl_multi_init() else {
            preconditionFailure("libcurl could not allocate its state: the machine is out of memory.")
        }
        self.multi = multi
        azure_curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, options.maxConnectionsPerHost)
        azure_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, max(16, options.maxConnectionsPerHost))
        // One request at a time on a connection.
        azure_curl_multi_set_long(multi, CURLMOPT_PIPELINING, 0)
    }

    func start() {
        let thread = Thread { self.run() }
        thread.name = "azure-swift.curl"
        thread.start()
    }

    func post(_ command: Command) {
        let accepted = inbox.withLock { inbox in
            guard !inbox.isClosed else { return false }
            inbox.commands.append(command)
            // The thread takes all commands at once, so that the first wakes it for the others.
            if inbox.commands.count == 1 { curl_multi_wakeup(multi) }
            return true
        }
        if !accepted, case .start(let exchange) = command { exchange.engineStopped() }
    }

    /// The loop of the thread.
    private func run() {
        var active: [UnsafeMutableRawPointer: CurlExchange] = [:]
        loop: while true {
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
            curl_multi_perform(multi, &running)
            finish(&active)
            for exchange in active.values { exchange.handOn() }
            expire(&active)
            // Woken by sockets, by commands, and often enough to notice silence.
            curl_multi_poll(multi, nil, 0, active.isEmpty ? 60_000 : 250, nil)
        }
        stop(&active)
    }

    private func add(_ exchange: CurlExchange, to active: inout [UnsafeMutableRawPointer: CurlExchange]) {
        guard !exchange.isEnded else { return }
        guard let easy = spare.popLast() ?? curl_easy_init() else {
            exchange.finished(CURLE_OUT_OF_MEMORY)
            return
        }
        exchange.prepare(easy)
        guard curl_multi_add_handle(multi, easy) == CURLM_OK else {
            exchange.finished(CURLE_OUT_OF_MEMORY)
            release(exchange)
            return
        }
        active[easy] = exchange
    }

    private func remove(_ exchange: CurlExchange, from active: inout [UnsafeMutableRawPointer: CurlExchange]) {
        guard let easy = exchange.easy, active.removeValue(forKey: easy) != nil else { return }
        curl_multi_remove_handle(multi, easy)
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
        let now = ContinuousClock.now
        guard now >= nextExpiry else { return }
        nextExpiry = now + .milliseconds(100)
        for exchange in active.values where exchange.isSilent(at: now) {
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
        for case .start(let exchange) in late { exchange.engineStopped() }
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

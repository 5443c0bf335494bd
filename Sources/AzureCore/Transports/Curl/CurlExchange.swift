#if Curl
import CCurl
import Foundation
import HTTPTypes

/// One request and its answer.
///
/// What belongs to libcurl is touched on the engine's thread only; the answer passes through the receiver.
final class CurlExchange: @unchecked Sendable {
    // Unchecked: the variables below are touched on the engine's thread only, everything else is immutable.
    private(set) var easy: UnsafeMutableRawPointer?
    private var headers: CurlHeaderLines?
    private var headParser = CurlHeadParser()
    private var lastActivity = ContinuousClock.now
    private var hasStarted = false
    private var hasLeft = false
    private var round: CurlRound?
    /// What libcurl has handed out since the reader last got something.
    private var arrived: CurlChunks?
    private var head: HTTPTransportResponse?
    /// Where libcurl writes what went wrong, beyond its result.
    private var words: UnsafeMutablePointer<CChar>?

    private let request: HTTPRequest
    private let body: HTTPBody?
    private let sender: CurlSender?
    private let receiver: CurlReceiver
    private let idleTimeout: Duration
    private let connectTimeout: Duration
    private let url: String
    private let host: String
    private let engines: CurlEngines
    private let engine: Int

    init(
        request: HTTPRequest, body: HTTPBody?, idleTimeout: Duration, options: CurlOptions, engines: CurlEngines
    ) throws {
        let scheme = request.scheme?.lowercased() ?? "https"
        url = "\(scheme)://\(request.authority ?? "")\(request.path ?? "/")"
        guard ["http", "https"].contains(scheme), request.authority?.isEmpty == false,
            url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else {
            throw HTTPTransportError(.unsupported, "'\(Redactor.resource(url))' is no URL for HTTP.")
        }
        host = request.authority ?? ""
        self.request = request
        self.body = body
        self.idleTimeout = idleTimeout
        connectTimeout = options.connectTimeout
        self.engines = engines
        engine = engines.enter()
        // With no room at all nothing would ever arrive.
        receiver = CurlReceiver(limit: max(1, options.receiveBuffer))
        let resumer = CurlResumer()
        sender = body.map { body in CurlSender(body, resume: { resumer.resume() }) }
        resumer.connect(self)
    }

    // MARK: For the caller

    /// Starts the exchange and waits for the head of the answer.
    func response() async throws -> HTTPTransportResponse {
        engines.post(.start(self), to: engine)
        return try await receiver.head()
    }

    func cancel() {
        guard !receiver.isEnded else { return }
        receiver.ended(.failure(CancellationError()))
        sender?.stop()
        engines.post(.abort(self), to: engine)
    }

    /// Lets the engine go on with what was held back.
    func resume() {
        engines.post(.resume(self), to: engine)
    }

    func nextChunk() async throws -> Data? {
        try await withTaskCancellationHandler {
            try await receiver.next(resume: { resume() })
        } onCancel: {
            cancel()
        }
    }

    // MARK: For the engine

    /// Says that there is no engine that could carry the exchange out.
    func refused(because reason: String) {
        receiver.ended(.failure(HTTPTransportError(.cannotConnect, reason, requestWasNotSent: true)))
        sender?.stop()
    }

    /// Whether the exchange was given up.
    var isEnded: Bool { receiver.isEnded }

    /// Makes a handle of libcurl's ready for this exchange.
    func prepare(_ easy: UnsafeMutableRawPointer, _ round: CurlRound) {
        self.easy = easy
        self.round = round
        lastActivity = round.now
        configure(easy)
    }

    /// Whether nothing has happened for too long, although neither side here is what the exchange waits for.
    func isSilent(at now: ContinuousClock.Instant) -> Bool {
        // Waiting for a free connection is no silence, and making one has a limit of its own.
        if !hasStarted || receiver.isHeldBack || sender?.isWaiting == true { lastActivity = now }
        return now - lastActivity > idleTimeout
    }

    /// Hands on what has arrived since the last time, the head last: whoever waits for it finds the body there when it
    /// came along. TLS gives 16 KiB at once, which is too little to wake a reader for.
    func handOn() {
        handOnContent()
        if let head = head.take() { receiver.received(head) }
    }

    private func handOnContent() {
        guard let chunks = arrived?.take(), !chunks.isEmpty else { return }
        receiver.received(chunks)
    }

    /// Makes room for other exchanges. Comes before anybody learns of the end, so that the next request finds the
    /// connection of this one.
    func leave() {
        guard !hasLeft else { return }
        hasLeft = true
        engines.leave(engine)
    }

    func finished(_ result: CURLcode) {
        leave()
        handOnContent()
        if let failure = sender?.failure {
            receiver.ended(.failure(failure), after: head.take())
        } else if result == CURLE_OK {
            receiver.ended(.success(()), after: head.take())
        } else {
            receiver.ended(
                .failure(failure.error(result)), after: head.take())
        }
    }

    private var failure: CurlFailure {
        CurlFailure(
            host: host, hasStarted: hasStarted, words: words.map { Redactor.text(String(cString: $0)) } ?? "",
            idleTimeout: idleTimeout, connectTimeout: connectTimeout)
    }

    /// Lets go of the handle.
    func release() {
        sender?.stop()
        if let easy {
            azure_curl_set_pointer(easy, CURLOPT_HTTPHEADER, nil)
            azure_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, nil)
        }
        words?.deallocate()
        headers?.free()
        arrived?.close()
        // The head leads back to this exchange, by its body.
        (easy, headers, head, round, arrived, words) = (nil, nil, nil, nil, nil, nil)
    }

    // MARK: Options

    /// What libcurl would add of its own.
    private static let unwantedFields = ["Expect", "Accept"].map { HTTPField.Name($0)! }

    /// Sets what is different from one exchange to the next; a handle keeps the rest.
    private func configure(_ easy: UnsafeMutableRawPointer) {
        azure_curl_set_string(easy, CURLOPT_URL, url)
        azure_curl_set_long(easy, CURLOPT_NOBODY, 0)
        azure_curl_set_long(easy, CURLOPT_UPLOAD, 0)
        azure_curl_set_string(easy, CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        if request.method == .head {
            azure_curl_set_long(easy, CURLOPT_NOBODY, 1)
        } else if body != nil || [.put, .post, .patch].contains(request.method) {
            azure_curl_set_long(easy, CURLOPT_UPLOAD, 1)
            azure_curl_set_size(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(body == nil ? 0 : body?.length ?? -1))
            // No larger than the body, which is small more often than not.
            azure_curl_set_long(
                easy, CURLOPT_UPLOAD_BUFFERSIZE, Int(min(max(body?.length ?? .max, 16 * 1024), 512 * 1024)))
        }
        let headers = CurlHeaderLines(request.headerFields, without: Self.unwantedFields)
        self.headers = headers
        azure_curl_set_pointer(easy, CURLOPT_HTTPHEADER, headers.first)
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        words.pointee = 0
        self.words = words
        azure_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, words)
        // The engine keeps the exchange alive for as long as libcurl can call back.
        let context = Unmanaged.passUnretained(self).toOpaque()
        for option in [CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_READDATA, CURLOPT_SEEKDATA, CURLOPT_PREREQDATA] {
            azure_curl_set_pointer(easy, option, context)
        }
    }

    /// Sets up a new handle for the exchanges that it will carry out.
    static func setUp(_ easy: UnsafeMutableRawPointer) {
        azure_curl_set_data_callback(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            CurlExchange.from(context).receivedHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        azure_curl_set_data_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            CurlExchange.from(context).receivedBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        azure_curl_set_data_callback(easy, CURLOPT_READFUNCTION) { bytes, size, count, context in
            CurlExchange.from(context).fill(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
        }
        azure_curl_set_seek_callback(easy) { context, offset, origin in
            CurlExchange.from(context).seek(to: Int(offset), origin: origin)
        }
        azure_curl_set_ready_callback(easy) { context, _, _, _, _ in
            CurlExchange.from(context).mayStart() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
    }

    // MARK: Callbacks

    private static func from(_ context: UnsafeMutableRawPointer?) -> CurlExchange {
        Unmanaged<CurlExchange>.fromOpaque(context!).takeUnretainedValue()
    }

    private func receivedHeader(_ line: UnsafeRawBufferPointer) -> Int {
        noteActivity()
        guard let round, headParser.add(line, round.fieldNames) else { return 0 }
        if let head = headParser.takeHead() {
            let length = head.announcedBodyLength(for: request.method)
            let reader = CurlBodyReader(self)
            let stream = HTTPByteStream(unfolding: { { try await reader.next() } })
            self.head = HTTPTransportResponse(head: head, body: HTTPResponseBody(stream, length: length))
            round.note(self)
        }
        return line.count
    }

    private func receivedBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        noteActivity()
        guard let round else { return 0 }
        if arrived == nil { arrived = CurlChunks(round.buffers) }
        let waiting = arrived?.count ?? 0
        guard receiver.hasRoom(beside: waiting) else { return Int(CURL_WRITEFUNC_PAUSE) }
        if waiting == 0 { round.note(self) }
        return arrived?.append(bytes) == true ? bytes.count : 0
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        noteActivity()
        return sender?.read(into: buffer) ?? 0
    }

    private func noteActivity() {
        if let round { lastActivity = round.now }
    }

    /// Called when a connection is about to be used. libcurl makes a new one when a kept connection turns out to be
    /// dead after the request went into it. Whether the service may have acted then is for the retry policy to say,
    /// so that only reading is sent again here.
    private func mayStart() -> Bool {
        defer { hasStarted = true }
        return !hasStarted || [.get, .head].contains(request.method)
    }

    private func seek(to offset: Int, origin: Int32) -> Int32 {
        origin == SEEK_SET && sender?.seek(to: offset) == true ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
    }
}

/// Ends an exchange whose answer nobody wants any more.
private final class CurlBodyReader: Sendable {
    private let exchange: CurlExchange

    init(_ exchange: CurlExchange) {
        self.exchange = exchange
    }

    deinit {
        exchange.cancel()
    }

    func next() async throws -> Data? {
        try await exchange.nextChunk()
    }
}
#endif

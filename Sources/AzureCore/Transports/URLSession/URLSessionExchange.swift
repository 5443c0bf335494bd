import Foundation
import HTTPTypes
import Synchronization

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// One request and its answer. URLSession's callbacks go in, the head and then the body come out.
final class URLSessionExchange: Sendable {
    private enum State {
        case waiting(CheckedContinuation<HTTPTransportResponse, any Error>?)
        case receiving(AsyncThrowingStream<Data, any Error>.Continuation)
        case ended
    }

    private let state = Mutex(State.waiting(nil))
    private let host: String
    private let method: HTTPRequest.Method
    private let idleTimeout: Duration
    private let unread: UnreadBytes

    /// Creates an exchange.
    ///
    /// - Parameters:
    ///   - host: The server.
    ///   - method: The method of the request.
    ///   - idleTimeout: How long nothing may move.
    ///   - maxUnread: How many bytes of the answer may wait for whoever reads it.
    init(host: String, method: HTTPRequest.Method, idleTimeout: Duration, maxUnread: Int) {
        self.host = host
        self.method = method
        self.idleTimeout = idleTimeout
        unread = UnreadBytes(limit: maxUnread)
    }

    /// Starts the task and waits for the head of the answer; does neither when the exchange was cancelled before.
    func response(starting task: URLSessionDataTask) async throws -> HTTPTransportResponse {
        try await withCheckedThrowingContinuation { continuation in
            let isWanted = state.withLock { state in
                guard case .waiting = state else { return false }
                state = .waiting(continuation)
                return true
            }
            guard isWanted else { return continuation.resume(throwing: CancellationError()) }
            task.resume()
        }
    }

    /// Ends the exchange at once.
    ///
    /// Cancelling the task is not enough: the engine on Linux forgets to say so when it is cancelled while it starts,
    /// and whoever waited for that would wait for good.
    func cancel() {
        end(CancellationError())
    }

    func received(_ response: URLResponse, task: URLSessionTask) {
        guard let http = response as? HTTPURLResponse, (100...999).contains(http.statusCode) else {
            UncheckedTask(task).cancel()
            return end(
                HTTPTransportError(.invalidResponse, "What '\(host)' sent is no HTTP answer: its status is none."))
        }
        // The engine on Linux hands out interim answers, such as 103 Early Hints, like the one that follows them.
        guard http.statusCode >= 200 else { return }
        let (stream, chunks) = AsyncThrowingStream.makeStream(of: Data.self, throwing: (any Error).self)
        let waiting = state.withLock { state -> CheckedContinuation<HTTPTransportResponse, any Error>? in
            guard case .waiting(let continuation) = state else { return nil }
            state = .receiving(chunks)
            return continuation
        }
        // Nobody waits for a second answer, nor for one to a request that was given up.
        guard let waiting else { return }
        // Whoever drops the body before its end no longer wants the rest of it.
        let request = UncheckedTask(task)
        chunks.onTermination = { reason in
            if case .cancelled = reason { request.cancel() }
        }
        let head = Self.head(of: http)
        let encoding = head.headerFields[.contentEncoding]?.lowercased() ?? ""
        let isDecoded = ["gzip", "x-gzip", "deflate", "br", "zstd"].contains { encoding.contains($0) }
        let body = HTTPResponseBody(
            HTTPByteStream(
                stream.map { [unread] chunk in
                    unread.remove(chunk.count)
                    return chunk
                }), length: isDecoded ? nil : head.announcedBodyLength(for: method),
            isDecoded: isDecoded && method != .head)
        waiting.resume(returning: HTTPTransportResponse(head: head, body: body))
    }

    func received(_ data: Data, task: URLSessionTask) {
        let chunks = state.withLock { state -> AsyncThrowingStream<Data, any Error>.Continuation? in
            guard case .receiving(let chunks) = state else { return nil }
            return chunks
        }
        guard let chunks else { return }
        guard unread.add(data.count) else {
            UncheckedTask(task).cancel()
            return end(
                HTTPTransportError(
                    .unsupported,
                    "More than \(unread.limit) bytes of an answer of '\(host)' arrived that nobody had read yet, and "
                        + "URLSession cannot hold a server back. Ask for smaller ranges, read faster, or use another "
                        + "transport.", requestWasNotSent: false))
        }
        chunks.yield(data)
    }

    /// Ends the exchange because the engine wants to send the request a second time, on another connection than the one
    /// that has just broken. Whether that is right is for the retry policy to say.
    ///
    /// The engine on Linux would have nothing left of the body to send, and wait for its own time limit.
    func wantsToSendAgain() {
        end(
            HTTPTransportError(
                .connectionLost,
                "The connection to '\(host)' was kept from an earlier request, and broke during this one."))
    }

    func completed(with error: (any Error)?) {
        let isWaiting = state.withLock { state in
            if case .waiting = state { true } else { false }
        }
        // The engine on Linux ends without an error, too, when a connection ended before an answer began.
        let error = error ?? (isWaiting ? URLError(.badServerResponse) : nil)
        end(error.map { URLSessionFailure.error($0, host: host, idleTimeout: idleTimeout) })
    }

    private func end(_ error: (any Error)?) {
        let last = state.withLock { state in
            defer { state = .ended }
            return state
        }
        switch last {
        case .waiting(let continuation): continuation?.resume(throwing: error ?? CancellationError())
        case .receiving(let chunks): chunks.finish(throwing: error)
        case .ended: break
        }
    }

    private static func head(of response: HTTPURLResponse) -> HTTPResponse {
        var fields = HTTPFields()
        for (name, value) in response.allHeaderFields {
            // The engine on Linux has changed the case of the names already; lower case is at least predictable.
            guard let name = (name as? String).flatMap({ HTTPField.Name($0.lowercased()) }),
                let value = value as? String
            else { continue }
            fields[name] = value
        }
        return HTTPResponse(status: .init(code: response.statusCode), headerFields: fields)
    }
}

/// Counts the bytes that have arrived and that nobody has read.
private final class UnreadBytes: Sendable {
    let limit: Int
    private let count = Mutex(0)

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    /// Takes note of bytes that have arrived; false when there would be too many.
    func add(_ bytes: Int) -> Bool {
        count.withLock { count in
            guard bytes <= limit - count else { return false }
            count += bytes
            return true
        }
    }

    /// Takes note of bytes that were read.
    func remove(_ bytes: Int) {
        count.withLock { $0 -= bytes }
    }
}

/// URLSessionTask may be cancelled from any thread, but is not marked Sendable on every platform.
struct UncheckedTask: @unchecked Sendable {
    private let task: URLSessionTask

    init(_ task: URLSessionTask) {
        self.task = task
    }

    /// Cancels the task from a thread of its own: the engine on Linux has to come to an end of what it does first, and may
    /// wait meanwhile for whoever calls this.
    func cancel() {
        DispatchQueue.global().async { task.cancel() }
    }
}

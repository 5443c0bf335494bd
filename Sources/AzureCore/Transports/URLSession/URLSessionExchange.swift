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

    init(host: String, method: HTTPRequest.Method) {
        self.host = host
        self.method = method
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
        completed(with: URLError(.cancelled))
    }

    func received(_ response: URLResponse, task: URLSessionTask) {
        guard let http = response as? HTTPURLResponse else {
            task.cancel()
            return completed(with: URLError(.badServerResponse))
        }
        let (stream, chunks) = AsyncThrowingStream.makeStream(of: Data.self, throwing: (any Error).self)
        // Whoever drops the body before its end no longer wants the rest of it.
        let request = UncheckedTask(task)
        chunks.onTermination = { reason in
            if case .cancelled = reason { request.task.cancel() }
        }
        let head = Self.head(of: http)
        let encoding = head.headerFields[.contentEncoding]?.lowercased() ?? ""
        let isDecoded = ["gzip", "x-gzip", "deflate", "br", "zstd"].contains { encoding.contains($0) }
        let body = HTTPResponseBody(
            HTTPByteStream(stream), length: isDecoded ? nil : head.announcedBodyLength(for: method),
            isDecoded: isDecoded && method != .head)
        let waiting = state.withLock { state -> CheckedContinuation<HTTPTransportResponse, any Error>? in
            guard case .waiting(let continuation) = state else { return nil }
            state = .receiving(chunks)
            return continuation
        }
        waiting?.resume(returning: HTTPTransportResponse(head: head, body: body))
    }

    func received(_ data: Data) {
        let chunks = state.withLock { state -> AsyncThrowingStream<Data, any Error>.Continuation? in
            guard case .receiving(let chunks) = state else { return nil }
            return chunks
        }
        chunks?.yield(data)
    }

    func completed(with error: (any Error)?) {
        let last = state.withLock { state in
            defer { state = .ended }
            return state
        }
        switch last {
        case .waiting(let continuation):
            continuation?.resume(throwing: failure(for: error ?? URLError(.badServerResponse)))
        case .receiving(let chunks):
            chunks.finish(throwing: error.map(failure(for:)))
        case .ended: break
        }
    }

    private func failure(for error: any Error) -> any Error {
        guard let code = (error as? URLError)?.code else {
            return HTTPTransportError(
                .connectionLost,
                "The connection to '\(host)' failed: \(Redactor.text(error.localizedDescription)).")
        }
        // The engine's own error has the whole URL, and with it a signature if there is one.
        let underlying = URLError(code)
        switch code {
        case .cancelled: return CancellationError()
        case .cannotConnectToHost, .cannotFindHost, .dnsLookupFailed, .notConnectedToInternet:
            return HTTPTransportError(
                .cannotConnect, "No connection to '\(host)' came about. Check the endpoint and the network.",
                underlying: underlying)
        case .timedOut:
            return HTTPTransportError(
                .timedOut, "Nothing arrived from '\(host)' within the time limit.", underlying: underlying)
        case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid, .clientCertificateRejected,
            .clientCertificateRequired:
            return HTTPTransportError(
                .insecure, "No trusted TLS connection to '\(host)' came about.", underlying: underlying)
        case .badServerResponse:
            // The engine on Linux says so when the connection ended before an answer began.
            return HTTPTransportError(
                .connectionLost, "The connection to '\(host)' ended without a whole answer.", underlying: underlying)
        case .cannotParseResponse:
            return HTTPTransportError(
                .invalidResponse, "What '\(host)' sent is no HTTP answer.", underlying: underlying)
        default:
            let reason = Redactor.text((error as NSError).localizedDescription)
            // The engine on Linux has no code for them, only words.
            guard !reason.contains("certificate") else {
                return HTTPTransportError(
                    .insecure, "No trusted TLS connection to '\(host)' came about: \(reason).", underlying: underlying)
            }
            return HTTPTransportError(
                .connectionLost, "The connection to '\(host)' broke: \(reason).", underlying: underlying)
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

/// URLSessionTask may be cancelled from any thread, but is not marked Sendable on every platform.
private struct UncheckedTask: @unchecked Sendable {
    let task: URLSessionTask

    init(_ task: URLSessionTask) {
        self.task = task
    }
}

#if Curl
import Foundation
import HTTPTypes
import Synchronization

/// The answer of an exchange on its way from the engine's thread to whoever reads it, with a bounded buffer between.
final class CurlReceiver: Sendable {
    private struct State {
        /// The head, until it is asked for. It is not kept longer: it holds on to the exchange, and the exchange to
        /// this.
        var head: HTTPTransportResponse?
        var headWaiter: CheckedContinuation<HTTPTransportResponse, any Error>?
        /// What has arrived and nobody has read yet.
        var pending: ArraySlice<Data> = []
        var pendingCount = 0
        var isHeldBack = false
        var end: Result<Void, any Error>?
        var waiter: CheckedContinuation<Data?, any Error>?
    }

    private let state = Mutex(State())
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Whether the engine waits for the reader.
    var isHeldBack: Bool { state.withLock { $0.isHeldBack } }

    /// Whether all is over, because the answer is there or nobody wants it.
    var isEnded: Bool { state.withLock { $0.end != nil } }

    // MARK: For the engine

    func received(_ head: HTTPTransportResponse) {
        let waiter = state.withLock { state in
            // Whoever gave up is not kept waiting for, nor is the body that its answer leads to.
            guard state.end == nil else { return nil as CheckedContinuation<HTTPTransportResponse, any Error>? }
            guard let waiter = state.headWaiter else {
                state.head = head
                return nil
            }
            state.headWaiter = nil
            return waiter
        }
        waiter?.resume(returning: head)
    }

    /// Whether there is room for more; if not, the reader says when there is.
    func hasRoom(beside count: Int) -> Bool {
        state.withLock { state in
            state.isHeldBack = state.pendingCount + count >= limit
            return !state.isHeldBack
        }
    }

    /// Takes chunks.
    func received(_ chunks: [Data]) {
        let waiter = state.withLock { state -> CheckedContinuation<Data?, any Error>? in
            let waiter = state.waiter.take()
            for chunk in waiter == nil ? chunks[...] : chunks.dropFirst() {
                state.pending.append(chunk)
                state.pendingCount += chunk.count
            }
            return waiter
        }
        waiter?.resume(returning: chunks[0])
    }

    /// Takes note that all is over.
    ///
    /// - Parameters:
    ///   - end: How.
    ///   - head: The head, if it has not been handed on before.
    func ended(_ end: Result<Void, any Error>, after head: HTTPTransportResponse? = nil) {
        let (headWaiter, waiter) = state.withLock { state in
            guard state.end == nil else {
                return (
                    nil as CheckedContinuation<HTTPTransportResponse, any Error>?,
                    nil as CheckedContinuation<Data?, any Error>?
                )
            }
            defer { (state.headWaiter, state.waiter) = (nil, nil) }
            state.end = end
            if state.headWaiter == nil, let head { state.head = head }
            return (state.headWaiter, state.waiter)
        }
        if let head { headWaiter?.resume(returning: head) } else { headWaiter?.resume(throwing: Self.error(of: end)) }
        waiter?.resume(with: end.map { nil })
    }

    // MARK: For the reader

    func head() async throws -> HTTPTransportResponse {
        try await withCheckedThrowingContinuation { continuation in
            let ready = state.withLock { state -> Result<HTTPTransportResponse, any Error>? in
                if let head = state.head.take() { return .success(head) }
                if let end = state.end { return .failure(Self.error(of: end)) }
                state.headWaiter = continuation
                return nil
            }
            if let ready { continuation.resume(with: ready) }
        }
    }

    /// The next chunk; nil at the end.
    ///
    /// - Parameter resume: Called when the engine may go on.
    func next(resume: () -> Void) async throws -> Data? {
        try await withCheckedThrowingContinuation { continuation in
            let (ready, goesOn) = state.withLock { state -> (Result<Data?, any Error>?, Bool) in
                if let chunk = state.pending.popFirst() {
                    state.pendingCount -= chunk.count
                    // Half of the room has to be there again, so that the engine is not called for each chunk.
                    guard state.isHeldBack, state.pendingCount <= limit / 2 else { return (.success(chunk), false) }
                    state.isHeldBack = false
                    return (.success(chunk), true)
                }
                if let end = state.end { return (end.map { nil }, false) }
                state.waiter = continuation
                defer { state.isHeldBack = false }
                return (nil, state.isHeldBack)
            }
            if goesOn { resume() }
            if let ready { continuation.resume(with: ready) }
        }
    }

    private static func error(of end: Result<Void, any Error>) -> any Error {
        switch end {
        case .failure(let error): error
        case .success:
            HTTPTransportError(.connectionLost, "The connection ended in the middle of the head of an answer.")
        }
    }
}
#endif

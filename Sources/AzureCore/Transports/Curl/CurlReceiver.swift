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
        var pending = Data()
        var isHeldBack = false
        var end: Result<Void, any Error>?
        var waiter: CheckedContinuation<Data?, any Error>?
    }

    /// How much room is made for a chunk at once; TLS hands out 16 KiB at a time.
    private static let firstCapacity = 64 * 1024

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

    /// Takes a chunk, or returns false when the reader has enough for now.
    func received(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let waiter: CheckedContinuation<Data?, any Error>?
        let wasTaken: Bool
        (wasTaken, waiter) = state.withLock { state in
            guard state.pending.count < limit else {
                state.isHeldBack = true
                return (false, nil)
            }
            if let waiter = state.waiter.take() { return (true, waiter) }
            if state.pending.isEmpty { state.pending.reserveCapacity(max(bytes.count, Self.firstCapacity)) }
            state.pending.append(contentsOf: bytes)
            return (true, nil)
        }
        waiter?.resume(returning: Data(bytes))
        return wasTaken
    }

    func ended(_ end: Result<Void, any Error>) {
        let (headWaiter, waiter) = state.withLock { state in
            defer { (state.headWaiter, state.waiter) = (nil, nil) }
            guard state.end == nil else {
                return (
                    nil as CheckedContinuation<HTTPTransportResponse, any Error>?,
                    nil as CheckedContinuation<Data?, any Error>?
                )
            }
            state.end = end
            return (state.headWaiter, state.waiter)
        }
        headWaiter?.resume(throwing: Self.error(of: end))
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

    /// The next chunk, all that has arrived since the last; nil at the end.
    ///
    /// - Parameter resume: Called when the engine may go on.
    func next(resume: () -> Void) async throws -> Data? {
        try await withCheckedThrowingContinuation { continuation in
            let (ready, goesOn) = state.withLock { state -> (Result<Data?, any Error>?, Bool) in
                if !state.pending.isEmpty {
                    defer { (state.pending, state.isHeldBack) = (Data(), false) }
                    return (.success(state.pending), state.isHeldBack)
                }
                if let end = state.end { return (end.map { nil }, false) }
                state.waiter = continuation
                return (nil, false)
            }
            if goesOn { resume() }
            if let ready { continuation.resume(with: ready) }
        }
    }

    private static func error(of end: Result<Void, any Error>) -> any Error {
        switch end {
        case .failure(let error): error
        case .success: HTTPTransportError(.invalidResponse, "The answer ended before its head.")
        }
    }
}
#endif

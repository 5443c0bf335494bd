import Synchronization

/// Whether a run was interrupted, by Ctrl-C or otherwise, and what that cancels.
public final class Interruption: Sendable {
    private struct State {
        var signal: Int32?
        var cancellations: [Int: @Sendable () -> Void] = [:]
        var nextID = 0
    }

    private let state = Mutex(State())

    init() {}

    /// The signal that has interrupted the run; nil while there was none.
    public var signal: Int32? { state.withLock(\.signal) }

    /// The exit code of a program that was interrupted, as shells have it: 130 after Ctrl-C, 143 after SIGTERM; nil
    /// while there was no signal.
    public var exitCode: Int32? { signal.map { 128 + $0 } }

    /// Runs a function that the first signal cancels: steps of the run, or a question that nobody will answer.
    ///
    /// Only the function is cancelled, not the task that calls this.
    public func cancelling<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let work = Task { try await body() }
        let id = add { work.cancel() }
        defer { state.withLock { $0.cancellations[id] = nil } }
        return try await withTaskCancellationHandler {
            try await work.value
        } onCancel: {
            work.cancel()
        }
    }

    /// Notes a signal.
    ///
    /// - Returns: Whether it is the first.
    func note(_ signal: Int32) -> Bool {
        let cancellations: [@Sendable () -> Void]? = state.withLock { state in
            guard state.signal == nil else { return nil }
            state.signal = signal
            return Array(state.cancellations.values)
        }
        cancellations?.forEach { $0() }
        return cancellations != nil
    }

    /// Adds what the first signal cancels, which may have come already.
    private func add(_ cancel: @escaping @Sendable () -> Void) -> Int {
        let (id, isLate) = state.withLock { state in
            state.nextID += 1
            state.cancellations[state.nextID] = cancel
            return (state.nextID, state.signal != nil)
        }
        if isLate { cancel() }
        return id
    }
}

/// Runs a function to its end, even if the task is cancelled meanwhile: a step that makes something on a server, so
/// that it is known afterwards whether it has been made.
public func uninterrupted<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try Task.checkCancellation()
    return try await Task { try await body() }.value
}

import Dispatch
import Foundation

/// Runs a function that Ctrl-C and SIGTERM cancel, instead of ending the process, so that there is time to clean up.
///
/// Only the function is cancelled, not the task that calls this. A second signal ends the process as usual.
public func withInterruption<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let work = Task { try await body() }
    let sources = [SIGINT, SIGTERM].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler {
            signal(number, SIG_DFL)
            work.cancel()
        }
        source.resume()
        return source
    }
    defer {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
    return try await withTaskCancellationHandler {
        try await work.value
    } onCancel: {
        work.cancel()
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

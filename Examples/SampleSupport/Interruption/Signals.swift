import Dispatch
import Foundation

/// The signals that interrupt a run, and what ends the process at once. Tests put their own in its place.
public struct Signals: Sendable {
    /// The signals, as they come.
    public var incoming: @Sendable () -> AsyncStream<Int32>
    /// Ends the process with an exit code, without waiting for anything.
    public var exit: @Sendable (Int32) -> Void

    /// Creates signals.
    public init(incoming: @escaping @Sendable () -> AsyncStream<Int32>, exit: @escaping @Sendable (Int32) -> Void) {
        self.incoming = incoming
        self.exit = exit
    }

    /// No signals at all, for runs within another program.
    public static let none = Signals(incoming: { AsyncStream { $0.finish() } }, exit: { _ in })

    /// Ctrl-C and SIGTERM of this process.
    public static let process = Signals(incoming: processSignals, exit: { _exit($0) })

    /// Signals reach the stream instead of ending the process, for as long as it is read.
    private static func processSignals() -> AsyncStream<Int32> {
        AsyncStream { continuation in
            let sources = SignalSources([SIGINT, SIGTERM]) { continuation.yield($0) }
            continuation.onTermination = { _ in sources.end() }
        }
    }
}

/// What tells of signals of this process, in place of what they do otherwise.
///
/// It does not change, and its sources may be used from any thread, which their module does not say everywhere.
private final class SignalSources: @unchecked Sendable {
    private let numbers: [Int32]
    private let sources: [any DispatchSourceSignal]

    init(_ numbers: [Int32], tell: @escaping @Sendable (Int32) -> Void) {
        self.numbers = numbers
        sources = numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { tell(number) }
            source.resume()
            return source
        }
    }

    func end() {
        for source in sources { source.cancel() }
        for number in numbers { signal(number, SIG_DFL) }
    }
}

/// Runs a function that signals interrupt instead of ending the process, so that there is time to clean up.
///
/// The first signal cancels what the function runs with ``Interruption/cancelling(_:)``. A second one ends the process
/// at once.
///
/// - Parameters:
///   - signals: The signals.
///   - last: Says what is left, before a second signal ends the process.
///   - body: The run, with its cleaning up.
public func withInterruption<Result>(
    _ signals: Signals, endingWith last: @escaping @Sendable () async -> Void,
    _ body: (Interruption) async throws -> Result
) async rethrows -> Result {
    let interruption = Interruption()
    // Before the function begins, so that no signal comes too early.
    let incoming = signals.incoming()
    let watch = Task {
        for await signal in incoming where !interruption.note(signal) {
            await last()
            signals.exit(128 + signal)
            return
        }
    }
    defer { watch.cancel() }
    return try await body(interruption)
}

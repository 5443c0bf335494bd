import Foundation
import Synchronization

extension Console {
    /// The standard streams of this process.
    public static let standard = Console(
        isInteractive: isatty(STDIN_FILENO) == 1,
        progress: isatty(STDOUT_FILENO) == 1 ? .line(columns: Terminal.columns) : .log(every: .seconds(5)),
        write: { write($0, to: .standardOutput) },
        writeError: { write($0, to: .standardError) },
        readLine: readStandardInput
    )

    /// Writes past every buffer, so that a dot is seen when it is printed. A reader that has gone is no reason to fail.
    private static func write(_ text: String, to file: FileHandle) {
        try? file.write(contentsOf: Data(text.utf8))
    }

    /// Reads on a thread of its own, because reading blocks for as long as somebody thinks.
    private static func readStandardInput() async -> String? {
        let answer = Answer()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                answer.wait(with: continuation)
                Thread.detachNewThread { answer.give(Swift.readLine()) }
            }
        } onCancel: {
            answer.give(nil)
        }
    }
}

/// The answer to one question: whatever is given first.
private final class Answer: Sendable {
    private enum State {
        case open(CheckedContinuation<String?, Never>?)
        case given(String?)
    }

    private let state = Mutex(State.open(nil))

    func wait(with continuation: CheckedContinuation<String?, Never>) {
        let given: String?? = state.withLock { state in
            if case .given(let text) = state { return .some(text) }
            state = .open(continuation)
            return nil
        }
        if let given { continuation.resume(returning: given) }
    }

    func give(_ text: String?) {
        let waiting = state.withLock { state -> CheckedContinuation<String?, Never>? in
            guard case .open(let continuation) = state else { return nil }
            state = .given(text)
            return continuation
        }
        waiting?.resume(returning: text)
    }
}

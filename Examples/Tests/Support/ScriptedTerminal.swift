public import SampleSupport
import Synchronization

/// A console that keeps what is printed and answers from a list.
public final class ScriptedTerminal: Sendable {
    private struct Streams {
        var output = ""
        var errors = ""
        var answers: [String?]
    }

    private let streams: Mutex<Streams>

    /// Creates a console.
    ///
    /// - Parameter answers: What is answered in turn; nil is the end of the input, and so is the end of the list.
    public init(answers: [String?] = []) {
        streams = Mutex(Streams(answers: answers))
    }

    /// What went to standard output.
    public var output: String { streams.withLock(\.output) }
    /// What went to standard error.
    public var errors: String { streams.withLock(\.errors) }
    /// The lines of standard error.
    public var errorLines: [String] {
        errors.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    /// The console to hand to a sample.
    ///
    /// - Parameter isInteractive: Whether it says that somebody is there to answer.
    public func console(isInteractive: Bool = true) -> Console {
        Console(
            isInteractive: isInteractive,
            write: { text in self.streams.withLock { $0.output += text } },
            writeError: { text in self.streams.withLock { $0.errors += text } },
            readLine: { self.streams.withLock { $0.answers.isEmpty ? nil : $0.answers.removeFirst() } })
    }
}

import ArgumentParser
import ExampleTestSupport
import Foundation
import SampleSupport

@testable import TutorialClient

/// One run of the tutorial in this process, with a scripted terminal.
struct TutorialRun {
    let exitCode: Int32
    let terminal: ScriptedTerminal

    var succeeded: Bool { exitCode == 0 }

    /// What was printed, line by line, with times, dots, directories and the ids of runs replaced.
    var transcript: [String] {
        terminal.output.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line)
                .replacing(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/, with: "TIME")
                .replacing(/Elapsed time: \d+:\d\d:\d\d/, with: "Elapsed time: SPAN")
                .replacing(/0:20:00\.\.\.\.+/, with: "0:20:00....")
                .replacing(/\/[^ ]*\//, with: "DIR/")
                .replacing(/(SwiftTutorialPool|SwiftTutorialJob|application|input|output)-[a-z2-9]{10}/) {
                    "\($0.output.1)-RUN"
                }
        }
    }

    /// Runs the tutorial with command-line arguments.
    ///
    /// - Parameters:
    ///   - arguments: The arguments.
    ///   - environment: The environment. The default is an empty one.
    ///   - answers: What is answered in turn; nil when nobody is there to answer.
    ///   - timing: Intervals and times.
    ///   - signals: The signals that interrupt it. The default is none.
    ///   - onWrite: Told of what is printed.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], answers: [String?]? = nil,
        timing: SampleTiming = .test, signals: Signals = .none, onWrite: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> TutorialRun {
        let terminal = ScriptedTerminal(answers: answers ?? [])
        var console = terminal.console(isInteractive: answers != nil)
        console.write = { [write = console.write] text in
            write(text)
            onWrite(text)
        }
        let code = try await TutorialClient.parse(arguments).run(
            console: console, environment: environment, timing: timing, signals: signals)
        return TutorialRun(exitCode: code, terminal: terminal)
    }
}

import ArgumentParser
import ExampleTestSupport
import Foundation
import SampleSupport

@testable import TutorialClient

/// One run of the tutorial in this process, with a scripted terminal.
struct TutorialRun {
    let succeeded: Bool
    let terminal: ScriptedTerminal

    /// What was printed, line by line, with times, dots and directories replaced.
    var transcript: [String] {
        terminal.output.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line)
                .replacing(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/, with: "TIME")
                .replacing(/Elapsed time: \d+:\d\d:\d\d/, with: "Elapsed time: SPAN")
                .replacing(/0:20:00\.\.\.\.+/, with: "0:20:00....")
                .replacing(/\/[^ ]*\//, with: "DIR/")
        }
    }

    /// Runs the tutorial with command-line arguments.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], answers: [String?]? = nil,
        timing: SampleTiming = .test
    ) async throws -> TutorialRun {
        let terminal = ScriptedTerminal(answers: answers ?? [])
        let succeeded = try await TutorialClient.parse(arguments).run(
            console: terminal.console(isInteractive: answers != nil), environment: environment, timing: timing)
        return TutorialRun(succeeded: succeeded, terminal: terminal)
    }
}

import ArgumentParser
import Foundation
import SampleSupport

/// Takes away what a run has left, as when it was ended before it could clean up.
struct CountingCleanup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cleanup", abstract: "Deletes what an earlier run has left: its job, its pool, and its containers."
    )

    @OptionGroup var names: CountingNames

    func validate() throws {
        guard names.runID != nil else {
            throw ValidationError("--run is missing: the id of the run, which its names end with.")
        }
    }

    func run() async throws {
        guard let id = names.runID else { throw ExitCode.failure }
        let code = await SampleLeftovers.remove(
            console: .standard, environment: ProcessInfo.processInfo.environment, job: id.name("TopNWordsJob"),
            pool: id.name("TopNWordsPool"), containers: [id.name("application"), id.name("books")])
        guard code == 0 else { throw ExitCode(code) }
    }
}

/// What names of a run end with. It is given in the same way to a run and to what cleans up after it.
struct CountingNames: ParsableArguments {
    @Option(
        name: .customLong("run"),
        help: ArgumentHelp(
            "The id of the run, with which its names end: lower-case letters, digits, hyphens. The default is a new one.",
            valueName: "id"))
    var runID: RunID?
}

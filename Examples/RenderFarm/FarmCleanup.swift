import ArgumentParser
import Foundation
import SampleSupport

/// Takes away what a run has left, as when it was ended before it could clean up.
struct FarmCleanup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cleanup", abstract: "Deletes what an earlier run has left: its job, its pool, and its containers."
    )

    @OptionGroup var names: FarmNames

    func validate() throws {
        guard names.runID != nil else {
            throw ValidationError("--run is missing: the id of the run, which its names end with.")
        }
    }

    func run() async throws {
        let code = await run(console: .standard, environment: ProcessInfo.processInfo.environment)
        guard code == 0 else { throw ExitCode(code) }
    }

    /// Deletes what there is.
    ///
    /// - Returns: The exit code; if it is not 0, the console says why.
    func run(console: Console, environment: [String: String], timing: SampleTiming = SampleTiming()) async -> Int32 {
        guard let id = names.runID else { return 1 }
        let plan = FarmPlan.Names(id)
        return await SampleLeftovers.remove(
            console: console, environment: environment, timing: timing, job: plan.job, pool: plan.pool,
            containers: plan.containers)
    }
}

/// What names of a run end with. It is given in the same way to a run and to what cleans up after it.
struct FarmNames: ParsableArguments {
    @Option(
        name: .customLong("run"),
        help: ArgumentHelp(
            "The id of the run, with which its names end: lower-case letters, digits, hyphens. The default is a new one.",
            valueName: "id"))
    var runID: RunID?
}

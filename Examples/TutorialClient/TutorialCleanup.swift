import ArgumentParser
import Foundation
import SampleSupport

/// Takes away what a run has left, as when it was ended before it could clean up.
struct TutorialCleanup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cleanup",
        abstract: "Deletes what an earlier run has left: its job, its pool, and its containers.",
        discussion: """
            Give it the options that name things as they were given to the run. Containers that the samples have not made \
            stay; from them only the blobs are deleted that a sample has written.
            """)

    @OptionGroup var names: TutorialNames

    func validate() throws {
        try names.run.given()
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
        let names = names.resolved(id: id, reusesPool: false)
        return await SampleLeftovers.remove(
            console: console, environment: environment, timing: timing, job: names.job, pool: names.pool,
            containers: names.containers)
    }
}

import ArgumentParser
import Foundation
import SampleSupport

/// Takes away what a run has left, as when it was ended before it could clean up.
struct CountingCleanup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cleanup", abstract: "Deletes what an earlier run has left: its job, its pool, and its containers."
    )

    @OptionGroup var names: RunName

    func validate() throws {
        try names.given()
    }

    func run() async throws {
        let id = try names.given()
        let code = await SampleLeftovers.remove(
            console: .standard, environment: ProcessInfo.processInfo.environment, job: id.name("TopNWordsJob"),
            pool: id.name("TopNWordsPool"), containers: [id.name("application"), id.name("books")])
        guard code == 0 else { throw ExitCode(code) }
    }
}

public import ArgumentParser
import Foundation

/// Takes away what a run of a sample has left, as when it was ended before it could clean up.
public struct SampleCleanup<Sample: SampleCommand>: AsyncParsableCommand {
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "cleanup",
            abstract: "Deletes what an earlier run has left: its job, its pool, and its containers.")
    }

    @OptionGroup public var names: RunName

    public init() {}

    public func validate() throws {
        try names.given()
    }

    public func run() async throws {
        let code = try await run(console: .standard, environment: ProcessInfo.processInfo.environment)
        guard code == 0 else { throw ExitCode(code) }
    }

    /// Deletes what there is.
    ///
    /// - Returns: The exit code; if it is not 0, the console says why.
    public func run(
        console: Console, environment: [String: String], timing: SampleTiming = SampleTiming()
    ) async throws -> Int32 {
        let names = Sample.names(of: try names.given())
        return await SampleLeftovers.remove(
            console: console, environment: environment, timing: timing, job: names.job, pool: names.pool,
            containers: names.containers)
    }
}

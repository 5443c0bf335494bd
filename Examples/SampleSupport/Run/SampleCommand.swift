public import ArgumentParser
import Foundation

/// A sample that runs a job on a pool: its options, and what they ask for.
public protocol SampleCommand: AsyncParsableCommand {
    /// What a run does.
    associatedtype Plan: SamplePlan

    /// What a run makes, by name.
    static func names(of run: RunID) -> SampleNames

    /// The options that all samples have.
    var options: SampleOptions { get }

    /// Reads the other options, and checks what can be checked before anything is made.
    ///
    /// - Parameter names: What the run makes, by name.
    /// - Throws: A ``SampleFailure``, as when a file does not exist.
    func plan(_ names: SampleNames) throws -> Plan
}

/// What a run of a sample does.
public protocol SamplePlan: Sendable {
    /// Makes containers, pool, job and tasks, and shows the results. What was made is taken away after it.
    func run(in session: SampleSession) async throws
}

extension SampleCommand {
    public func run() async throws {
        let code = await run(console: .standard, environment: ProcessInfo.processInfo.environment, signals: .process)
        guard code == 0 else { throw ExitCode(code) }
    }

    /// Runs the sample in the accounts that the environment names, and cleans up whatever happens.
    ///
    /// - Parameters:
    ///   - console: Where it says what happens.
    ///   - environment: The environment variables.
    ///   - timing: Intervals and times.
    ///   - signals: The signals that interrupt it.
    /// - Returns: The exit code; if it is not 0, the console says why.
    public func run(
        console: Console, environment: [String: String], timing: SampleTiming = SampleTiming(), signals: Signals
    ) async -> Int32 {
        let names = Self.names(of: options.names.runID ?? .random())
        return await withSampleSession(
            console: console, environment: environment, usesEmulator: options.emulator, timing: timing,
            plan: try plan(names)
        ) { plan, session in
            await session.run(signals, cleaningUpWith: names.cleanupCommand) { try await plan.run(in: session) }
        }
    }
}

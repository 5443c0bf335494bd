/// What a run works with: the two accounts, what it makes in them, and where it says what happens.
public struct SampleSession: Sendable {
    /// The two accounts.
    public let accounts: SampleAccounts
    /// The containers.
    public let storage: SampleStorage
    /// The pool and the job.
    public let batch: SampleBatch
    /// Where it is said what happens.
    public let console: Console
    /// Intervals and times.
    public let timing: SampleTiming

    /// What a run works with that has not begun.
    public init(accounts: SampleAccounts, console: Console, timing: SampleTiming) {
        let footprint = Footprint()
        self.accounts = accounts
        self.console = console
        self.timing = timing
        storage = SampleStorage(
            service: accounts.storage, footprint: footprint, console: console,
            signaturesExpireOn: timing.signatureExpiry)
        batch = SampleBatch(client: accounts.batch, footprint: footprint, console: console)
    }

    /// The run, which tells how to clean up unless all of it ends with this program.
    ///
    /// - Parameter command: The command that takes away what the run leaves.
    public func run(cleaningUpWith command: String) -> SampleRun {
        SampleRun(
            footprint: batch.footprint, console: console, cleanupCommand: accounts.endWithProgram ? nil : command)
    }

    /// Runs steps, and takes away all that they have made whatever happens.
    ///
    /// - Parameters:
    ///   - signals: The signals that interrupt the run.
    ///   - command: The command that takes away what the run leaves.
    ///   - steps: What is to be done, once both accounts have been looked at.
    /// - Returns: The exit code; if it is not 0, the console says why.
    public func run(
        _ signals: Signals, cleaningUpWith command: String, steps: @escaping @Sendable () async throws -> Void
    ) async -> Int32 {
        await run(cleaningUpWith: command).run(signals, removing: storage, batch) {
            try await accounts.check()
            try await steps()
        }
    }
}

/// Runs a sample in the accounts that the environment names, or in those of an emulator, which is started and stopped.
///
/// - Parameters:
///   - console: Where it is said what happens.
///   - environment: The environment variables.
///   - usesEmulator: Whether to use the emulator whatever the environment says.
///   - timing: Intervals and times.
///   - plan: What the run shall do. It is asked for before the emulator starts.
///   - body: The run; it returns the exit code.
/// - Returns: The exit code; 1 when there are no accounts or there is no plan, of which the console tells.
public func withSampleSession<Plan>(
    console: Console, environment: [String: String], usesEmulator: Bool, timing: SampleTiming,
    plan: @autoclosure () throws -> Plan, _ body: (Plan, SampleSession) async -> Int32
) async -> Int32 {
    do {
        let settings = try AccountSettings(environment: environment, usesEmulator: usesEmulator)
        let plan = try plan()
        return try await withSampleAccounts(settings, console: console, pipeline: timing.pipeline) { accounts in
            await body(plan, SampleSession(accounts: accounts, console: console, timing: timing))
        }
    } catch {
        console.report(error)
        return 1
    }
}

/// One run of a sample: its steps, and its end.
public struct SampleRun: Sendable {
    /// What the run has made.
    public var footprint: Footprint
    /// Where it is said what happens.
    public var console: Console
    /// The command that takes away what the run leaves; nil when all of it ends with this program.
    public var cleanupCommand: String?

    /// Creates a run that has not begun.
    public init(footprint: Footprint, console: Console, cleanupCommand: String?) {
        self.footprint = footprint
        self.console = console
        self.cleanupCommand = cleanupCommand
    }

    /// Runs a sample, and has it clean up whatever happens.
    ///
    /// The first signal cancels the steps; what follows cleans up without asking. The second ends the process at once,
    /// and it is said what is left.
    ///
    /// - Parameters:
    ///   - signals: The signals that interrupt the run.
    ///   - steps: What is to be done.
    ///   - cleanUp: Takes away what was made, and returns whether it could.
    /// - Returns: The exit code: 0, 1 when something failed, of which the console tells, and 130 or 143 after Ctrl-C or
    ///   SIGTERM.
    public func run(
        _ signals: Signals, steps: @escaping @Sendable () async throws -> Void,
        cleanUp: (Interruption) async -> Bool
    ) async -> Int32 {
        await withInterruption(signals, endingWith: sayWhatIsLeft) { interruption in
            var succeeded = true
            do {
                try await interruption.cancelling(steps)
            } catch {
                succeeded = false
                console.report(error)
            }
            if await !cleanUp(interruption) {
                succeeded = false
                sayHowToCleanUp()
            }
            return interruption.exitCode ?? (succeeded ? 0 : 1)
        }
    }

    /// Runs a sample like the other function, and takes away all that it has made without asking.
    ///
    /// - Parameters:
    ///   - signals: The signals that interrupt the run.
    ///   - storage: What made containers and blobs.
    ///   - batch: What made pool and job.
    ///   - steps: What is to be done.
    /// - Returns: The exit code.
    public func run(
        _ signals: Signals, removing storage: SampleStorage, _ batch: SampleBatch,
        steps: @escaping @Sendable () async throws -> Void
    ) async -> Int32 {
        await run(signals, steps: steps) { interruption in
            let failures =
                await storage.removeFootprint() + batch.removeFootprint(asking: false, interruption: interruption)
            failures.forEach(console.report)
            return failures.isEmpty
        }
    }

    private func sayWhatIsLeft() async {
        let leftovers = await footprint.leftovers
        guard !leftovers.isEmpty else { return }
        console.printError("Not deleted: \(leftovers.joined(separator: ", ")).")
        sayHowToCleanUp()
    }

    private func sayHowToCleanUp() {
        if let cleanupCommand { console.printError("Take it away with: \(cleanupCommand)") }
    }
}

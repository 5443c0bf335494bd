import AzureCore

/// Stands in where nothing can run programs. A task that gets so far fails with `CommandLaunchFailed`, and is told why.
struct MissingProcessRunner: ProcessRunner {
    func prepare(_ launch: ProcessLaunch, mark: RunMark, timeSource: TimeSource) -> any PreparedProcess {
        MissingProcess()
    }

    func stop() async {}

    private struct MissingProcess: PreparedProcess {
        func run() async -> ProcessOutcome {
            .launchFailed(EmulatorTrait.isMissing(for: "what starts the processes of tasks"))
        }

        func stop() {}
    }
}

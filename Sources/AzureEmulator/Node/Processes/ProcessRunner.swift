import AzureCore

/// What runs the programs of tasks, for one emulator from its start to its end.
protocol ProcessRunner: Sendable {
    /// Prepares the run of a program.
    ///
    /// - Parameters:
    ///   - launch: The program.
    ///   - mark: What its processes are recognised by.
    ///   - timeSource: What its time limit is measured with.
    func prepare(_ launch: ProcessLaunch, mark: RunMark, timeSource: TimeSource) -> any PreparedProcess

    /// Lets go of what the emulator was given, once no run is left.
    func stop() async
}

/// Makes what runs the programs of an emulator, whose nodes are in a directory.
typealias MakeProcessRunner =
    @Sendable (_ instance: EmulatorInstance, _ directory: EmulatorDirectory) -> any ProcessRunner

/// One run of a program.
protocol PreparedProcess: Sendable {
    /// Runs the program and returns when nothing of it is left. It is called once.
    func run() async -> ProcessOutcome

    /// Ends the run; ``run()`` then returns ``ProcessOutcome/stopped``. Also before it has started.
    func stop()
}

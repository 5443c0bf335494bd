/// What to run, and where.
struct ProcessLaunch: Sendable {
    /// The program and its arguments.
    var arguments: [String]
    /// The whole environment.
    var environment: [String: String]
    /// Where it runs.
    var workingDirectory: String
    /// The file that takes its standard output. A new one is made in place of whatever has its name.
    var standardOutput: String
    /// The file that takes its standard error. A new one is made in place of whatever has its name.
    var standardError: String
    /// The directory that belongs to this run alone.
    var directory: String
    /// How long it may run; nil for ever.
    var timeLimit: Duration?
    /// Waited for when the program has ended with 0, before what it left running is ended. A run that is stopped, or has
    /// no time left, does not wait.
    var hold: (@Sendable () async -> Void)?
}

/// How a run ended.
enum ProcessOutcome: Sendable, Hashable {
    /// The program ended on its own with this code.
    case exited(Int32)
    /// A signal that nobody here sent ended it.
    case signaled(Int32)
    /// It was stopped because somebody asked for it.
    case stopped
    /// It was stopped because it ran too long.
    case timedOut
    /// There is no such program.
    case programNotFound(String)
    /// It could not be started.
    case launchFailed(String)
}

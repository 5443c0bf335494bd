import ArgumentParser
import SampleSupport

/// What a run makes, by name. Each name has the id of the run unless it is given.
struct TutorialNames: ParsableArguments {
    /// The id of the pool that runs share with --reuse-pool.
    static let sharedPool = "SwiftTutorialPool"

    @OptionGroup var run: RunName

    /// The id of the run, if one is given.
    var runID: RunID? { run.runID }

    @Option(help: ArgumentHelp("The pool. The default is SwiftTutorialPool and the id of the run.", valueName: "id"))
    var pool: String?

    @Option(help: ArgumentHelp("The job. The default is SwiftTutorialJob and the id of the run.", valueName: "id"))
    var job: String?

    @Option(
        help: ArgumentHelp(
            "The container for the program. The default is application and the id of the run.", valueName: "name"))
    var applicationContainer: String?

    @Option(
        help: ArgumentHelp(
            "The container for the texts. The default is input and the id of the run.", valueName: "name"))
    var inputContainer: String?

    @Option(
        help: ArgumentHelp(
            "The container for the results. The default is output and the id of the run.", valueName: "name"))
    var outputContainer: String?

    /// All names, for a run with an id.
    ///
    /// - Parameters:
    ///   - id: The id unless one is given.
    ///   - reusesPool: Whether the pool is one that runs share, unless one is named.
    func resolved(id: RunID, reusesPool: Bool) -> Resolved {
        let id = runID ?? id
        return Resolved(
            pool: pool ?? (reusesPool ? Self.sharedPool : id.name(Self.sharedPool)),
            job: job ?? id.name("SwiftTutorialJob"),
            applicationContainer: applicationContainer ?? id.name("application"),
            inputContainer: inputContainer ?? id.name("input"),
            outputContainer: outputContainer ?? id.name("output"),
            cleanupCommand: cleanupCommand(for: id))
    }

    /// The command that takes away what a run has left.
    private func cleanupCommand(for id: RunID) -> String {
        let given = [
            ("pool", pool), ("job", job), ("application-container", applicationContainer),
            ("input-container", inputContainer), ("output-container", outputContainer),
        ]
        return given.reduce(into: "TutorialClient cleanup --run \(id)") { command, option in
            if let name = option.1 { command += " --\(option.0) \(TaskProgram.argument(name))" }
        }
    }

    /// All names of a run.
    struct Resolved: Sendable {
        let pool: String
        let job: String
        let applicationContainer: String
        let inputContainer: String
        let outputContainer: String
        /// The command that takes away what the run has left.
        let cleanupCommand: String

        /// The containers, in the order in which they are made.
        var containers: [String] { [applicationContainer, inputContainer, outputContainer] }
    }
}

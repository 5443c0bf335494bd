import ArgumentParser
import AzureCore
import Foundation
import SampleSupport

/// The client of the tutorial: gives texts to a pool of machines that count their words.
@main
struct TutorialClient: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "TutorialClient",
        abstract: "Counts the most frequent words of text files on a pool of Azure Batch nodes.",
        discussion: AccountSettings.help,
        version: PackageVersion.current,
        subcommands: [TutorialCleanup.self])

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("The texts, in UTF-8. The default are three short texts.", valueName: "file"))
    var input: [String] = []

    @Option(help: ArgumentHelp("Where the results go.", valueName: "dir"))
    var output = "."

    @Option(help: "How many words to report for each text.")
    var numwords = 3

    @Option(help: "How many nodes the pool has.")
    var nodes = 1

    @Option(help: ArgumentHelp("How long to wait for the tasks.", valueName: "minutes"))
    var timeout = 20

    @Flag(help: "Ask nothing and clean up. So it is too when the standard input is not a terminal.")
    var yes = false

    @Flag(help: "Use the emulator, whatever the environment says.")
    var emulator = false

    @OptionGroup var names: TutorialNames

    @Flag(help: "Use the pool SwiftTutorialPool, or that of --pool, and leave it for the next run.")
    var reusePool = false

    @Flag(help: "Leave the containers and what is in them.")
    var keepContainers = false

    @Option(
        help: ArgumentHelp(
            "The program that the nodes run. The default is TutorialTask beside this one.", valueName: "path"))
    var taskProgram: String?

    func validate() throws {
        for (name, value) in [("--numwords", numwords), ("--nodes", nodes), ("--timeout", timeout)] where value < 1 {
            throw ValidationError("\(name) must be at least 1.")
        }
    }

    func run() async throws {
        let code = await run(
            console: .standard, environment: ProcessInfo.processInfo.environment, signals: .process)
        guard code == 0 else { throw ExitCode(code) }
    }

    /// Runs the tutorial.
    ///
    /// - Returns: The exit code; if it is not 0, the console says why.
    func run(
        console: Console, environment: [String: String], timing: SampleTiming = SampleTiming(), signals: Signals
    ) async -> Int32 {
        await withSampleSession(
            console: console, environment: environment, usesEmulator: emulator, timing: timing,
            plan: try plan(console: console)
        ) { plan, session in
            await Tutorial(plan: plan, session: session).run(signals)
        }
    }

    private func plan(console: Console) throws -> TutorialPlan {
        try TutorialPlan(
            inputs: input.isEmpty ? SampleTexts.paths : input,
            outputDirectory: output,
            names: names.resolved(id: .random(), reusesPool: reusePool),
            taskProgram: taskProgram ?? SiblingProgram.path(of: "TutorialTask"),
            numwords: numwords,
            nodes: nodes,
            timeout: .minutes(timeout),
            keepsPool: reusePool,
            keepsContainers: keepContainers,
            asks: !yes && console.isInteractive)
    }
}

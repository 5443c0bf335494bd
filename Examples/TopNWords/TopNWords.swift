import ArgumentParser
import AzureCore
import Foundation
import SampleSupport

/// Client and task in one program: the client uploads the program and a text, and the tasks run the program to print
/// the most frequent words of the text.
@main
struct TopNWords: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "TopNWords",
        abstract: "Prints the most frequent words of a text, counted by tasks on a pool of Azure Batch nodes.",
        discussion: """
            With AZURE_BATCH_ACCOUNT, AZURE_BATCH_ACCESS_KEY and AZURE_BATCH_ENDPOINT set, and AZURE_STORAGE_ACCOUNT \
            with AZURE_STORAGE_KEY (or AZURE_STORAGE_CONNECTION_STRING), it works on Azure. With none of them set it \
            works with an emulator that runs inside this program.
            """,
        version: PackageVersion.current,
        subcommands: [CountingCleanup.self])

    @Option(help: ArgumentHelp("The text, in UTF-8. The default is a short story.", valueName: "file"))
    var input: String?

    @Option(help: "How many tasks to run.")
    var tasks = 10

    @Option(help: "How many words each task prints.")
    var numwords = 10

    @Option(help: "How many nodes the pool has.")
    var nodes = 1

    @Option(help: ArgumentHelp("How long to wait for the tasks.", valueName: "minutes"))
    var timeout = 20

    @OptionGroup var names: RunName

    @Flag(help: "Use the emulator, whatever the environment says.")
    var emulator = false

    @Option(help: ArgumentHelp("The program that the nodes run. The default is this one.", valueName: "path"))
    var taskProgram: String?

    @Flag(help: "Be the task: count the words of --book and print them.")
    var task = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The text of the task, with a signature that may read it.", valueName: "url"))
    var book: String?

    func validate() throws {
        let numbers = [
            ("--tasks", tasks), ("--numwords", numwords), ("--nodes", nodes), ("--timeout", timeout),
        ]
        for (name, value) in numbers where value < 1 {
            throw ValidationError("\(name) must be at least 1.")
        }
        guard task == (book != nil) else { throw ValidationError("--task and --book belong together.") }
    }

    func run() async throws {
        let code: Int32 =
            if let book {
                await CountingTask(book: book, count: numwords).run(console: .standard) ? 0 : 1
            } else {
                await runClient(
                    console: .standard, environment: ProcessInfo.processInfo.environment, signals: .process)
            }
        guard code == 0 else { throw ExitCode(code) }
    }

    /// Runs the client.
    ///
    /// - Returns: The exit code; if it is not 0, the console says why.
    func runClient(
        console: Console, environment: [String: String], timing: SampleTiming = SampleTiming(), signals: Signals
    ) async -> Int32 {
        do {
            let settings = try AccountSettings(environment: environment, usesEmulator: emulator)
            let plan = CountingPlan(
                book: try LocalFile(
                    input ?? Bundle.module.bundleURL.appending(path: "Texts/book.txt").path, as: "input file"),
                program: TaskProgram(
                    try LocalFile(taskProgram ?? SiblingProgram.ownPath, as: "task program"),
                    packages: TaskProgram.packages + ["libxml2"]),
                tasks: tasks, numwords: numwords, nodes: nodes, timeout: .minutes(timeout),
                runID: names.runID ?? .random())
            return try await withSampleAccounts(settings, console: console, pipeline: timing.pipeline) { accounts in
                await CountingClient(plan: plan, accounts: accounts, console: console, timing: timing).run(signals)
            }
        } catch {
            console.report(error)
            return 1
        }
    }
}

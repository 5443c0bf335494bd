import ArgumentParser
import AzureCore
import Foundation
import SampleSupport

/// Client and task in one program: the client uploads the program and a text, and the tasks run the program to print
/// the most frequent words of the text.
@main
struct TopNWords: SampleCommand {
    static let configuration = CommandConfiguration(
        commandName: "TopNWords",
        abstract: "Prints the most frequent words of a text, counted by tasks on a pool of Azure Batch nodes.",
        discussion: AccountSettings.help,
        version: PackageVersion.current,
        subcommands: [SampleCleanup<Self>.self])

    @Option(help: ArgumentHelp("The text, in UTF-8. The default is a short story.", valueName: "file"))
    var input: String?

    @Option(help: "How many tasks to run.")
    var tasks = 10

    @Option(help: "How many words each task prints.")
    var numwords = 10

    @Option(help: "How many nodes the pool has.")
    var nodes = 1

    @OptionGroup var options: SampleOptions

    @Option(help: ArgumentHelp("The program that the nodes run. The default is this one.", valueName: "path"))
    var taskProgram: String?

    @Flag(help: "Be the task: count the words of --book and print them.")
    var task = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The text of the task, with a signature that may read it.", valueName: "url"))
    var book: String?

    func validate() throws {
        try SampleOptions.refuse(["--tasks": tasks, "--numwords": numwords, "--nodes": nodes], below: 1)
        guard task == (book != nil) else { throw ValidationError("--task and --book belong together.") }
    }

    func run() async throws {
        let code: Int32 =
            if let book {
                await CountingTask(book: book, count: numwords).run(console: .standard) ? 0 : 1
            } else {
                await run(console: .standard, environment: ProcessInfo.processInfo.environment, signals: .process)
            }
        guard code == 0 else { throw ExitCode(code) }
    }

    static func names(of run: RunID) -> SampleNames {
        SampleNames("TopNWords", run, containers: ["application", "books"])
    }

    func plan(_ names: SampleNames) throws -> CountingPlan {
        CountingPlan(
            book: try LocalFile(
                input ?? Bundle.module.bundleURL.appending(path: "Texts/book.txt").path, as: "input file"),
            program: TaskProgram(
                try LocalFile(taskProgram ?? SiblingProgram.ownPath, as: "task program"),
                packages: TaskProgram.packages + ["libxml2"]),
            tasks: tasks, numwords: numwords, nodes: nodes, timeout: .minutes(options.timeout), names: names)
    }
}

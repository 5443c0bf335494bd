import ArgumentParser
import AzureCore
import SampleSupport

/// Looks for prime numbers in three stages: tasks that each search a thousand numbers, tasks that put together what 25 of
/// them have found, and one that takes stock of all.
@main
struct TaskDependencies: SampleCommand {
    static let configuration = CommandConfiguration(
        commandName: "TaskDependencies",
        abstract: "Counts prime numbers with tasks of Azure Batch that wait for each other.",
        discussion: AccountSettings.help,
        version: PackageVersion.current,
        subcommands: [SampleCleanup<Self>.self])

    @Option(help: "How many tasks search; each takes a thousand numbers.")
    var tasks = 1000

    @Option(help: "How many nodes the pool has.")
    var nodes = 8

    @Option(help: "How many tasks a node runs at once.")
    var slots = 1

    @Option(help: "Every how many of the searching tasks fails at its first try; 0 for none.")
    var unlucky = 50

    @Option(help: "How often a task that fails is tried again.")
    var retries = 2

    @Option(help: ArgumentHelp("Where the result goes.", valueName: "dir"))
    var output = "."

    @OptionGroup var options: SampleOptions

    func validate() throws {
        try SampleOptions.refuse(["--tasks": tasks, "--nodes": nodes, "--slots": slots], below: 1)
        try SampleOptions.refuse(["--unlucky": unlucky, "--retries": retries], below: 0)
        guard tasks <= PrimePlan.mostTasks else {
            throw ValidationError("--tasks must be at most \(PrimePlan.mostTasks).")
        }
    }

    static func names(of run: RunID) -> SampleNames {
        SampleNames("TaskDependencies", run, containers: ["primes"])
    }

    func plan(_ names: SampleNames) -> PrimePlan {
        PrimePlan(
            parts: tasks, nodes: nodes, slots: slots, unlucky: unlucky, retries: retries,
            timeout: .minutes(options.timeout), outputDirectory: LocalFile.absolute(output), names: names)
    }
}

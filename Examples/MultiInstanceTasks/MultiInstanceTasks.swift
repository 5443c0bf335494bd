import ArgumentParser
import AzureCore
import SampleSupport

/// Computes how heat flows through a rod, with one task that runs on several nodes at a time: each has a piece, and they
/// tell each other after each step how warm its ends are.
@main
struct MultiInstanceTasks: SampleCommand {
    static let configuration = CommandConfiguration(
        commandName: "MultiInstanceTasks",
        abstract: "Computes how heat flows through a rod, on nodes of Azure Batch that talk to each other.",
        discussion: AccountSettings.help,
        version: PackageVersion.current,
        subcommands: [SampleCleanup<Self>.self])

    @Option(help: "On how many nodes the task runs; each has a piece of the rod.")
    var instances = 4

    @Option(help: "How many cells the rod has.")
    var cells = 200

    @Option(help: "How many steps are computed.")
    var steps = 2000

    @Option(help: ArgumentHelp("How long the nodes wait for each other.", valueName: "seconds"))
    var patience = 60

    @Option(help: ArgumentHelp("Where the temperatures go.", valueName: "dir"))
    var output = "."

    @OptionGroup var options: SampleOptions

    @Option(
        help: ArgumentHelp("The program that the nodes run. The default is RodPart beside this one.", valueName: "path")
    )
    var taskProgram: String?

    func validate() throws {
        try SampleOptions.refuse(["--instances": instances, "--steps": steps, "--patience": patience], below: 1)
        guard cells >= instances else {
            throw ValidationError("--cells must be at least as many as --instances: each has one or more.")
        }
    }

    static func names(of run: RunID) -> SampleNames {
        SampleNames("MultiInstanceTasks", run, containers: ["application", "rod"])
    }

    func plan(_ names: SampleNames) throws -> RodPlan {
        RodPlan(
            program: TaskProgram(
                try LocalFile(taskProgram ?? SiblingProgram.path(of: "RodPart"), as: "task program")),
            instances: instances, cells: cells, steps: steps, patience: patience, timeout: .minutes(options.timeout),
            outputDirectory: LocalFile.absolute(output), names: names)
    }
}

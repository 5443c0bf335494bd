import ArgumentParser
import AzureCore
import FramePicture
import SampleSupport

/// Renders a film on a pool: a task for each frame, and one that waits for them all and puts them together.
@main
struct RenderFarm: SampleCommand {
    static let configuration = CommandConfiguration(
        commandName: "RenderFarm",
        abstract: "Renders a zoom into the Mandelbrot set with a task of Azure Batch for each frame.",
        discussion: AccountSettings.help,
        version: PackageVersion.current,
        subcommands: [SampleCleanup<Self>.self])

    @Option(help: "How many frames the film has.")
    var frames = 200

    @Option(help: "How many pixels a line has.")
    var width = 160

    @Option(help: "How many lines a frame has.")
    var height = 90

    @Option(help: "How much narrower each frame is than the one before, as a factor less than 1.")
    var zoom = 0.97

    @Option(help: "How many nodes the pool has.")
    var nodes = 2

    @Option(help: "How many tasks a node runs at once.")
    var slots = 2

    @Option(help: "How often a frame that fails is tried again.")
    var retries = 1

    @Option(help: ArgumentHelp("Where the film and the picture of all frames go.", valueName: "dir"))
    var output = "."

    @OptionGroup var options: SampleOptions

    @Option(
        help: ArgumentHelp(
            "The program that the nodes run. The default is RenderFrame beside this one.", valueName: "path"))
    var taskProgram: String?

    func validate() throws {
        try SampleOptions.refuse(["--frames": frames, "--nodes": nodes, "--slots": slots], below: 1)
        try SampleOptions.refuse(["--retries": retries], below: 0)
        for (name, value) in [("--width", width), ("--height", height)]
        where !(1...Picture.longestSide).contains(value) {
            throw ValidationError("\(name) must be from 1 to \(Picture.longestSide).")
        }
        guard zoom > 0, zoom < 1 else { throw ValidationError("--zoom must be between 0 and 1.") }
    }

    static func names(of run: RunID) -> SampleNames { FarmPlan.names(of: run) }

    func plan(_ names: SampleNames) throws -> FarmPlan {
        FarmPlan(
            frames: frames, width: width, height: height, zoom: zoom,
            program: TaskProgram(
                try LocalFile(taskProgram ?? SiblingProgram.path(of: "RenderFrame"), as: "task program")),
            nodes: nodes, slots: slots, retries: retries, timeout: .minutes(options.timeout),
            outputDirectory: LocalFile.absolute(output), names: names)
    }
}

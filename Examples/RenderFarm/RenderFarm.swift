import ArgumentParser
import AzureCore
import Foundation
import FramePicture
import SampleSupport

/// Renders a film on a pool: a task for each frame, and one that waits for them all and puts them together.
@main
struct RenderFarm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "RenderFarm",
        abstract: "Renders a zoom into the Mandelbrot set with a task of Azure Batch for each frame.",
        discussion: """
            With AZURE_BATCH_ACCOUNT, AZURE_BATCH_ACCESS_KEY and AZURE_BATCH_ENDPOINT set, and AZURE_STORAGE_ACCOUNT \
            with AZURE_STORAGE_KEY (or AZURE_STORAGE_CONNECTION_STRING), it works on Azure. With none of them set it \
            works with an emulator that runs inside this program.
            """,
        version: PackageVersion.current,
        subcommands: [FarmCleanup.self])

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

    @Option(help: ArgumentHelp("How long to wait for the tasks.", valueName: "minutes"))
    var timeout = 20

    @Option(help: ArgumentHelp("Where the film and the picture of all frames go.", valueName: "dir"))
    var output = "."

    @OptionGroup var names: RunName

    @Flag(help: "Use the emulator, whatever the environment says.")
    var emulator = false

    @Option(
        help: ArgumentHelp(
            "The program that the nodes run. The default is RenderFrame beside this one.", valueName: "path"))
    var taskProgram: String?

    func validate() throws {
        let numbers = [("--frames", frames), ("--nodes", nodes), ("--slots", slots), ("--timeout", timeout)]
        for (name, value) in numbers where value < 1 {
            throw ValidationError("\(name) must be at least 1.")
        }
        for (name, value) in [("--width", width), ("--height", height)]
        where !(1...Picture.longestSide).contains(value) {
            throw ValidationError("\(name) must be from 1 to \(Picture.longestSide).")
        }
        guard retries >= 0 else { throw ValidationError("--retries must not be negative.") }
        guard zoom > 0, zoom < 1 else { throw ValidationError("--zoom must be between 0 and 1.") }
    }

    func run() async throws {
        let code = await run(
            console: .standard, environment: ProcessInfo.processInfo.environment, signals: .process)
        guard code == 0 else { throw ExitCode(code) }
    }

    /// Runs the farm.
    ///
    /// - Returns: The exit code; if it is not 0, the console says why.
    func run(
        console: Console, environment: [String: String], timing: SampleTiming = SampleTiming(), signals: Signals
    ) async -> Int32 {
        do {
            let settings = try AccountSettings(environment: environment, usesEmulator: emulator)
            let plan = FarmPlan(
                frames: frames, width: width, height: height, zoom: zoom,
                program: TaskProgram(
                    try LocalFile(taskProgram ?? SiblingProgram.path(of: "RenderFrame"), as: "task program")),
                nodes: nodes, slots: slots, retries: retries, timeout: .minutes(timeout),
                outputDirectory: LocalFile.absolute(output), runID: names.runID ?? .random())
            return try await withSampleAccounts(settings, console: console, pipeline: timing.pipeline) { accounts in
                await FarmRun(plan: plan, accounts: accounts, console: console, timing: timing).run(signals)
            }
        } catch {
            console.report(error)
            return 1
        }
    }
}

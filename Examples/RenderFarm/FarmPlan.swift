import SampleSupport

/// What a run shall do.
struct FarmPlan: Sendable {
    /// How many frames there are.
    var frames: Int
    /// The size of the frames.
    var width: Int
    var height: Int
    /// How much narrower each frame is than the one before.
    var zoom: Double
    /// What the nodes run.
    var program: TaskProgram
    /// How many nodes the pool has.
    var nodes: Int
    /// How many tasks a node runs at once.
    var slots: Int
    /// How often a task that fails is tried again.
    var retries: Int
    /// How long to wait for the tasks.
    var timeout: Duration
    /// Where the results go, absolute.
    var outputDirectory: String
    /// What the run makes, by name.
    var names: SampleNames

    /// The container for the program.
    var programContainer: String { names.containers[0] }
    /// The container for the frames and what is made of them.
    var frameContainer: String { names.containers[1] }

    /// What runs make, by name.
    static func names(of run: RunID) -> SampleNames {
        SampleNames("RenderFarm", run, containers: ["application", "frames"])
    }

    /// What the last task writes.
    static let results = ["film.y4m", "contact.ppm"]
}

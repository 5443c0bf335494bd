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
    /// The id of the run, which its names end with.
    var runID: RunID

    /// What the run makes, by name.
    var names: Names { Names(runID) }
    /// The command that takes away what the run has left.
    var cleanupCommand: String { "RenderFarm cleanup --run \(runID)" }

    /// What the last task writes.
    static let results = ["film.y4m", "contact.ppm"]

    /// What a run makes, by name.
    struct Names: Sendable {
        let program: String
        let frames: String
        let pool: String
        let job: String

        init(_ id: RunID) {
            program = id.name("application")
            frames = id.name("frames")
            pool = id.name("RenderFarmPool")
            job = id.name("RenderFarmJob")
        }

        /// The containers, in the order in which they are made.
        var containers: [String] { [program, frames] }
    }
}

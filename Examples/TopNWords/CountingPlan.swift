import SampleSupport

/// What a run of the client shall do.
struct CountingPlan: Sendable {
    /// The text.
    var book: LocalFile
    /// What the nodes run.
    var program: TaskProgram
    /// How many tasks there are.
    var tasks: Int
    /// How many words each task prints.
    var numwords: Int
    /// How many nodes the pool has.
    var nodes: Int
    /// How long to wait for the tasks.
    var timeout: Duration

    /// The id of the run, which its names end with.
    var runID: RunID

    var applicationContainer: String { runID.name("application") }
    var bookContainer: String { runID.name("books") }
    var pool: String { runID.name("TopNWordsPool") }
    var job: String { runID.name("TopNWordsJob") }

    /// The command that takes away what the run has left.
    var cleanupCommand: String { "TopNWords cleanup --run \(runID)" }
}

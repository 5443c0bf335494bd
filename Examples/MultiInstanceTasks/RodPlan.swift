import SampleSupport

/// What a run shall do.
struct RodPlan: Sendable {
    /// What the task writes: a temperature for each cell, one a line.
    static let result = "temperatures.txt"
    /// The id of the task.
    static let task = "rod"

    /// What the nodes run.
    var program: TaskProgram
    /// On how many nodes the task runs, which are all that the pool has.
    var instances: Int
    /// How many cells the rod has.
    var cells: Int
    /// How many steps are computed.
    var steps: Int
    /// How long the nodes wait for each other, in seconds.
    var patience: Int
    /// How long to wait for the task.
    var timeout: Duration
    /// Where the result goes, absolute.
    var outputDirectory: String
    /// What the run makes, by name.
    var names: SampleNames

    /// The container for the program.
    var programContainer: String { names.containers[0] }
    /// The container in which the nodes meet, and for the result.
    var rodContainer: String { names.containers[1] }
}

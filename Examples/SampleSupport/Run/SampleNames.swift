/// What a run makes, by name. Each name ends with the id of the run.
public struct SampleNames: Sendable, Hashable {
    /// The name of the program.
    public let sample: String
    /// The id of the run.
    public let run: RunID
    /// The containers, in the order in which they are made.
    public let containers: [String]

    /// The id of the pool.
    public var pool: String { run.name(sample + "Pool") }
    /// The id of the job.
    public var job: String { run.name(sample + "Job") }
    /// The command that takes away what the run has left.
    public var cleanupCommand: String { "\(sample) cleanup --run \(run)" }

    /// Names what a run makes.
    ///
    /// - Parameters:
    ///   - sample: The name of the program.
    ///   - run: The id of the run.
    ///   - containers: What the names of the containers begin with.
    public init(_ sample: String, _ run: RunID, containers: [String]) {
        self.sample = sample
        self.run = run
        self.containers = containers.map { run.name($0) }
    }
}

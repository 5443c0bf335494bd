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

    /// What the run makes, by name.
    var names: SampleNames

    /// The container for the program.
    var applicationContainer: String { names.containers[0] }
    /// The container for the text.
    var bookContainer: String { names.containers[1] }
}

extension CountingPlan: SamplePlan {
    func run(in session: SampleSession) async throws {
        try await CountingClient(plan: self, session: session).steps()
    }
}

import BatchModels

/// The number of tasks of a job in each state.
public struct BatchTaskProgress: Sendable, Hashable {
    /// The number of tasks that wait, for a node or for their preparation.
    public var active: Int
    /// The number of tasks that run.
    public var running: Int
    /// The number of tasks that have ended.
    public var completed: Int
    /// The number of tasks that have ended with success.
    public var succeeded: Int
    /// The number of tasks that have failed after all their retries.
    public var failed: Int

    /// Creates a value.
    public init(active: Int = 0, running: Int = 0, completed: Int = 0, succeeded: Int = 0, failed: Int = 0) {
        self.active = active
        self.running = running
        self.completed = completed
        self.succeeded = succeeded
        self.failed = failed
    }

    init(_ counts: BatchTaskCounts?) {
        self.init(
            active: counts?.active ?? 0, running: counts?.running ?? 0, completed: counts?.completed ?? 0,
            succeeded: counts?.succeeded ?? 0, failed: counts?.failed ?? 0)
    }

    /// What a look at the tasks found, for an error.
    var sentence: String {
        "At the last look \(active) of its \(total) tasks \(active == 1 ? "was" : "were") active, \(running) running and "
            + "\(completed) completed, of which \(failed) had failed."
    }

    /// The number of all tasks.
    public var total: Int { active.clampedAdding(running).clampedAdding(completed) }
}

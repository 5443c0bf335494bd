#if DEBUG || AZURE_SWIFT_SIMULATION
/// What a simulation of the scheduler is to do. The same plan leads to the same run.
package struct SimulationPlan: Sendable {
    /// A pool of the simulation.
    struct Pool: Sendable {
        let id: String
        /// Its part of all nodes, in thousandths.
        let share: Int
        let slots: Int
        var packs = false
        /// Whether jobs here may let their tasks be ended in favour of others.
        var preempts = false
        /// Whether it runs multi-instance tasks.
        var takesInstances = false
    }

    /// How many tasks are added in all.
    package var tasks: Int
    /// How many nodes all pools have together.
    package var nodes: Int
    /// What all random choices follow from.
    package var seed: UInt64
    /// Whether every step is checked.
    package var isChecked: Bool
    /// Whether jobs that have ended are deleted on the way.
    package var deletesJobs: Bool
    /// After how many steps everything is checked.
    package var fullCheckInterval = 10_000
    /// How many tasks are to wait at a time.
    var backlog = 6_000

    package init(
        tasks: Int, nodes: Int = 1_000, seed: UInt64 = 1, isChecked: Bool = true, deletesJobs: Bool = true
    ) {
        self.tasks = tasks
        self.nodes = nodes
        self.seed = seed
        self.isChecked = isChecked
        self.deletesJobs = deletesJobs
    }

    static let pools = [
        Pool(id: "Wide", share: 300, slots: 1),
        Pool(id: "packed", share: 200, slots: 4, packs: true),
        Pool(id: "spread", share: 150, slots: 2),
        Pool(id: "large", share: 100, slots: 8, packs: true),
        Pool(id: "preempted", share: 100, slots: 1, preempts: true),
        Pool(id: "preempted-spread", share: 100, slots: 4, preempts: true),
        Pool(id: "instances", share: 50, slots: 1, takesInstances: true),
    ]

    func nodes(of pool: Pool) -> Int { max(6, nodes * pool.share / 1000) }
}

/// What a simulation has come to.
package struct SimulationReport: Sendable {
    /// How often the scheduler was called.
    package var steps = 0
    /// How many runs of tasks it began.
    package var starts = 0
    /// How many of them were ended in favour of others.
    package var preemptions = 0
    package var retries = 0
    package var requeues = 0
    package var tasksCompleted = 0
    package var tasksDeleted = 0
    package var fullChecks = 0
    /// The time spent in the scheduler once the nodes were there.
    package var schedulerTime = Duration.zero
    /// What random actions were taken, by name.
    package var actions: [String: Int] = [:]
}

/// Something that the scheduler must not do, and has done.
package struct SimulationFailure: Error, CustomStringConvertible {
    package let step: Int
    package let text: String

    package var description: String { "Step \(step): \(text)" }
}
#endif

#if DEBUG || AZURE_SWIFT_SIMULATION
@testable import AzureEmulator

extension SimulationModel {
    /// The scheduler has a task run on a node: all that has to be true of that.
    mutating func started(_ key: RunKey, _ assignment: TaskAssignment, _ state: BatchState) throws {
        guard let name = assignment.task, let job = jobs[name.job], let place = SimulatedJob.place(name.task) else {
            throw failure("A run of something that nobody has added")
        }
        let node = NodeKey(pool: assignment.pool, node: assignment.node)
        let part = assignment.instance?.index ?? 0
        let label = "\(name.job)/\(name.task) on \(node.node)"
        guard let host = nodes[node], host.pool == job.pool else { throw failure("\(label): no node of its pool") }
        let pool = SimulationPlan.pools[host.pool]
        let isRetry = job.tasks[place].retryNode == node
        if part == 0 {
            guard job.state == .active else { throw failure("\(label): the job takes no tasks") }
            guard job.tasks[place].state == .ready else { throw failure("\(label): it is \(job.tasks[place].state)") }
            guard !job.isAtLimit else { throw failure("\(label): the job runs as many tasks as it may") }
            guard job.tasks[place].missing == 0 else { throw failure("\(label): what it depends on has not ended") }
        } else if job.tasks[place].parts != part {
            throw failure("\(label): part \(part) after \(job.tasks[place].parts)")
        }
        guard runs[key] == nil, job.tasks[place].parts == part else { throw failure("\(label): it runs already") }
        guard let record = state.pools[node.pool]?.nodes[node.node], Self.takesTasks(record) else {
            throw failure("\(label): the node takes no tasks")
        }
        let free = pool.slots - host.usedSlots
        guard job.slots <= free else { throw failure("\(label): \(job.slots) slots where \(free) are free") }
        if job.instances != nil, host.runs > 0 { throw failure("\(label): two parts on a node") }
        if part == 0, !isRetry { try checkOrder(job, place, label, free: free, node, state) }
        job.tasks[place].retryNode = nil
        if part == 0 { set(.running, place, of: job) }
        job.tasks[place].parts += 1
        nodes[node]?.usedSlots += job.slots
        nodes[node]?.runs += 1
        runs[key] = Run(job: job, task: place, node: node, part: part)
        report.starts += 1
    }

    /// Nobody comes before this task who could have had its node, and it has got the right one.
    private func checkOrder(
        _ job: Job, _ place: Int, _ label: String, free: Int, _ node: NodeKey, _ state: BatchState
    ) throws {
        for other in open[job.pool] where other.state == .active && other.ready > 0 && !other.isAtLimit {
            guard other !== job, other.outranks(job), other.instances == nil, other.slots <= free else { continue }
            throw failure("\(label): the job \(other.id) comes first")
        }
        let pool = SimulationPlan.pools[job.pool]
        guard !pool.preempts, job.instances == nil else { return }
        if let wanted = job.tasks[place].affinity {
            guard wanted != node, let host = nodes[wanted], host.usedSlots + job.slots <= pool.slots,
                let record = state.pools[wanted.pool]?.nodes[wanted.node], Self.takesTasks(record)
            else { return }
            throw failure("\(label): it wants to be on \(wanted.node)")
        }
        guard report.starts % 64 == 0, let used = nodes[node]?.usedSlots else { return }
        for (key, host) in nodes where host.pool == job.pool && host.usedSlots + job.slots <= pool.slots {
            guard pool.packs ? host.usedSlots > used : host.usedSlots < used,
                let record = state.pools[key.pool]?.nodes[key.node], Self.takesTasks(record)
            else { continue }
            throw failure("\(label): \(key.node) comes first, with \(host.usedSlots) slots used instead of \(used)")
        }
    }

    /// Whether a node may be given tasks, by what is written of it.
    static func takesTasks(_ node: NodeRecord) -> Bool {
        [.idle, .running].contains(node.state) && node.takesTasks && !node.leavesWhenEmpty && node.restart == nil
    }

    /// A task of the scheduler is what it has to be.
    func check(_ place: Int, of job: Job, _ record: TaskRecord?) throws {
        let expected: [TaskRecord.State?]
        switch job.tasks[place].state {
        case .blocked, .ready: expected = [.active]
        case .running: expected = [.preparing, .running]
        case .done:
            // What was put back when the job was to end already ends with the last run, be it that of a deleted task.
            let isEnding = job.state == .ended && (job.running > 0 || runs.values.contains { $0.job === job })
            expected = isEnding ? [.completed, .active] : [.completed]
        case .gone: expected = [nil]
        }
        guard expected.contains(record?.state) else {
            let found = record.map { $0.state.rawValue } ?? "nothing"
            throw failure("Task \(place) of \(job.id) is \(found) and should be \(job.tasks[place].state)")
        }
    }

    /// No task waits for which there is room.
    func checkWork(on pool: Int, _ state: BatchState) throws {
        let description = SimulationPlan.pools[pool]
        guard state.pools[description.id]?.state == .active else { return }
        var most = 0
        for record in state.pools[description.id]?.nodes.records.filter(Self.takesTasks) ?? [] {
            let used = nodes[NodeKey(pool: description.id, node: record.id)]?.usedSlots ?? 0
            most = max(most, description.slots - used)
        }
        for job in open[pool] where job.state == .active && job.ready > 0 && !job.isAtLimit && job.instances == nil {
            // A node that is kept for another job is not for this one.
            guard job.slots <= most, state.pools[description.id]?.reservations.isEmpty == true else { continue }
            throw failure("Tasks of \(job.id) wait, and a node has \(most) free slots")
        }
    }

    /// Everything that can be compared.
    mutating func checkAll(_ state: BatchState) throws {
        report.fullChecks += 1
        for pool in SimulationPlan.pools.indices { try checkWork(on: pool, state) }
        for job in jobs.values where job.state != .deleted {
            guard let record = state.jobs[job.id] else { throw failure("The job \(job.id) is lost") }
            for place in job.tasks.indices {
                try check(
                    place, of: job, record.tasks[SimulatedJob.taskID(place, usesNumbers: record.usesDependencies)])
            }
            let counts = record.tasks.records.reduce(into: TaskCounts()) { $0.add($1.tally, 1) }
            guard counts == record.counts, counts.tasks.running == job.running else {
                throw failure("The job \(job.id) counts \(record.counts), and has \(counts)")
            }
        }
        try checkNodes(state)
        if let difference = state.indexDifference() { throw failure(difference) }
    }

    private func checkNodes(_ state: BatchState) throws {
        for (key, node) in nodes {
            guard let record = state.pools[key.pool]?.nodes[key.node] else { throw failure("\(key.node) is lost") }
            guard record.usedSlots == node.usedSlots, record.runs.count == node.runs else {
                throw failure("\(key.node) has \(record.usedSlots) slots used instead of \(node.usedSlots)")
            }
        }
        guard state.runs.count == runs.count, runs.keys.allSatisfy({ state.runs[$0] != nil }) else {
            throw failure("\(state.runs.count) runs instead of \(runs.count)")
        }
    }
}
#endif

import Foundation

extension BatchState {
    /// Adds the job manager task of a new job.
    mutating func addManager(of id: String, now: Date) {
        guard let manager = jobs[id]?.support.manager else { return }
        let task = TaskRecord(id: manager.id, properties: manager.task, now: now)
        guard addTask(task, to: id, now: now) else { return }
        schedule(now: now)
    }

    /// Ends a job whose manager has ended, if it is to.
    mutating func endWithManager(_ id: String, task: String, now: Date) {
        guard let job = jobs[id]?.support, job.manager?.endsJob == true, job.isManager(task),
            let state = jobs[id]?.state, [.active, .disabling, .disabled].contains(state)
        else { return }
        terminateJob(id, reason: "JMComplete", now: now)
    }

    /// How many slots of a node a task takes: a job manager that wants a node for itself takes all.
    ///
    /// - Parameters:
    ///   - slots: How many it says.
    ///   - task: The task.
    ///   - job: Its job.
    ///   - capacity: How many slots a node has.
    func slots(_ slots: Int, of task: String, in job: String, on capacity: Int) -> Int {
        guard jobs[job]?.support.manager?.isExclusive == true, jobs[job]?.support.isManager(task) == true else {
            return slots
        }
        return max(slots, capacity)
    }

    /// Whether the tasks of a job may run on every node of a pool, as far as the job has a say in it.
    func admitsAll(on pool: String, job: String) -> Bool {
        jobs[job]?.ineligibleNodes.isEmpty == true && jobs[job]?.support.manager == nil
            && pools[pool]?.reservations.isEmpty == true
    }

    /// Whether a task of a job may run on the node at a place.
    func admits(_ place: Int, of pool: String, task: String, job: String) -> Bool {
        guard let id = pools[pool]?.id, let node = pools[pool]?.nodes[place] else { return false }
        return admits(node, of: id, task: task, job: job)
    }

    /// Whether a task of a job may run on a node, as far as the job has a say in it.
    func admits(_ node: NodeRecord, of pool: String, task: String, job: String) -> Bool {
        guard let record = jobs[job] else { return false }
        if !record.ineligibleNodes.isEmpty, record.ineligibleNodes.contains(NodeKey(pool: pool, node: node.id)) {
            return false
        }
        if let pool = pools[pool], !pool.reservations.isEmpty, isReserved(node.id, of: pool, against: record) {
            return false
        }
        guard !node.isDedicated, let manager = record.support.manager, !manager.takesLowPriorityNodes else {
            return true
        }
        return !record.support.isManager(task)
    }
}

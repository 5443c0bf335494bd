#if DEBUG || AZURE_SWIFT_SIMULATION
import AzureTesting
import Foundation

@testable import AzureEmulator

extension SchedulerSimulation {
    /// What somebody may do at any time.
    private enum Action: String, CaseIterable {
        case resize, removeNodes, restart, holdNode, disableJob, terminateJob, deleteJob, terminateTask, deleteTask
        case changeJob, reactivateTask
    }

    /// Does something at random.
    mutating func act() throws {
        guard let action = Action.allCases.randomElement(using: &generator) else { return }
        model.report.actions[action.rawValue, default: 0] += 1
        switch action {
        case .resize: try resize()
        case .removeNodes: try removeNodes()
        case .restart: try restartNode()
        case .holdNode: try holdNode()
        case .disableJob: try disableJob()
        // Seldom, or no job would come to its end.
        case .terminateJob: if chance(1, in: 4) { try endJob(isDeleted: false) }
        case .deleteJob: if chance(1, in: 4) { try endJob(isDeleted: true) }
        case .terminateTask: try endTask(isDeleted: false)
        case .deleteTask: try endTask(isDeleted: true)
        case .changeJob: try changeJob()
        case .reactivateTask: try reactivateTask()
        }
    }

    private mutating func randomRemoval() -> (NodeRemoval, RunEnding) {
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: (.requeue, .requeue)
        case 1: (.terminate, .terminate)
        default: (.taskCompletion, .requeue)
        }
    }

    private mutating func randomPool() -> Int { Int.random(in: 0..<SimulationPlan.pools.count, using: &generator) }

    // MARK: Nodes

    private mutating func resize() throws {
        let pool = SimulationPlan.pools[randomPool()]
        let target = plan.nodes(of: pool) * Int.random(in: 80...105, using: &generator) / 100
        let (removal, reason) = randomRemoval()
        try call(reason, ofNodes: true) {
            $0.resizePool(pool.id, dedicated: target, lowPriority: 0, removing: removal, now: $1)
        }
    }

    private mutating func removeNodes() throws {
        let pool = randomPool()
        guard let node = randomNode(of: pool) else { return }
        let (removal, reason) = randomRemoval()
        try call(reason, ofNodes: true) { $0.removeNodes([node.node], from: node.pool, removing: removal, now: $1) }
        // Others in its place, so that the pool does not dry up.
        let target = plan.nodes(of: SimulationPlan.pools[pool])
        try call { $0.resizePool(node.pool, dedicated: target, lowPriority: 0, removing: .taskCompletion, now: $1) }
    }

    private mutating func restartNode() throws {
        guard let key = randomNode(of: randomPool()), let node = state.pools[key.pool]?.nodes[key.node],
            [.idle, .running].contains(node.state), node.restart == nil, !node.leavesWhenEmpty
        else { return }
        let (removal, reason) = randomRemoval()
        let restart: NodeRestart = chance(1, in: 2) ? .reboot : .reimage
        try call(reason, ofNodes: true) { $0.restart(key, restart, removal, now: $1) }
    }

    private mutating func holdNode() throws {
        guard let key = randomNode(of: randomPool()) else { return }
        let (removal, reason) = randomRemoval()
        at(random(5...60), .takesTasks(key))
        try call(reason, ofNodes: true) { $0.setScheduling(key, takesTasks: false, removal, now: $1) }
    }

    // MARK: Jobs

    private mutating func disableJob() throws {
        guard let job = jobs.randomElement(using: &generator), state.jobs[job.id]?.state == .active else { return }
        let disabling: JobDisabling = [.requeue, .terminate, .wait][Int.random(in: 0...2, using: &generator)]
        model.jobs[job.id]?.state = .held
        at(random(5...30), .jobEnabled(job.id))
        try call(disabling == .terminate ? .terminate : .requeue) { $0.disableJob(job.id, disabling, now: $1) }
    }

    private mutating func endJob(isDeleted: Bool) throws {
        guard let index = jobs.indices.randomElement(using: &generator) else { return }
        try endJob(index, isDeleted: isDeleted)
    }

    /// Ends a job, or deletes it, whatever it does.
    private mutating func endJob(_ index: Int, isDeleted: Bool) throws {
        let id = jobs[index].id
        jobs[index].isClosing = true
        if isDeleted { jobs[index].isOver = true }
        if let job = model.jobs[id] { model.endJob(job, isDeleted: isDeleted) }
        if isDeleted {
            model.report.tasksDeleted += state.jobs[id]?.tasks.count ?? 0
            try call(.delete) { $0.deleteJob(id, now: $1) }
        } else if [.active, .disabling, .disabled].contains(state.jobs[id]?.state) {
            try call(.terminate) { $0.terminateJob(id, reason: "UserTerminate", now: $1) }
        }
    }

    private mutating func changeJob() throws {
        guard let job = jobs.randomElement(using: &generator), state.jobs[job.id]?.state == .active else { return }
        let priority = Int.random(in: -3...(job.isPreemptible ? 0 : 3), using: &generator) * 10
        let limit = chance(1, in: 2) ? Int.random(in: 1...60, using: &generator) : -1
        model.jobs[job.id]?.priority = priority
        model.jobs[job.id]?.limit = limit < 0 ? nil : limit
        try call { state, now in
            state.changeJob(job.id, now: now) {
                $0["priority"] = .integer(Int64(priority))
                $0["maxParallelTasks"] = .integer(Int64(limit))
            }
        }
    }

    // MARK: Tasks

    private mutating func randomTask() -> (job: SimulatedJob, place: Int)? {
        guard let job = jobs.randomElement(using: &generator), job.added > 0, !job.isOver,
            [.active, .disabled, .disabling].contains(state.jobs[job.id]?.state)
        else { return nil }
        return (job, Int.random(in: 0..<job.added, using: &generator))
    }

    private mutating func endTask(isDeleted: Bool) throws {
        // What has gone well and is deleted before it was looked at would be waited for: another rule than those here.
        guard let (job, place) = randomTask(), !isDeleted || !job.usesDependencies else { return }
        let id = SimulatedJob.taskID(place, usesNumbers: job.usesDependencies)
        guard state.jobs[job.id]?.tasks[id] != nil else { return }
        if plan.isChecked { model.end(place, of: job.id, isDeleted: isDeleted) }
        try call(isDeleted ? .delete : .terminate) { state, now in
            if isDeleted {
                state.deleteTask(job.id, id, now: now)
            } else {
                _ = state.terminateTask(job.id, id, now: now)
            }
        }
        if isDeleted { model.report.tasksDeleted += 1 }
    }

    private mutating func reactivateTask() throws {
        guard let (job, place) = randomTask(), state.jobs[job.id]?.state == .active, !job.usesDependencies else {
            return
        }
        let id = SimulatedJob.taskID(place, usesNumbers: job.usesDependencies)
        guard let task = state.jobs[job.id]?.tasks[id], task.state == .completed, !task.hasSucceeded else { return }
        if let job = model.jobs[job.id] { model.reactivate(place, of: job) }
        try call { $0.reactivateTask(job.id, id, now: $1) }
    }

    // MARK: The end of jobs

    /// Ends the jobs in which nothing can go on, and lets go of those that have ended.
    mutating func sweep() throws {
        for index in jobs.indices where !jobs[index].isOver {
            // No job gets more when all tasks are there.
            if added >= plan.tasks, !jobs[index].isClosing { try close(index) }
            guard let record = state.jobs[jobs[index].id] else { continue }
            if record.state == .completed {
                jobs[index].isOver = true
                if plan.isChecked { try checkEnded(record) }
                if plan.deletesJobs, chance(9, in: 10) { try endJob(index, isDeleted: true) }
            } else if jobs[index].isClosing, record.state == .active, record.counts.tasks.running == 0,
                record.counts.tasks.active == record.blocked.count
            {
                try endJob(index, isDeleted: false)
            }
        }
        jobs.removeAll { $0.isOver }
    }

    private func checkEnded(_ record: JobRecord) throws {
        guard let job = model.jobs[record.id], job.state == .ended, job.done + job.gone == job.tasks.count,
            record.counts.tasks.completed == record.tasks.count, record.tasks.count == job.done
        else { throw model.failure("The job \(record.id) has ended before its tasks") }
    }

    /// Checks what is left when all is done.
    mutating func finish() throws {
        try model.checkAll(state)
        for job in model.jobs.values where job.state == .active || job.state == .held {
            throw model.failure("The job \(job.id) has not ended")
        }
        guard model.runs.isEmpty, state.runs.isEmpty else { throw model.failure("Runs are left") }
    }
}
#endif

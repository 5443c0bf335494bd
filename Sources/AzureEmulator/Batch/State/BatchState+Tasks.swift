import Foundation

extension BatchState {
    /// Adds a task to a job and puts it on a node if there is room; false when the id is taken.
    mutating func addTask(_ task: TaskRecord, to job: String, now: Date) -> Bool {
        guard jobs[job]?.tasks.insert(task, id: task.id) == true,
            let place = jobs[job]?.tasks.index(of: task.id)
        else { return false }
        jobs[job]?.counts.add(task.tally, 1)
        if jobs[job]?.usesDependencies == true, let number = TaskDependencies.number(task.id) {
            jobs[job]?.numbered[number, default: []].append(place)
        }
        enqueue(job, place)
        return true
    }

    /// Ends a task; false when it has ended already.
    mutating func terminateTask(_ job: String, _ id: String, now: Date) -> Bool {
        guard let place = jobs[job]?.tasks.index(of: id), let task = jobs[job]?.tasks[place],
            task.state != .completed
        else { return false }
        if let run = task.execution.run {
            end(run, .terminate)
        } else {
            complete(job, place, TaskOutcome(failure: .endedByUser), now: now)
            finishJob(job, now: now)
        }
        return true
    }

    /// Deletes a task with its files. A run of it is ended.
    mutating func deleteTask(_ job: String, _ id: String, now: Date) {
        guard let place = jobs[job]?.tasks.index(of: id), let task = jobs[job]?.tasks.remove(id) else { return }
        jobs[job]?.counts.add(task.tally, -1)
        jobs[job]?.blocked.remove(place)
        if let number = TaskDependencies.number(task.id) { jobs[job]?.numbered[number]?.removeAll { $0 == place } }
        for run in task.execution.runs { end(run, .delete) }
        let running = Set(task.execution.runs.compactMap { runs[$0]?.node })
        if task.execution.hasFiles, let jobID = jobs[job]?.id {
            for node in task.execution.nodes where !running.contains(node) {
                removeFiles(on: node, job: jobID, task: task.id)
            }
        }
        finishJob(job, now: now)
    }

    /// Queues a task that has failed once more.
    mutating func reactivateTask(_ job: String, _ id: String, now: Date) {
        guard let place = jobs[job]?.tasks.index(of: id) else { return }
        changeTask(job, place) { task in
            task.setState(.active, now: now)
            task.execution.retryCount = 0
            task.execution.lastRetryTime = nil
            task.execution.outcome = nil
            task.execution.startTime = nil
            task.execution.endTime = nil
        }
        enqueue(job, place)
        schedule(now: now)
    }

    /// Gives a task other limits.
    mutating func changeConstraints(of id: String, in job: String, to constraints: JSONValue, now: Date) {
        guard let place = jobs[job]?.tasks.index(of: id) else { return }
        changeTask(job, place) { task in
            task.newConstraints = constraints
            task.version = BatchResourceVersion(now: now)
        }
    }

    /// Changes a task and keeps count.
    mutating func changeTask(_ job: String, _ place: Int, _ change: (inout TaskRecord) -> Void) {
        jobs[job]?.changeTask(place, change)
    }

    /// A task is over, for this reason.
    mutating func complete(_ job: String, _ place: Int, _ outcome: TaskOutcome, now: Date) {
        changeTask(job, place) { task in
            task.execution.outcome = outcome
            task.execution.endTime = now
            task.satisfiesDependents = task.satisfies(outcome)
            task.setState(.completed, now: now)
        }
        jobs[job]?.blocked.remove(place)
        unblock(job, place)
        keepFiles(job, place, now: now)
        defer { if let id = jobs[job]?.tasks[place]?.id { endWithManager(job, task: id, now: now) } }
        actOnEnd(job, place, outcome, now: now)
    }

    /// Does to a job what is to follow from the end of one of its tasks.
    private mutating func actOnEnd(_ job: String, _ place: Int, _ outcome: TaskOutcome, now: Date) {
        guard jobs[job]?.actsOnFailures == true, jobs[job]?.state == .active, let task = jobs[job]?.tasks[place] else {
            return
        }
        switch task.jobAction(after: outcome) {
        case .terminate: terminateJob(job, reason: "TaskFailed", now: now)
        case .disable: disableJob(job, .requeue, now: now)
        case .none: break
        }
    }
}

extension TaskRecord {
    /// Whether those that depend on this may run when it ends so.
    fileprivate func satisfies(_ outcome: TaskOutcome) -> Bool {
        switch rules?.exitConditions?.options(after: outcome)?.dependencyAction {
        case .satisfy: true
        case .block: false
        case nil: outcome.failure == nil
        }
    }

    /// What becomes of the job when this ends so. What somebody has ended on purpose is no reason to end the job.
    fileprivate func jobAction(after outcome: TaskOutcome) -> ExitConditions.JobAction {
        let usual: ExitConditions.JobAction =
            outcome.failure == nil || outcome.failure == .endedByUser ? .none : .terminate
        return rules?.exitConditions?.options(after: outcome)?.jobAction ?? usual
    }
}

import Foundation

extension BatchState {
    /// Adds a task to a job and puts it on a node if there is room; false when the id is taken.
    mutating func addTask(_ task: TaskRecord, to job: String, now: Date) -> Bool {
        guard jobs[job]?.tasks.insert(task, id: task.id) == true,
            let place = jobs[job]?.tasks.index(of: task.id)
        else { return false }
        jobs[job]?.counts.add(task, 1)
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
        jobs[job]?.counts.add(task, -1)
        jobs[job]?.blocked.remove(place)
        if let number = TaskDependencies.number(task.id) { jobs[job]?.numbered[number]?.removeAll { $0 == place } }
        if let run = task.execution.run {
            end(run, .delete)
        } else if let node = task.execution.node, let jobID = jobs[job]?.id {
            removeFiles(on: node, job: jobID, task: task.id)
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

    /// Changes a task and keeps count.
    mutating func changeTask(_ job: String, _ place: Int, _ change: (inout TaskRecord) -> Void) {
        guard var task = jobs[job]?.tasks[place] else { return }
        jobs[job]?.counts.add(task, -1)
        change(&task)
        jobs[job]?.counts.add(task, 1)
        jobs[job]?.tasks[place] = task
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
        defer { if let id = jobs[job]?.tasks[place]?.id { endWithManager(job, task: id, now: now) } }
        guard outcome.failure != nil, let task = jobs[job]?.tasks[place],
            jobs[job]?.properties["onTaskFailure"]?.string?.lowercased() == "performexitoptionsjobaction",
            jobs[job]?.state == .active
        else { return }
        switch task.exitOptions(outcome)["jobAction"]?.string?.lowercased() {
        case "terminate": terminateJob(job, reason: "TaskFailed", now: now)
        case "disable": disableJob(job, .requeue, now: now)
        default: break
        }
    }
}

extension TaskRecord {
    /// Whether those that depend on this may run when it ends so.
    fileprivate func satisfies(_ outcome: TaskOutcome) -> Bool {
        outcome.failure == nil || exitOptions(outcome)["dependencyAction"]?.string?.lowercased() == "satisfy"
    }

    /// What is to follow from the way a task ended.
    func exitOptions(_ outcome: TaskOutcome) -> JSONValue {
        guard let conditions = properties["exitConditions"] else { return [:] }
        func options(_ list: String, _ matches: (JSONValue, Int64) -> Bool) -> JSONValue? {
            guard let code = outcome.exitCode.map(Int64.init) else { return nil }
            return conditions[list]?.array?.first { matches($0, code) }?["exitOptions"]
        }
        if outcome.exitCode == nil, let options = conditions["preProcessingError"] { return options }
        return options("exitCodes") { $0["code"]?.integer == $1 }
            ?? options("exitCodeRanges") { range, code in
                (range["start"]?.integer ?? 0) <= code && code <= (range["end"]?.integer ?? 0)
            } ?? conditions["default"] ?? [:]
    }
}

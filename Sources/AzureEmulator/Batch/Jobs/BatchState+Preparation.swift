import Foundation

extension BatchState {
    /// Has the run of a task begin: now, or as soon as its node is prepared for the job.
    mutating func begin(_ run: RunKey, _ assignment: TaskAssignment, of job: String, now: Date) {
        guard let node = runs[run]?.node, let preparation = jobs[job]?.support.preparation else {
            return emit(.run(run, assignment))
        }
        if jobs[job]?.jobNodes[node] == nil, let number = jobs[job]?.jobNodes.count {
            jobs[job]?.jobNodes[node] = JobNode(node: node, number: number)
            if let id = jobs[job]?.id { noteJob(id, on: node) }
        }
        if jobs[job]?.jobNodes[node]?.isPrepared == true { return emit(.run(run, assignment)) }
        if preparation.waitsForSuccess {
            hold(run)
            jobs[job]?.jobNodes[node]?.waiting.append(JobNode.Waiting(run: run, assignment: assignment))
        }
        if jobs[job]?.jobNodes[node]?.preparation?.isRunning != true {
            jobs[job]?.jobNodes[node]?.preparation = NodeTaskExecution(startTime: now)
            runSupport(.preparation, of: job, on: node, now: now)
        }
        // After the preparation, which it may need though it does not wait for its end.
        if !preparation.waitsForSuccess { emit(.run(run, assignment)) }
    }

    /// Starts a preparation or release task. It takes no slot.
    mutating func runSupport(_ kind: JobSupportKind, of id: String, on node: NodeKey, now: Date) {
        guard let job = jobs[id]?.support, let jobID = jobs[id]?.id, let properties = jobs[id]?.properties else {
            return
        }
        let isDedicated = pools[node.pool]?.nodes[node.node]?.isDedicated ?? true
        var assignment: TaskAssignment
        let written: JSONValue
        switch kind {
        case .preparation:
            guard let task = job.preparation else { return }
            written = task.properties
            assignment = TaskAssignment(
                task, job: jobID, jobProperties: properties, node: node, isDedicated: isDedicated)
            assignment.needsPlace = task.waitsForSuccess
        case .release:
            guard let task = job.release else { return }
            written = task.properties
            assignment = TaskAssignment(
                task, preparation: job.preparation?.id, job: jobID, jobProperties: properties, node: node,
                isDedicated: isDedicated)
        }
        assignment.refusal = refusal(of: written, on: node.pool, needsContainer: false)
        assignment.mounts = pools[node.pool]?.mounts ?? []
        let run = addRun(task: nil, support: (jobID, kind), node: node, slots: 0, now: now)
        pools[node.pool]?.nodes[node.node]?.setState(.running, now: now)
        emit(.run(run, assignment))
    }

    /// The run of a preparation or release task has ended.
    mutating func supportEnded(_ job: String, _ kind: JobSupportKind, _ run: Run, _ outcome: TaskOutcome, now: Date) {
        switch kind {
        case .preparation: preparationEnded(job, run, outcome, now: now)
        case .release: releaseEnded(job, run, outcome, now: now)
        }
        finishJob(job, now: now)
    }

    private mutating func preparationEnded(_ job: String, _ run: Run, _ outcome: TaskOutcome, now: Date) {
        let node = run.node
        guard var execution = jobs[job]?.jobNodes[node]?.preparation, let task = jobs[job]?.support.preparation else {
            return
        }
        let limit = task.maxRetries ?? jobs[job]?.properties["constraints"]?["maxTaskRetryCount"]?.integer ?? 0
        if run.ending == nil, outcome.mayBeRetried, limit < 0 || execution.retryCount < limit {
            execution.retryCount += 1
            execution.lastRetryTime = now
            execution.startTime = now
            jobs[job]?.jobNodes[node]?.preparation = execution
            return runSupport(.preparation, of: job, on: node, now: now)
        }
        execution.end(outcome, now: now)
        jobs[job]?.jobNodes[node]?.preparation = execution
        let waiting = jobs[job]?.jobNodes[node]?.waiting ?? []
        jobs[job]?.jobNodes[node]?.waiting = []
        if run.ending == nil, outcome.failure == nil || !task.waitsForSuccess {
            jobs[job]?.jobNodes[node]?.isPrepared = true
            jobs[job]?.jobNodes[node]?.needsRelease = true
            for waiting in waiting where runs[waiting.run]?.isHeld == true && runs[waiting.run]?.ending == nil {
                letGo(waiting.run)
                emit(.run(waiting.run, waiting.assignment))
            }
            return
        }
        // A node that could not be prepared gets no more tasks of the job, until it is reimaged.
        if run.ending == nil { jobs[job]?.ineligibleNodes.insert(node) }
        for waiting in waiting.reversed() { takeBack(waiting.run, now: now) }
    }

    /// Puts a task back into the queue whose node could not be prepared. Nobody asked for that, so that it counts as
    /// no requeue.
    private mutating func takeBack(_ key: RunKey, now: Date) {
        guard runs[key]?.isHeld == true, runs[key]?.ending == nil, let task = runs[key]?.task,
            let place = jobs[task.job]?.tasks.index(of: task.task)
        else { return }
        // Other parts of it may run already.
        guard jobs[task.job]?.tasks[place]?.execution.instances.isEmpty == true else { return end(key, .requeue) }
        _ = removeRun(key)
        changeTask(task.job, place) { task in
            task.execution.run = nil
            task.setState(.active, now: now)
        }
        jobs[task.job]?.queue.prepend(place)
    }
}

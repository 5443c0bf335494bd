import Foundation

extension BatchState {
    /// A node has begun to run a task.
    mutating func runStarted(_ key: RunKey, now: Date) {
        noteStart(key, now: now)
        instanceStarted(key, now: now)
        guard let task = runs[key]?.task, let place = jobs[task.job]?.tasks.index(of: task.task),
            jobs[task.job]?.tasks[place]?.execution.run == key
        else { return }
        changeTask(task.job, place) { record in
            guard record.state == .preparing else { return }
            record.setState(.running, now: now)
            record.execution.startTime = now
            if record.execution.retryCount > 0 { record.execution.lastRetryTime = now }
        }
    }

    /// A run has ended: its task is done, or tried again, or put back.
    mutating func runEnded(_ key: RunKey, outcome: TaskOutcome, now: Date) {
        guard let run = removeRun(key) else { return }
        if let task = run.task {
            taskEnded(task, run, key, outcome, now: now)
        } else if let support = run.support {
            supportEnded(support.job, support.kind, run, outcome, now: now)
        } else {
            startTaskEnded(run.node, outcome, now: now)
        }
        updateNode(run.node, now: now)
        schedule(now: now)
    }

    private mutating func taskEnded(_ key: TaskKey, _ run: Run, _ runKey: RunKey, _ outcome: TaskOutcome, now: Date) {
        defer { finishJob(key.job, now: now) }
        // Another task may have the id by now.
        if jobs[key.job]?.tasks[key.task]?.execution.runs.contains(runKey) == true {
            jobs[key.job]?.tasks[key.task]?.noteRun(run, now: now)
        }
        pools[run.node.pool]?.nodes[run.node.node]?.countTask(hasRun: !run.isHeld, hasSucceeded: outcome.failure == nil)
        if jobs[key.job]?.tasks[key.task]?.execution.instances.contains(where: { $0.run == runKey }) == true {
            guard let end = instanceEnded(key, run, runKey, outcome, now: now) else { return }
            return conclude(key, end.ending, end.outcome, on: run.node, now: now)
        }
        guard jobs[key.job]?.tasks[key.task]?.execution.run == runKey else {
            return removeFiles(on: run.node, job: key.job, task: key.task)
        }
        conclude(key, run.ending, outcome, on: run.node, now: now)
    }

    /// Nothing of a task runs any more: it is done, or tried again, or put back.
    mutating func conclude(
        _ key: TaskKey, _ ending: RunEnding?, _ outcome: TaskOutcome, on node: NodeKey, now: Date
    ) {
        guard let place = jobs[key.job]?.tasks.index(of: key.task) else { return }
        changeTask(key.job, place) { task in
            task.execution.run = nil
            task.execution.ending = nil
        }
        if ending == .requeue, outcome.wasStopped {
            changeTask(key.job, place) { task in
                task.setState(.active, now: now)
                task.execution.requeueCount += 1
                task.execution.lastRequeueTime = now
            }
            jobs[key.job]?.queue.prepend(place)
        } else if ending == nil, outcome.mayBeRetried, mayRetry(key.job, place) {
            changeTask(key.job, place) { task in
                task.setState(.active, now: now)
                task.execution.retryCount += 1
            }
            retry(key.job, place, on: node, now: now)
        } else {
            complete(key.job, place, outcome, now: now)
            guard let retention = jobs[key.job]?.tasks[place]?.retention else { return }
            for node in jobs[key.job]?.tasks[place]?.execution.nodes ?? [] { keep(node, for: retention, now: now) }
        }
    }

    /// Has a task run once more where its files are, if its node takes tasks still; else on the next that is free.
    private mutating func retry(_ job: String, _ place: Int, on node: NodeKey, now: Date) {
        guard let capacity = pools[node.pool]?.slotsPerNode, let need = need(of: place, in: job, on: capacity),
            need.instances == nil, mayStart(need, of: job, on: node)
        else {
            jobs[job]?.queue.prepend(place)
            return
        }
        start(job, place, slots: need.slots, on: node, now: now)
    }

    private func mayStart(_ need: TaskNeed, of job: String, on node: NodeKey) -> Bool {
        guard let record = jobs[job], record.state == .active, record.poolKey == node.pool.lowercased(),
            !record.isAtLimit, let pool = pools[node.pool], pool.state == .active,
            let host = pool.nodes[node.node]
        else { return false }
        return host.isReady && host.usedSlots + need.slots <= pool.slotsPerNode
    }

    private func mayRetry(_ job: String, _ place: Int) -> Bool {
        guard let count = jobs[job]?.tasks[place]?.execution.retryCount else { return false }
        let limit = jobs[job]?.tasks[place]?.rules?.retryLimit ?? jobs[job]?.rules.retryLimit ?? 0
        return limit < 0 || count < limit
    }
}

extension NodeRecord {
    /// Counts a task that has ended here.
    fileprivate mutating func countTask(hasRun: Bool, hasSucceeded: Bool) {
        if hasRun { totalTasksRun += 1 }
        if hasSucceeded { totalTasksSucceeded += 1 }
    }
}

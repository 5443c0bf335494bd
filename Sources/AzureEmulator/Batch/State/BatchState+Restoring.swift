import Foundation

/// Goes on with what was kept when the process ended, which was the end of all that ran: as if the machine of each node
/// had rebooted.
extension BatchState {
    /// - Parameters:
    ///   - kept: What was kept. The state has nothing as yet.
    ///   - storage: The address of the storage account whose containers nodes can mount, which may have changed.
    mutating func restore(_ kept: KeptBatch, storage: String? = nil, now: Date) {
        pools = kept.pools
        jobs = kept.jobs
        schedules = kept.schedules
        certificates = kept.certificates
        continueNodes(after: kept.lastNode)
        let ids = jobs.records.map(\.id)
        for job in ids { restoreIndexes(of: job, now: now) }
        for pool in pools.records.map(\.id) { restoreNodes(of: pool, storage: storage, now: now) }
        for job in ids { restoreTasks(of: job, now: now) }
        for job in ids {
            if [.active, .disabling, .disabled].contains(jobs[job]?.state) { watchTime(job, now: now) }
            finishJob(job, now: now)
        }
        for pool in pools.records.map(\.id) { settle(pool, now: now) }
        if !pools.isEmpty { beginMeasuring() }
        checkTimes(now: now)
    }

    // MARK: Jobs

    /// Counts the tasks of a job, finds its nodes, and notes that what it ran beside its tasks has ended.
    private mutating func restoreIndexes(of job: String, now: Date) {
        guard var record = jobs[job] else { return }
        for (place, task) in record.tasks.entries() {
            record.counts.add(task.tally, 1)
            if record.usesDependencies, let number = TaskDependencies.number(task.id) {
                record.numbered[number, default: []].append(place)
            }
        }
        for node in record.jobNodes.keys {
            if pools[node.pool]?.nodes[node.node] != nil { noteJob(job, on: node) }
            if record.jobNodes[node]?.preparation?.isRunning == true {
                record.jobNodes[node]?.preparation?.end(.stoppedByReboot, now: now)
            }
            // As one that a reboot interrupts.
            if record.jobNodes[node]?.release?.isRunning == true {
                record.jobNodes[node]?.release?.end(.stoppedByReboot, now: now)
                record.jobNodes[node]?.needsRelease = true
            }
        }
        jobs[job] = record
    }

    /// Puts the tasks of a job back into the queue that ran, and queues those that wait.
    private mutating func restoreTasks(of job: String, now: Date) {
        var waiting: [Int] = []
        for place in jobs[job]?.tasks.indices ?? [] {
            switch jobs[job]?.tasks[place]?.state {
            case .preparing, .running: interrupt(job, place, now: now)
            case .active: waiting.append(place)
            case .completed:
                if jobs[job]?.tasks[place]?.knownExecution?.hasFiles == true { keepFiles(job, place, now: now) }
            case nil: break
            }
        }
        // The end of one may have ended others.
        for place in waiting where jobs[job]?.tasks[place]?.state == .active { enqueue(job, place) }
    }

    /// A task ran when the process ended. If it was to end, it has; else it runs again.
    ///
    /// The service says of this: "Batch will retry Tasks when a recovery operation is triggered on a Node", which counts
    /// neither as a retry nor as a requeue, as those are what a failed program or a user leads to.
    private mutating func interrupt(_ job: String, _ place: Int, now: Date) {
        guard let id = jobs[job]?.id, let task = jobs[job]?.tasks[place] else { return }
        let execution = task.execution
        changeTask(job, place) { task in
            task.execution.run = nil
            task.execution.ending = nil
            for index in task.execution.instances.indices { task.execution.instances[index].interrupt(now: now) }
        }
        let key = TaskKey(job: id, task: task.id)
        if let node = execution.node, let end = execution.end {
            return conclude(key, end.ending, end.outcome, on: node, now: now)
        }
        changeTask(job, place) { $0.setState(.active, now: now) }
        jobs[job]?.queue.append(place)
    }

    // MARK: Nodes

    private mutating func restoreNodes(of pool: String, storage: String?, now: Date) {
        pools[pool]?.reservations = [:]
        if let storage, let mounts = pools[pool]?.mounts, !mounts.isEmpty {
            pools[pool]?.mounts = mounts.map { $0.moved(to: storage) }
        }
        for node in pools[pool]?.nodes.records.map(\.id) ?? [] { restore(NodeKey(pool: pool, node: node), now: now) }
    }

    /// Goes on with what was being done with a node; else its machine reboots.
    private mutating func restore(_ key: NodeKey, now: Date) {
        guard let node = pools[key.pool]?.nodes[key.node] else { return }
        switch node.state {
        case .creating: return emit(.makeNode(key))
        case .leavingPool: return emit(.removeNode(key))
        case .deallocated: return
        case .running: pools[key.pool]?.nodes[key.node]?.setState(.idle, now: now)
        default: break
        }
        if node.isRestarting, let restart = node.restart { return emit(.restartNode(key, restart)) }
        // What waits for files on a node takes no tasks, so that it needs no start task either.
        if node.leavesWhenEmpty || node.restart != nil, waitsForFiles(node, now: now) { return }
        if node.leavesWhenEmpty { return remove(key, .requeue, now: now) }
        if node.restart == nil { pools[key.pool]?.nodes[key.node]?.restart = .reboot }
        beginRestart(key, now: now)
    }
}

extension TaskOutcome {
    /// What was stopped because its machine was.
    fileprivate static let stoppedByReboot = TaskOutcome(.stopped)
}

extension TaskRecord.Execution {
    /// How it was to end when the process did; nil when nobody had asked for that.
    fileprivate var end: InstancesEnd? {
        instancesEnd ?? ending.map { InstancesEnd(outcome: .stoppedByReboot, ending: $0) }
    }
}

extension TaskInstance {
    fileprivate mutating func interrupt(now: Date) {
        guard state != .completed else { return }
        run = nil
        endTime = now
        outcome = .stoppedByReboot
        setState(.completed, now: now)
    }
}

extension NodeMount {
    /// The same container, where its account has another address.
    fileprivate func moved(to storage: String) -> NodeMount {
        guard case .container(let url) = source else { return self }
        let path = url.prefix { $0 != "?" }
        guard let slash = path.lastIndex(of: "/") else { return self }
        return NodeMount(path: self.path, kind: kind, source: .container(url: storage + url[slash...]))
    }
}

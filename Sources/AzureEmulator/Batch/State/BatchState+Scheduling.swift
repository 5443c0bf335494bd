import Foundation

extension BatchState {
    /// Puts as many tasks on nodes as there is room for: jobs of higher priority first, then older jobs; within a job
    /// in the order of the queue.
    mutating func schedule(now: Date) {
        if !jobsWithTasksAside.isEmpty { queueTasksAside() }
        for pool in pools.records where pool.state == .active {
            defer { makeRoom(on: pool.id) }
            guard pool.nodes.records.contains(where: { $0.isReady && $0.usedSlots < pool.slotsPerNode }) else {
                continue
            }
            let order = waitingJobs(on: pool.id).enumerated().sorted {
                ($1.element.priority, $0.offset) < ($0.element.priority, $1.offset)
            }
            for (_, job) in order { schedule(job.id, on: pool.id, now: now) }
        }
    }

    /// Has tasks of lower priority make room where others still wait.
    private mutating func makeRoom(on pool: String) {
        guard !preemptibleJobs.isEmpty else { return }
        let waiting = waitingJobs(on: pool).sorted { $0.priority > $1.priority }
        guard !waiting.isEmpty, let record = pools[pool] else { return }
        preempt(on: record, waiting: waiting)
    }

    /// The jobs of a pool that have tasks to run. Only what is needed of them: whoever holds a job while its tasks
    /// change has them all copied.
    private func waitingJobs(on pool: String) -> [(id: String, priority: Int)] {
        let pool = pool.lowercased()
        return jobs.records.filter {
            $0.state == .active && $0.queue.next != nil && $0.poolID.lowercased() == pool
        }.map { ($0.id, $0.priority) }
    }

    private mutating func schedule(_ job: String, on pool: String, now: Date) {
        while let place = jobs[job]?.queue.next {
            guard let task = jobs[job]?.tasks[place], task.state == .active else {
                jobs[job]?.queue.removeNext()
                continue
            }
            guard let slots = pools[pool].map({ slots(of: task, in: job, on: $0) }) else { return }
            if slots > pools[pool]?.slotsPerNode ?? 0 {
                jobs[job]?.queue.removeNext()
                complete(job, place, TaskOutcome(failure: .unschedulable), now: now)
                finishJob(job, now: now)
                continue
            }
            if let limit = jobs[job]?.maxParallelTasks, jobs[job]?.counts.tasks.running ?? 0 >= limit { return }
            if let count = task.rules?.instances {
                guard jobs[job]?.state == .active, startInstances(job, place, of: count, on: pool, now: now) else {
                    return
                }
                continue
            }
            let properties = task.properties
            guard jobs[job]?.state == .active,
                let node = freeNode(
                    of: pool, slots: slots, preferring: properties["affinityInfo"]?["affinityId"]?.string,
                    task: task.id, job: job)
            else { return }
            jobs[job]?.queue.removeNext()
            start(job, place, properties, on: node, now: now)
        }
    }

    /// A node with room, by the pool's way of filling nodes.
    private func freeNode(
        of pool: String, slots: Int, preferring affinity: String?, task: String, job: String
    ) -> NodeKey? {
        guard let pool = pools[pool] else { return nil }
        let free = pool.nodes.records.filter {
            $0.isReady && $0.usedSlots + slots <= pool.slotsPerNode
                && admits($0, of: pool.id, task: task, job: job)
        }
        if let affinity, let node = free.first(where: { $0.id == affinity }) {
            return NodeKey(pool: pool.id, node: node.id)
        }
        let node =
            pool.packs
            ? free.reduce(nil as NodeRecord?) { best, node in
                (best?.usedSlots ?? -1) < node.usedSlots ? node : best
            }
            : free.min { $0.usedSlots < $1.usedSlots }
        return node.map { NodeKey(pool: pool.id, node: $0.id) }
    }

    private mutating func start(_ job: String, _ place: Int, _ properties: JSONValue, on node: NodeKey, now: Date) {
        guard let task = jobs[job]?.tasks[place], let id = jobs[job]?.id, let jobProperties = jobs[job]?.properties,
            let slots = pools[node.pool].map({ slots(of: task, in: job, on: $0) })
        else { return }
        let key = TaskKey(job: id, task: task.id)
        let run = addRun(task: key, node: node, slots: slots, now: now)
        changeTask(job, place) { task in
            task.setState(.preparing, now: now)
            task.execution.node = node
            task.execution.run = run
            task.execution.endTime = nil
            task.execution.outcome = nil
            task.execution.hasFiles = true
        }
        jobs[job]?.nodes.insert(node)
        endReservations(of: id, on: node.pool)
        pools[node.pool]?.nodes[node.node]?.setState(.running, now: now)
        pools[node.pool]?.nodes[node.node]?.noteTask(key, now: now)
        begin(run, assignment(properties, key, job: jobProperties, on: node), of: id, now: now)
    }

    /// What a node is told of a task that it gets.
    func assignment(_ task: JSONValue, _ key: TaskKey, job: JSONValue, on node: NodeKey) -> TaskAssignment {
        let isDedicated = pools[node.pool]?.nodes[node.node]?.isDedicated ?? true
        var assignment = TaskAssignment(task, key, job: job, node: node, isDedicated: isDedicated)
        assignment.preparation = jobs[key.job]?.support.preparation?.id
        assignment.refusal = refusal(of: task, on: node.pool, needsContainer: true)
        assignment.mounts = pools[node.pool]?.mounts ?? []
        assignment.jobCreated = jobs[key.job]?.created
        assignment.packages = packages(of: task, on: node)
        return assignment
    }

    /// The application packages that a task finds on a node: the node's, and its own.
    func packages(of task: JSONValue, on node: NodeKey) -> [ApplicationPackage] {
        let ofNode = pools[node.pool]?.nodes[node.node]?.packages ?? []
        return ofNode + ((try? catalog.packages(of: task)) ?? []).filter { !ofNode.contains($0) }
    }

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
        jobs[key.job]?.tasks[key.task]?.noteRun(run, now: now)
        if !run.isHeld { pools[run.node.pool]?.nodes[run.node.node]?.totalTasksRun += 1 }
        if outcome.failure == nil { pools[run.node.pool]?.nodes[run.node.node]?.totalTasksSucceeded += 1 }
        if let task = jobs[key.job]?.tasks[key.task], task.execution.instances.contains(where: { $0.run == runKey }) {
            guard let end = instanceEnded(key, run, runKey, outcome, now: now) else { return }
            return conclude(key, end.ending, end.outcome, on: run.node, now: now)
        }
        guard jobs[key.job]?.tasks[key.task]?.execution.run == runKey else {
            return removeFiles(on: run.node, job: key.job, task: key.task)
        }
        conclude(key, run.ending, outcome, on: run.node, now: now)
    }

    /// Nothing of a task runs any more: it is done, or tried again, or put back.
    private mutating func conclude(
        _ key: TaskKey, _ ending: RunEnding?, _ outcome: TaskOutcome, on node: NodeKey, now: Date
    ) {
        guard let place = jobs[key.job]?.tasks.index(of: key.task), let task = jobs[key.job]?.tasks[place] else {
            return
        }
        changeTask(key.job, place) { $0.execution.run = nil }
        if ending == .requeue, outcome.wasStopped {
            changeTask(key.job, place) { task in
                task.setState(.active, now: now)
                task.execution.requeueCount += 1
                task.execution.lastRequeueTime = now
            }
            jobs[key.job]?.queue.prepend(place)
        } else if ending == nil, outcome.mayBeRetried, mayRetry(task, job: key.job) {
            changeTask(key.job, place) { task in
                task.setState(.active, now: now)
                task.execution.retryCount += 1
            }
            retry(key.job, place, on: node, now: now)
        } else {
            complete(key.job, place, outcome, now: now)
            for node in task.execution.nodes { noteRetention(of: task, on: node, now: now) }
        }
    }

    /// Has a task run once more where its files are, if its node takes tasks still; else on the next that is free.
    private mutating func retry(_ job: String, _ place: Int, on node: NodeKey, now: Date) {
        guard let task = jobs[job]?.tasks[place], task.rules?.instances == nil, mayStart(task, of: job, on: node) else {
            jobs[job]?.queue.prepend(place)
            return
        }
        start(job, place, task.properties, on: node, now: now)
    }

    private func mayStart(_ task: TaskRecord, of job: String, on node: NodeKey) -> Bool {
        guard let job = jobs[job], job.state == .active, job.poolID.lowercased() == node.pool.lowercased(),
            job.maxParallelTasks.map({ job.counts.tasks.running < $0 }) ?? true,
            let pool = pools[node.pool], pool.state == .active, let host = pool.nodes[node.node]
        else { return false }
        return host.isReady && host.usedSlots + slots(of: task, in: job.id, on: pool) <= pool.slotsPerNode
    }

    private func mayRetry(_ task: TaskRecord, job: String) -> Bool {
        let limit =
            task.rules?.retryLimit ?? jobs[job]?.properties["constraints"]?["maxTaskRetryCount"]?.integer ?? 0
        return limit < 0 || task.execution.retryCount < limit
    }
}

extension NodeRecord {
    /// Notes the task that was put here last.
    mutating func noteTask(_ key: TaskKey, now: Date) {
        recentTasks.removeAll { $0 == key }
        recentTasks.insert(key, at: 0)
        if recentTasks.count > 10 { recentTasks.removeLast() }
        log.add("The node got the task \(key.task) of the job \(key.job)", now: now)
    }
}

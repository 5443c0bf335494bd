import Foundation

extension BatchState {
    /// Puts as many tasks on nodes as there is room for: jobs of higher priority first, then older jobs; within a job
    /// in the order of the queue.
    ///
    /// Only the pools are looked at that have changed since the last call, with their nodes or their jobs.
    mutating func schedule(now: Date) {
        let changed = takeChangedPools()
        if !jobsWithTasksAside.isEmpty, changed.contains(where: { pools[$0]?.takesInstances == true }) {
            queueTasksAside()
        }
        for pool in changed where pools[pool]?.state == .active {
            fill(pool, now: now)
            makeRoom(on: pool)
        }
    }

    /// The pools that have changed since the last call, in the order in which they came.
    private mutating func takeChangedPools() -> [String] {
        var places = pools.index.takeChanged()
        for pool in jobs.index.takeChanged() {
            if let place = pools.index(of: pool) { places.insert(place) }
        }
        return places.sorted().compactMap { pools[$0]?.id }
    }

    /// Starts tasks on a pool as long as it has room.
    private mutating func fill(_ pool: String, now: Date) {
        let key = pool.lowercased()
        var last: PriorityPlaces.Position?
        while pools[pool]?.hasRoom == true, let next = jobs.index.startable(on: key, after: last) {
            last = next
            if let job = jobs[next.place]?.id { schedule(job, on: pool, now: now) }
        }
    }

    /// Has tasks of lower priority make room where others still wait.
    private mutating func makeRoom(on pool: String) {
        let key = pool.lowercased()
        guard let first = jobs.index.startable(on: key, after: nil),
            let lowest = jobs.index.lowestPreemptible(on: key), lowest < first.priority
        else { return }
        preempt(on: pool)
    }

    private mutating func schedule(_ job: String, on pool: String, now: Date) {
        guard let capacity = pools[pool]?.slotsPerNode else { return }
        while jobs[job]?.state == .active, let place = jobs[job]?.queue.next {
            guard jobs[job]?.tasks[place]?.state == .active, let need = need(of: place, in: job, on: capacity) else {
                jobs[job]?.queue.removeNext()
                continue
            }
            if need.slots > capacity {
                jobs[job]?.queue.removeNext()
                complete(job, place, TaskOutcome(failure: .unschedulable), now: now)
                finishJob(job, now: now)
                continue
            }
            if jobs[job]?.isAtLimit == true { return }
            if let count = need.instances {
                guard startInstances(job, place, of: count, on: pool, now: now) else { return }
                continue
            }
            guard let node = freeNode(of: pool, for: need, job: job) else { return }
            jobs[job]?.queue.removeNext()
            start(job, place, slots: need.slots, on: node, now: now)
        }
    }

    /// What a task needs of a pool.
    struct TaskNeed: Sendable {
        let task: String
        /// How many slots of a node it takes.
        let slots: Int
        /// On how many nodes it runs; nil when it is no multi-instance task.
        let instances: Int?
        /// The node that it would like best.
        let affinity: String?
    }

    /// What the task at a place needs of a pool whose nodes have so many slots.
    func need(of place: Int, in job: String, on capacity: Int) -> TaskNeed? {
        guard let id = jobs[job]?.tasks[place]?.id, let slots = jobs[job]?.tasks[place]?.slots else { return nil }
        let rules = jobs[job]?.tasks[place]?.rules
        return TaskNeed(
            task: id, slots: self.slots(slots, of: id, in: job, on: capacity), instances: rules?.instances,
            affinity: rules?.affinity)
    }

    /// A node with room, by the pool's way of filling nodes.
    private func freeNode(of pool: String, for need: TaskNeed, job: String) -> NodeKey? {
        guard let rules = pools[pool]?.rules, let id = pools[pool]?.id else { return nil }
        if let affinity = need.affinity, let node = pools[pool]?.nodes[affinity], node.id == affinity, node.isReady,
            node.usedSlots + need.slots <= rules.slotsPerNode, admits(node, of: id, task: need.task, job: job)
        {
            return NodeKey(pool: id, node: affinity)
        }
        let admitsAll = admitsAll(on: pool, job: job)
        let place = pools[pool]?.nodes.index.firstWithRoom(
            for: need.slots, of: rules.slotsPerNode, packs: rules.packs,
            where: { admitsAll || admits($0, of: pool, task: need.task, job: job) })
        return place.flatMap { pools[pool]?.nodes[$0]?.id }.map { NodeKey(pool: id, node: $0) }
    }

    /// Starts a task that has left the queue.
    mutating func start(_ job: String, _ place: Int, slots: Int, on node: NodeKey, now: Date) {
        guard let properties = jobs[job]?.tasks[place]?.properties, let task = jobs[job]?.tasks[place]?.id,
            let id = jobs[job]?.id, let jobProperties = jobs[job]?.properties
        else { return }
        let key = TaskKey(job: id, task: task)
        let run = addRun(task: key, node: node, slots: slots, now: now)
        changeTask(job, place) { task in
            task.setState(.preparing, now: now)
            task.execution.node = node
            task.execution.run = run
            task.execution.ending = nil
            task.execution.endTime = nil
            task.execution.outcome = nil
            task.execution.hasFiles = true
        }
        jobs[job]?.nodes.insert(node)
        endReservations(of: id, on: node.pool)
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
        assignment.needsPlace = jobs[key.job]?.support.isManager(key.task) != true
        return assignment
    }

    /// The application packages that a task finds on a node: the node's, and its own.
    func packages(of task: JSONValue, on node: NodeKey) -> [ApplicationPackage] {
        let ofNode = pools[node.pool]?.nodes[node.node]?.packages ?? []
        return ofNode + ((try? catalog.packages(of: task)) ?? []).filter { !ofNode.contains($0) }
    }
}

extension NodeRecord {
    /// Notes the task that was put here last.
    mutating func noteTask(_ key: TaskKey, now: Date) {
        setState(.running, now: now)
        recentTasks.removeAll { $0 == key }
        recentTasks.insert(key, at: 0)
        if recentTasks.count > 10 { recentTasks.removeLast() }
        log.add(.task(key), now: now)
    }
}

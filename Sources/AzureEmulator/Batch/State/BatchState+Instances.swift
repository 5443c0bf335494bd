import Foundation

extension BatchState {
    /// Puts a multi-instance task on as many nodes as it needs.
    ///
    /// On a pool that takes no such tasks it is put aside until the pool does: those behind it go on.
    ///
    /// - Returns: Whether the next task can be looked at; false when this one waits for nodes.
    mutating func startInstances(_ job: String, _ place: Int, of count: Int, on pool: String, now: Date) -> Bool {
        guard pools[pool]?.takesInstances == true else {
            jobs[job]?.queue.removeNext()
            jobs[job]?.asideForInstances.append(place)
            jobsWithTasksAside.insert(job)
            return true
        }
        guard let need = need(of: place, in: job, on: 1) else { return true }
        let nodes = freeNodes(of: pool, count, for: need, job: job)
        guard nodes.count == count else { return false }
        jobs[job]?.queue.removeNext()
        start(job, place, on: nodes, now: now)
        return true
    }

    /// Queues the tasks again that were put aside, if their pool takes them by now.
    mutating func queueTasksAside() {
        for job in jobsWithTasksAside {
            guard let aside = jobs[job]?.asideForInstances, !aside.isEmpty, let pool = jobs[job]?.poolKey else {
                jobsWithTasksAside.remove(job)
                continue
            }
            guard pools[pool]?.takesInstances == true else { continue }
            for place in aside { jobs[job]?.queue.append(place) }
            jobs[job]?.asideForInstances = []
            jobsWithTasksAside.remove(job)
        }
    }

    private func freeNodes(of pool: String, _ count: Int, for need: TaskNeed, job: String) -> [NodeKey] {
        guard let record = pools[pool] else { return [] }
        let preferred = need.affinity.flatMap { id -> Int? in
            guard let place = record.nodes.index(of: id), let node = record.nodes[place], node.id == id, node.isReady,
                node.usedSlots == 0, admits(node, of: record.id, task: need.task, job: job)
            else { return nil }
            return place
        }
        let others = record.nodes.index.empty(count - (preferred == nil ? 0 : 1)) { place in
            place != preferred && admits(place, of: pool, task: need.task, job: job)
        }
        return ((preferred.map { [$0] } ?? []) + others).compactMap { record.nodes[$0]?.id }
            .map { NodeKey(pool: record.id, node: $0) }
    }

    private mutating func start(_ job: String, _ place: Int, on nodes: [NodeKey], now: Date) {
        guard let task = jobs[job]?.tasks[place]?.id, let slots = jobs[job]?.tasks[place]?.slots,
            let properties = jobs[job]?.tasks[place]?.properties, let id = jobs[job]?.id,
            let jobProperties = jobs[job]?.properties
        else { return }
        let key = TaskKey(job: id, task: task)
        var instances: [TaskInstance] = []
        var assignments: [(run: RunKey, assignment: TaskAssignment)] = []
        for (index, node) in nodes.enumerated() {
            let run = addRun(task: key, node: node, slots: slots, now: now)
            instances.append(TaskInstance(node: node, run: run, now: now))
            jobs[job]?.nodes.insert(node)
            endReservations(of: id, on: node.pool)
            pools[node.pool]?.nodes[node.node]?.noteTask(key, now: now)
            var assignment = assignment(properties, key, job: jobProperties, on: node)
            assignment.instance = TaskInstanceRole(
                properties["multiInstanceSettings"], index: index, count: nodes.count,
                primary: instances.first?.run ?? run)
            assignments.append((run, assignment))
        }
        changeTask(job, place) { task in
            task.setState(.preparing, now: now)
            task.execution.node = nodes.first
            task.execution.run = instances.first?.run
            task.execution.instances = instances
            task.execution.instancesEnd = nil
            task.execution.ending = nil
            task.execution.endTime = nil
            task.execution.outcome = nil
            task.execution.hasFiles = true
        }
        for (run, assignment) in assignments { begin(run, assignment, of: id, now: now) }
    }

    // MARK: What becomes of the parts

    /// A part of a task has begun.
    mutating func instanceStarted(_ key: RunKey, now: Date) {
        changeInstance(key) { instance in
            instance.setState(.running, now: now)
            instance.startTime = now
        }
    }

    /// The coordination command of a part has ended well. The application runs once all have.
    mutating func instanceCoordinated(_ key: RunKey, now: Date) {
        changeInstance(key) { $0.isCoordinated = true }
        guard let task = runs[key]?.task, let execution = jobs[task.job]?.tasks[task.task]?.execution,
            execution.instancesEnd == nil, execution.instances.allSatisfy({ $0.isCoordinated && $0.run != nil }),
            let primary = execution.instances.first?.run
        else { return }
        emit(.proceed(primary))
    }

    /// A part has ended. When it is the primary task, or has failed, the others are ended, too; when all have ended, so
    /// has the task.
    ///
    /// - Returns: How the task has ended; nil while parts of it run.
    mutating func instanceEnded(
        _ key: TaskKey, _ run: Run, _ runKey: RunKey, _ outcome: TaskOutcome, now: Date
    ) -> InstancesEnd? {
        guard let place = jobs[key.job]?.tasks.index(of: key.task),
            var execution = jobs[key.job]?.tasks[place]?.execution,
            let index = execution.instances.firstIndex(where: { $0.run == runKey })
        else { return nil }
        execution.instances[index].run = nil
        execution.instances[index].endTime = now
        execution.instances[index].outcome = outcome
        execution.instances[index].setState(.completed, now: now)
        if execution.instancesEnd == nil, index == 0 || outcome.failure != nil {
            execution.instancesEnd = InstancesEnd(outcome: outcome, ending: run.ending)
        }
        jobs[key.job]?.tasks[place]?.execution = execution
        guard let end = execution.instancesEnd else { return nil }
        for instance in execution.instances {
            guard let run = instance.run else { continue }
            // A subtask that is coordinated has done its part; any other is in the middle of something.
            if instance.isCoordinated, run != execution.instances.first?.run {
                emit(.proceed(run))
            } else {
                self.end(run, .terminate)
            }
        }
        return execution.instances.allSatisfy { $0.run == nil } ? end : nil
    }

    private mutating func changeInstance(_ key: RunKey, _ change: (inout TaskInstance) -> Void) {
        guard let task = runs[key]?.task, let place = jobs[task.job]?.tasks.index(of: task.task),
            let index = jobs[task.job]?.tasks[place]?.execution.instances.firstIndex(where: { $0.run == key })
        else { return }
        changeTask(task.job, place) { change(&$0.execution.instances[index]) }
    }
}

extension TaskRecord.Execution {
    /// The nodes that have files of it.
    var nodes: [NodeKey] { instances.isEmpty ? node.map { [$0] } ?? [] : instances.map(\.node) }
    /// The runs that are under way.
    var runs: [RunKey] { instances.isEmpty ? run.map { [$0] } ?? [] : instances.compactMap(\.run) }
}

import Foundation

extension BatchState {
    /// Has tasks of jobs that allow it make room for tasks of jobs of higher priority. One step at a time: what is to
    /// follow is decided when those that were asked to go have gone.
    mutating func preempt(on pool: PoolRecord, waiting: [(id: String, priority: Int)]) {
        let candidates = preemptible(on: pool)
        guard let lowest = candidates.values.joined().map(\.priority).min() else { return }
        for job in waiting where job.priority > lowest {
            guard let task = nextTask(of: job.id) else { continue }
            if let limit = jobs[job.id]?.maxParallelTasks, jobs[job.id]?.counts.tasks.running ?? 0 >= limit { continue }
            let slots = slots(of: task, in: job.id, on: pool)
            let choices = pool.nodes.records.compactMap { node -> [Preemptible]? in
                guard node.isReady, admits(node, of: pool.id, task: task.id, job: job.id) else { return nil }
                return Self.victims(
                    candidates[node.id] ?? [], below: job.priority, free: pool.slotsPerNode - node.usedSlots,
                    wanted: slots)
            }
            guard let choice = choices.min(by: { $0.count < $1.count }), let node = choice.first?.node else { continue }
            pools[pool.id]?.reservations[node] = job.id
            for victim in choice { end(victim.run, .requeue) }
            return
        }
    }

    /// The task of a job that comes next. Those that have gone on meanwhile leave the queue.
    private mutating func nextTask(of job: String) -> TaskRecord? {
        while let place = jobs[job]?.queue.next {
            if let task = jobs[job]?.tasks[place], task.state == .active { return task }
            jobs[job]?.queue.removeNext()
        }
        return nil
    }

    /// Whether room is being made on a node for another job, which comes first.
    func isReserved(_ node: String, of pool: PoolRecord, against job: JobRecord) -> Bool {
        guard let id = pool.reservations[node], id != job.id, let holder = jobs[id] else { return false }
        return holder.state == .active && holder.queue.next != nil && holder.priority > job.priority
    }

    /// A task of a job has got its room.
    mutating func endReservations(of job: String, on pool: String) {
        guard pools[pool]?.reservations.isEmpty == false else { return }
        for (node, holder) in pools[pool]?.reservations ?? [:] where holder == job {
            pools[pool]?.reservations[node] = nil
        }
    }

    /// Notes whether the tasks of a job may be ended in favour of others.
    mutating func notePreemption(_ id: String) {
        if jobs[id]?.allowsPreemption == true {
            preemptibleJobs.insert(id.lowercased())
        } else {
            preemptibleJobs.remove(id.lowercased())
        }
    }

    /// A run that may be ended in favour of another.
    private struct Preemptible {
        let run: RunKey
        let node: String
        let priority: Int
        let slots: Int
    }

    /// The runs of jobs that allow it, by node; none while some are on their way out already.
    private func preemptible(on pool: PoolRecord) -> [String: [Preemptible]] {
        var result: [String: [Preemptible]] = [:]
        for node in pool.nodes.records where node.isReady {
            for key in node.runs {
                guard let run = runs[key], let task = run.task, let job = jobs[task.job] else { continue }
                if run.ending != nil { return [:] }
                guard preemptibleJobs.contains(job.id.lowercased()) else { continue }
                result[node.id, default: []].append(
                    Preemptible(run: key, node: node.id, priority: job.priority, slots: run.slots))
            }
        }
        return result
    }

    /// The fewest runs that make room: of the lowest priority first, and the youngest of those.
    private static func victims(
        _ candidates: [Preemptible], below priority: Int, free: Int, wanted: Int
    ) -> [Preemptible]? {
        var (free, chosen) = (free, [Preemptible]())
        let order = candidates.filter { $0.priority < priority }.sorted {
            ($0.priority, $1.run.number) < ($1.priority, $0.run.number)
        }
        for candidate in order where free < wanted {
            free += candidate.slots
            chosen.append(candidate)
        }
        return free >= wanted && !chosen.isEmpty ? chosen : nil
    }
}

import Foundation

extension BatchState {
    /// Has tasks of jobs that allow it make room for tasks of jobs of higher priority. One step at a time: what is to
    /// follow is decided when those that were asked to go have gone.
    mutating func preempt(on id: String) {
        guard let capacity = pools[id]?.slotsPerNode else { return }
        let candidates = preemptible(on: id)
        guard let lowest = candidates.lazy.flatMap(\.runs).map(\.priority).min() else { return }
        for position in jobs.index.startable(on: id.lowercased()) where position.priority > lowest {
            guard let job = jobs[position.place]?.id, let place = nextTask(of: job),
                let need = need(of: place, in: job, on: capacity)
            else { continue }
            let choices = candidates.compactMap { node, runs -> [Preemptible]? in
                guard admits(node, of: id, task: need.task, job: job), let used = pools[id]?.nodes[node]?.usedSlots
                else { return nil }
                return Self.victims(runs, below: position.priority, free: capacity - used, wanted: need.slots)
            }
            guard let choice = choices.min(by: { $0.count < $1.count }), let node = choice.first?.node else { continue }
            pools[id]?.reservations[node] = job
            for victim in choice { end(victim.run, .requeue) }
            return
        }
    }

    /// The task of a job that comes next. Those that have gone on meanwhile leave the queue.
    private mutating func nextTask(of job: String) -> Int? {
        while let place = jobs[job]?.queue.next {
            if jobs[job]?.tasks[place]?.state == .active { return place }
            jobs[job]?.queue.removeNext()
        }
        return nil
    }

    /// Whether room is being made on a node for another job, which comes first.
    func isReserved(_ node: String, of pool: PoolRecord, against job: JobRecord) -> Bool {
        guard let id = pool.reservations[node], id != job.id, let holder = jobs[id] else { return false }
        return holder.state == .active && holder.queue.next != nil && holder.priority > job.priority
            && holder.poolKey == pool.id.lowercased()
    }

    /// A task of a job has got its room.
    mutating func endReservations(of job: String, on pool: String) {
        guard pools[pool]?.reservations.isEmpty == false else { return }
        for (node, holder) in pools[pool]?.reservations ?? [:] where holder == job {
            pools[pool]?.reservations[node] = nil
        }
    }

    /// A run that may be ended in favour of another.
    private struct Preemptible {
        let run: RunKey
        let node: String
        let priority: Int
        let slots: Int
    }

    /// The runs of jobs that allow it, by the places of their nodes; none while some are on their way out already.
    private func preemptible(on pool: String) -> [(node: Int, runs: [Preemptible])] {
        let isLeaving = runs.ending(on: pool).contains { key in
            guard let run = runs[key], let task = run.task, jobs[task.job] != nil else { return false }
            return pools[pool]?.nodes[run.node.node]?.isReady == true
        }
        guard !isLeaving else { return [] }
        var result: [Int: [Preemptible]] = [:]
        for position in jobs.index.preemptible(on: pool.lowercased()) {
            for key in jobs[position.place].map({ runs.ofTasks(of: $0.id) }) ?? [] {
                guard let run = runs[key], run.node.pool == pool,
                    let place = pools[pool]?.nodes.index(of: run.node.node), pools[pool]?.nodes[place]?.isReady == true
                else { continue }
                result[place, default: []].append(
                    Preemptible(run: key, node: run.node.node, priority: position.priority, slots: run.slots))
            }
        }
        return result.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
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

#if DEBUG || AZURE_SWIFT_SIMULATION
@testable import AzureEmulator

extension BatchState {
    /// In what the indexes of the state differ from those that are made anew of its records; nil when in nothing.
    package func indexDifference() -> String? {
        var jobIndex = JobIndex()
        for (place, job) in jobs.entries() { jobIndex.note(job, at: place) }
        let known = Set(jobs.records.map(\.poolKey)).union(pools.records.map { $0.id.lowercased() })
        for pool in known {
            if jobIndex.startable(on: pool) != jobs.index.startable(on: pool) { return "Jobs to start on \(pool)" }
            if jobIndex.preemptible(on: pool) != jobs.index.preemptible(on: pool) { return "Jobs to end on \(pool)" }
        }
        for pool in pools.records {
            var nodeIndex = NodeIndex()
            for (place, node) in pool.nodes.entries() { nodeIndex.note(node, at: place) }
            if nodeIndex.readyPlaces != pool.nodes.index.readyPlaces { return "Free nodes of \(pool.id)" }
            if nodeIndex.movingCount != pool.nodes.index.movingCount { return "Moving nodes of \(pool.id)" }
            if nodeIndex.waitingForFiles.places != pool.nodes.index.waitingForFiles.places {
                return "Files of \(pool.id)"
            }
        }
        return runDifference()
    }

    private func runDifference() -> String? {
        var table = RunTable()
        for key in runs.keys {
            guard let run = runs[key] else { return "Run \(key.number)" }
            table.insert(run, key)
            if let ending = run.ending { table.end(key, ending) }
            guard pools[run.node.pool]?.nodes[run.node.node]?.runs.contains(key) == true else {
                return "Run \(key.number) on its node"
            }
        }
        for job in jobs.records {
            if table.ofTasks(of: job.id) != runs.ofTasks(of: job.id) { return "Runs of \(job.id)" }
            if table.ofSupport(of: job.id) != runs.ofSupport(of: job.id) { return "Runs beside the tasks of \(job.id)" }
        }
        for pool in pools.records where table.ending(on: pool.id) != runs.ending(on: pool.id) {
            return "Runs that end on \(pool.id)"
        }
        return nil
    }
}

extension NodeIndex {
    /// The nodes that take tasks, by the slots that are used.
    fileprivate var readyPlaces: [[Int]] { (0..<512).map { places(using: $0) } }
}
#endif

import Foundation

extension BatchState {
    /// Has the release tasks of a job that ends run, each on a node on which the job was prepared.
    ///
    /// - Returns: Whether the job has to wait for any of them.
    mutating func releaseNodes(of id: String, now: Date) -> Bool {
        guard jobs[id]?.support.release != nil else { return false }
        var waits = false
        for entry in (jobs[id]?.jobNodes.values ?? [:].values).sorted(by: { $0.number < $1.number }) {
            if entry.release?.isRunning == true { waits = true }
            guard entry.needsRelease, let node = pools[entry.node.pool]?.nodes[entry.node.node] else { continue }
            if node.isRestarting {
                waits = true
                continue
            }
            switch node.state {
            case .idle, .running:
                jobs[id]?.jobNodes[entry.node]?.needsRelease = false
                jobs[id]?.jobNodes[entry.node]?.release = NodeTaskExecution(startTime: now)
                runSupport(.release, of: id, on: entry.node, now: now)
                waits = true
            case .starting, .rebooting, .waitingForStartTask: waits = true
            default: continue
            }
        }
        return waits
    }

    mutating func releaseEnded(_ job: String, _ run: Run, _ outcome: TaskOutcome, now: Date) {
        guard var execution = jobs[job]?.jobNodes[run.node]?.release else { return }
        execution.end(outcome, now: now)
        jobs[job]?.jobNodes[run.node]?.release = execution
        // One that a reboot has interrupted runs again when the node is back.
        if run.ending != nil, pools[run.node.pool]?.nodes[run.node.node]?.restart == .reboot {
            jobs[job]?.jobNodes[run.node]?.needsRelease = true
        }
    }

    /// The runs of the preparation and release tasks of a job.
    func supportRuns(ofJob job: String, _ kind: JobSupportKind? = nil) -> [RunKey] {
        runs.ofSupport(of: job).filter { kind == nil || runs[$0]?.support?.kind == kind }
    }

    /// Looks again at the jobs that wait for a node, which is back.
    mutating func finishJobs(on node: NodeKey, now: Date) {
        for job in jobs(with: node) {
            guard let state = jobs[job]?.state, state == .terminating || state == .deleting else { continue }
            finishJob(job, now: now)
        }
    }

    /// Notes that a job has to do with a node beside its tasks there.
    mutating func noteJob(_ job: String, on node: NodeKey) { jobsByNode[node, default: []].insert(job) }

    /// Forgets that, because one of the two has gone.
    mutating func forgetJob(_ job: String, on node: NodeKey) {
        jobsByNode[node]?.remove(job)
        if jobsByNode[node]?.isEmpty == true { jobsByNode[node] = nil }
    }

    /// The jobs that have to do with a node beside their tasks there, in the order in which they came.
    private func jobs(with node: NodeKey) -> [String] {
        guard let ids = jobsByNode[node] else { return [] }
        return ids.compactMap { id in jobs.index(of: id).map { (place: $0, id: id) } }
            .sorted { $0.place < $1.place }.map(\.id)
    }

    /// Forgets what was prepared on a node: all of it when its files are gone, or what has to run again after a reboot.
    mutating func forgetPreparations(on node: NodeKey, filesAreGone: Bool) {
        for job in jobs(with: node) {
            if filesAreGone {
                jobs[job]?.ineligibleNodes.remove(node)
                jobs[job]?.jobNodes[node]?.needsRelease = false
                jobs[job]?.jobNodes[node]?.isPrepared = false
            } else if jobs[job]?.support.preparation?.rerunsOnReboot == true {
                jobs[job]?.jobNodes[node]?.isPrepared = false
            }
        }
    }
}

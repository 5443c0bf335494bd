import Foundation

extension BatchState {
    /// Lets a pool scale itself: evaluates its formula now, and again after each interval.
    ///
    /// - Parameter isAsked: Whether a request of its own enables it. Those have to keep a distance.
    mutating func enableAutoscale(_ id: String, _ autoscale: PoolAutoscale, isAsked: Bool = false, now: Date) {
        if isAsked { pools[id]?.autoscaleEnabled = now }
        pools[id]?.autoscale = autoscale
        pools[id]?.version = BatchResourceVersion(now: now)
        scale(id, now: now)
    }

    /// Leaves a pool with the targets that it has.
    mutating func disableAutoscale(_ id: String, now: Date) {
        guard pools[id]?.autoscale != nil else { return }
        pools[id]?.autoscale = nil
        pools[id]?.version = BatchResourceVersion(now: now)
    }

    /// What a formula makes of a pool now. The pool stays as it is.
    func evaluate(
        _ formula: AutoscaleFormula, for pool: PoolRecord, names: AutoscaleNames, now: Date
    ) -> AutoscaleEvaluation {
        formula.evaluate(
            in: AutoscaleEnvironment(
                now: AutoscaleTime(now), targetDedicated: pool.targetDedicated,
                targetLowPriority: pool.targetLowPriority, taskSlotsPerNode: pool.slotsPerNode,
                current: sample(of: pool, tasks: [:]), history: pool.history, names: names))
    }

    /// Begins to measure the pools, when the first is made.
    mutating func beginMeasuring() {
        guard !isMeasuring else { return }
        isMeasuring = true
        emit(.measure(after: AutoscaleHistory.interval))
    }

    /// Takes a sample of each pool, and evaluates the formulas whose time has come.
    mutating func measurePools(now: Date) {
        isMeasuring = false
        guard !pools.isEmpty else { return }
        beginMeasuring()
        usage.measure(pools.records, now: now)
        checkResizes(now: now)
        // A clock that was set back has had the wakes for these come too early.
        checkTimes(now: now)
        let tasks = taskSamples()
        for pool in pools.records where pool.state == .active {
            let values = sample(of: pool, tasks: tasks)
            pools[pool.id]?.history.add(AutoscaleSample(time: AutoscaleTime(now), values: values))
            if pool.autoscale?.isDue(now) == true {
                pools[pool.id]?.autoscale?.schedule(now: now)
                scale(pool.id, now: now)
            }
        }
    }

    /// Evaluates the formula of a pool and gives the pool the nodes that it says, unless it fails.
    private mutating func scale(_ id: String, now: Date) {
        guard let pool = pools[id], let autoscale = pool.autoscale else { return }
        let evaluation = evaluate(autoscale.formula, for: pool, names: autoscale.names, now: now)
        let run = PoolAutoscale.Run(timestamp: now, results: evaluation.results, error: evaluation.error)
        pools[id]?.autoscale?.run = run
        pools[id]?.evaluations.add(run)
        // A pool that got fewer nodes than it should is tried again, though its targets are the same.
        let isReached =
            (evaluation.targetDedicated, evaluation.targetLowPriority) == (pool.targetDedicated, pool.targetLowPriority)
            && pool.resizeErrors.isEmpty
        guard evaluation.error == nil, !isReached else { return }
        resizePool(
            pool.id, dedicated: evaluation.targetDedicated, lowPriority: evaluation.targetLowPriority,
            removing: evaluation.removal, now: now)
    }
}

extension BatchState {
    /// The tasks of all jobs, by the pool of the job in lower case.
    private func taskSamples() -> [String: AutoscaleSample.Values] {
        var samples: [String: AutoscaleSample.Values] = [:]
        for job in jobs.records {
            let counts = job.counts.tasks
            samples[job.poolID.lowercased(), default: .init()].add(counts, blocked: job.blocked.count)
        }
        return samples
    }

    private func sample(
        of pool: PoolRecord, tasks: [String: AutoscaleSample.Values]
    ) -> AutoscaleSample.Values {
        var values = tasks[pool.id.lowercased()] ?? AutoscaleSample.Values()
        for node in pool.nodes.records {
            if node.isDedicated { values.dedicatedNodes += 1 } else { values.lowPriorityNodes += 1 }
            if node.state == .idle || node.state == .running { values.usableNodes += 1 }
        }
        return values
    }
}

extension AutoscaleSample.Values {
    /// Adds the tasks of a job, of which so many wait for other tasks.
    fileprivate mutating func add(_ counts: TaskCounts.Numbers, blocked: Int) {
        activeTasks += max(0, counts.active - blocked)
        runningTasks += counts.running
        succeededTasks += counts.succeeded
        failedTasks += counts.failed
    }
}

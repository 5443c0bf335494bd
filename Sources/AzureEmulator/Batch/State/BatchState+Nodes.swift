import Foundation

/// What becomes of the tasks on a node that is taken away.
enum NodeRemoval: String, Sendable {
    case requeue, terminate
    /// The node goes when they have ended.
    case taskCompletion = "taskcompletion"
    /// As ``taskCompletion``, and when the files of its tasks need not be kept any longer.
    case retainedData = "retaineddata"
}

extension BatchState {
    /// The directories of a node are there.
    mutating func nodeMade(_ key: NodeKey, now: Date) {
        guard let node = pools[key.pool]?.nodes[key.node], node.state == .creating else { return }
        boot(key, now: now)
        settle(key.pool, now: now)
        schedule(now: now)
    }

    /// The machine of a node has started.
    mutating func boot(_ key: NodeKey, now: Date) {
        pools[key.pool]?.nodes[key.node]?.setState(.starting, now: now)
        pools[key.pool]?.nodes[key.node]?.bootTime = now
        pools[key.pool]?.nodes[key.node]?.errors = []
        if !beginMounts(key) { begin(key, now: now) }
    }

    /// Has a node that has started run its start task, or take tasks.
    mutating func begin(_ key: NodeKey, now: Date) {
        let startTask = pools[key.pool]?.properties["startTask"] ?? .null
        if startTask.isNull {
            pools[key.pool]?.nodes[key.node]?.startTask = nil
            pools[key.pool]?.nodes[key.node]?.startTaskInfo = nil
            pools[key.pool]?.nodes[key.node]?.setState(.idle, now: now)
        } else {
            pools[key.pool]?.nodes[key.node]?.startTask = startTask
            pools[key.pool]?.nodes[key.node]?.startTaskInfo = .init(startTime: now)
            beginStartTask(key, startTask, now: now)
        }
    }

    /// The directories of a node could not be made.
    mutating func nodeFailed(_ key: NodeKey, _ failure: TaskFailure? = nil, now: Date) {
        guard let node = pools[key.pool]?.nodes[key.node], node.state != .leavingPool else { return }
        if let failure { pools[key.pool]?.nodes[key.node]?.errors.append(NodeError(failure)) }
        pools[key.pool]?.nodes[key.node]?.restart = nil
        pools[key.pool]?.nodes[key.node]?.isRestarting = false
        pools[key.pool]?.nodes[key.node]?.setState(.unusable, now: now)
        settle(key.pool, now: now)
        finishJobs(on: key, now: now)
    }

    /// The directories of a node are gone.
    mutating func nodeGone(_ key: NodeKey, now: Date) {
        pools[key.pool]?.nodes.remove(key.node)
        pools[key.pool]?.reservations[key.node] = nil
        settle(key.pool, now: now)
        finishJobs(on: key, now: now)
        jobsByNode[key] = nil
        schedule(now: now)
    }

    /// Takes a node out of its pool, now or when its tasks have ended.
    mutating func remove(_ key: NodeKey, _ removal: NodeRemoval, now: Date) {
        guard let node = pools[key.pool]?.nodes[key.node], node.state != .leavingPool else { return }
        if removal == .taskCompletion || removal == .retainedData {
            pools[key.pool]?.nodes[key.node]?.waitsForFiles = removal == .retainedData
            if !node.runs.isEmpty || pools[key.pool]?.nodes[key.node].map({ waitsForFiles($0, now: now) }) == true {
                pools[key.pool]?.nodes[key.node]?.leavesWhenEmpty = true
                return
            }
        }
        pools[key.pool]?.nodes[key.node]?.setState(.leavingPool, now: now)
        for run in node.runs.sorted(by: { $0.number < $1.number }) {
            end(run, removal == .terminate ? .terminate : .requeue)
        }
        if node.runs.isEmpty { emit(.removeNode(key)) }
    }

    private mutating func beginStartTask(_ key: NodeKey, _ startTask: JSONValue, now: Date) {
        guard let node = pools[key.pool]?.nodes[key.node] else { return }
        let waits = startTask["waitForSuccess"]?.bool ?? true
        pools[key.pool]?.nodes[key.node]?.setState(waits ? .waitingForStartTask : .idle, now: now)
        let run = addRun(task: nil, node: key, slots: 0, now: now)
        var assignment = TaskAssignment(startTask, node: key, isDedicated: node.isDedicated)
        assignment.refusal = refusal(of: startTask, on: key.pool, needsContainer: false)
        assignment.mounts = pools[key.pool]?.mounts ?? []
        assignment.packages = node.packages
        assignment.needsPlace = waits
        emit(.run(run, assignment))
    }

    /// The run of a start task has ended: try again, take tasks, or give the node up.
    mutating func startTaskEnded(_ key: NodeKey, _ outcome: TaskOutcome, now: Date) {
        guard let node = pools[key.pool]?.nodes[key.node], var info = node.startTaskInfo,
            let startTask = node.startTask, node.state != .leavingPool,
            node.restart == nil
        else { return }
        let limit = startTask["maxTaskRetryCount"]?.integer ?? 0
        if outcome.mayBeRetried, limit < 0 || info.retryCount < limit {
            info.retryCount += 1
            info.lastRetryTime = now
            info.startTime = now
            pools[key.pool]?.nodes[key.node]?.startTaskInfo = info
            beginStartTask(key, startTask, now: now)
            return
        }
        info.end(outcome, now: now)
        pools[key.pool]?.nodes[key.node]?.startTaskInfo = info
        guard startTask["waitForSuccess"]?.bool ?? true else { return }
        pools[key.pool]?.nodes[key.node]?.setState(outcome.failure == nil ? .idle : .startTaskFailed, now: now)
        finishJobs(on: key, now: now)
    }

    /// Does what a node was to do once nothing runs there.
    private mutating func leaveOrRestart(_ key: NodeKey, now: Date) {
        guard let state = pools[key.pool]?.nodes[key.node]?.state else { return }
        if state == .leavingPool {
            emit(.removeNode(key))
        } else if pools[key.pool]?.nodes[key.node]?.leavesWhenEmpty == true {
            guard let node = pools[key.pool]?.nodes[key.node], !waitsForFiles(node, now: now) else { return }
            remove(key, .requeue, now: now)
        } else if pools[key.pool]?.nodes[key.node]?.restart != nil {
            beginRestart(key, now: now)
        }
    }

    /// What a node is, once something that ran there has ended.
    mutating func updateNode(_ key: NodeKey, now: Date) {
        if pools[key.pool]?.nodes[key.node]?.runs.isEmpty == true { leaveOrRestart(key, now: now) }
        guard let state = pools[key.pool]?.nodes[key.node]?.state, state == .running || state == .idle,
            let nodeRuns = pools[key.pool]?.nodes[key.node]?.runs
        else { return }
        let runsTasks = nodeRuns.contains { runs[$0]?.task != nil || runs[$0]?.support != nil }
        pools[key.pool]?.nodes[key.node]?.setState(runsTasks ? .running : .idle, now: now)
    }
}

/// Names a task.
struct TaskKey: Sendable, Hashable {
    let job: String
    let task: String
}

/// Names a node.
struct NodeKey: Sendable, Hashable {
    let pool: String
    let node: String
}

/// Names a run of a task or start task.
struct RunKey: Sendable, Hashable {
    let number: Int
}

/// Why a run is being ended.
enum RunEnding: String, Sendable {
    /// The task is terminated.
    case terminate
    /// The task goes back into the queue, because its node or its job is taken away.
    case requeue
    /// The task is deleted, with its files.
    case delete
}

/// What the outside has to do.
enum BatchEffect: Sendable {
    /// Make the directories of a node, then report ``BatchState/nodeMade(_:now:)``.
    case makeNode(NodeKey)
    /// Mount the file systems of a node, then report ``BatchState/nodeMounted(_:_:now:)``.
    case mount(NodeKey, [NodeMount])
    /// Do something with the machine of a node, then report ``BatchState/nodeRestarted(_:now:)``.
    case restartNode(NodeKey, NodeRestart)
    /// Run a task or start task, then report ``BatchState/runEnded(_:outcome:now:)``.
    case run(RunKey, TaskAssignment)
    /// End a run; it still reports its end.
    case stop(RunKey)
    /// Report the end of a run that has not begun, by ``BatchState/runEnded(_:outcome:now:)``.
    case drop(RunKey)
    /// Let a part of a multi-instance task go on: the primary task to its application, a subtask to its end.
    case proceed(RunKey)
    /// Remove the directories of a node, then report ``BatchState/nodeGone(_:now:)``.
    case removeNode(NodeKey)
    /// Remove the directories of a job on a node, or those of one of its tasks, then report
    /// ``BatchState/filesRemoved(_:now:)``.
    case removeFiles(Int, NodeKey, job: String, task: String?)
    /// Call ``BatchState/checkTimes(now:)`` after a while.
    case wake(after: Duration)
    /// Call ``BatchState/measurePools(now:)`` after a while.
    case measure(after: Duration)
}

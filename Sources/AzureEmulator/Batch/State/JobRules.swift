/// What a job says of itself that the scheduler has to know again and again, read whenever its properties change.
struct JobRules: Sendable {
    /// The pool that it names; empty when it brings one along.
    let poolID: String
    let priority: Int
    let allowsPreemption: Bool
    let usesDependencies: Bool
    /// Whether something is to follow from tasks that fail.
    let actsOnFailures: Bool
    let endsWithTasks: Bool
    /// The most tasks that may run at a time; nil for any number.
    let maxParallelTasks: Int?
    /// How often its tasks may be tried again, unless they say it themselves.
    let retryLimit: Int64
    /// How long the job may live.
    let timeLimit: Duration?

    init(_ job: JSONValue) {
        poolID = job["poolInfo"]?["poolId"]?.string ?? ""
        priority = Int(job["priority"]?.integer ?? 0)
        allowsPreemption = job["allowTaskPreemption"]?.bool ?? false
        usesDependencies = job["usesTaskDependencies"]?.bool ?? false
        actsOnFailures = job["onTaskFailure"]?.string?.lowercased() == "performexitoptionsjobaction"
        endsWithTasks = job["onAllTasksComplete"]?.string?.lowercased() == "terminatejob"
        maxParallelTasks = job["maxParallelTasks"]?.integer.flatMap { $0 < 0 ? nil : Int($0) }
        let constraints = job["constraints"] ?? .null
        retryLimit = constraints["maxTaskRetryCount"]?.integer ?? 0
        timeLimit = constraints["maxWallClockTime"]?.string.flatMap { BatchDuration.parse($0) }
    }
}

/// The same for a pool.
struct PoolRules: Sendable {
    /// How many tasks of one slot a node takes at a time.
    let slotsPerNode: Int
    /// Whether tasks fill one node before the next.
    let packs: Bool
    /// Whether multi-instance tasks can run here: nodes may talk to each other, and each has one task at a time.
    let takesInstances: Bool

    init(_ pool: JSONValue) {
        slotsPerNode = Int(pool["taskSlotsPerNode"]?.integer ?? 1)
        packs = pool["taskSchedulingPolicy"]?["nodeFillType"]?.string?.lowercased() == "pack"
        takesInstances = (pool["enableInterNodeCommunication"]?.bool ?? false) && slotsPerNode == 1
    }
}

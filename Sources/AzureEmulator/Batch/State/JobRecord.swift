import Foundation

/// A job with its tasks.
struct JobRecord: Sendable {
    enum State: String, Sendable {
        case active, disabling, disabled, enabling, terminating, completed, deleting
    }

    let id: String
    let created: Date
    /// What the client wrote.
    var properties: JSONValue
    var version: BatchResourceVersion
    var state = State.active
    var stateTime: Date
    var previous: (state: State, time: Date)?
    var endTime: Date?
    var terminateReason: String?
    var tasks = BatchTable<TaskRecord>()
    /// The places of tasks that wait for a node, in the order in which they get one. Some may have gone on meanwhile.
    var queue = TaskQueue()
    /// The places of multi-instance tasks that the job's pool does not take.
    var asideForInstances: [Int] = []
    /// The tasks that wait for other tasks.
    var blocked = BlockedTasks()
    /// The places of tasks whose ids are numbers, by number, in a job in which tasks may depend on ranges of those.
    var numbered: [Int64: [Int]] = [:]
    var counts = TaskCounts()
    /// The nodes that have files of this job.
    var nodes: Set<NodeKey> = []
    /// The id of the job schedule that made it.
    var schedule: String?
    /// The tasks that the job has beside those.
    var support = JobSupport()
    /// What its preparation and release tasks have done, by node.
    var jobNodes: [NodeKey: JobNode] = [:]
    /// The nodes that could not be prepared, and get no tasks.
    var ineligibleNodes: Set<NodeKey> = []
    /// The pool that was made for this job; nil when it has named one.
    var autoPool: String?

    var poolID: String { autoPool ?? properties["poolInfo"]?["poolId"]?.string ?? "" }
    var priority: Int { Int(properties["priority"]?.integer ?? 0) }
    var allowsPreemption: Bool { properties["allowTaskPreemption"]?.bool ?? false }
    var usesDependencies: Bool { properties["usesTaskDependencies"]?.bool ?? false }
    /// Whether something is to follow from tasks that fail.
    var actsOnFailures: Bool { properties["onTaskFailure"]?.string?.lowercased() == "performexitoptionsjobaction" }
    var endsWithTasks: Bool { properties["onAllTasksComplete"]?.string?.lowercased() == "terminatejob" }

    /// The most tasks that may run at a time; nil for any number.
    var maxParallelTasks: Int? {
        properties["maxParallelTasks"]?.integer.flatMap { $0 < 0 ? nil : Int($0) }
    }

    /// How long the job may live.
    var timeLimit: Duration? {
        properties["constraints"]?["maxWallClockTime"]?.string.flatMap { BatchDuration.parse($0) }
    }

    mutating func setState(_ state: State, now: Date) {
        guard self.state != state else { return }
        previous = (self.state, stateTime)
        self.state = state
        stateTime = now
        version = BatchResourceVersion(now: now)
    }
}

/// How many tasks and slots of a job are in which state.
struct TaskCounts: Sendable, Hashable {
    /// Tasks, or slots.
    struct Numbers: Sendable, Hashable {
        var active = 0
        var running = 0
        var completed = 0
        var succeeded = 0
        var failed = 0
    }

    var tasks = Numbers()
    var slots = Numbers()

    /// Counts a task in, or out again.
    mutating func add(_ task: TaskRecord, _ change: Int) {
        Self.add(task, change, to: &tasks)
        Self.add(task, change * task.slots, to: &slots)
    }

    private static func add(_ task: TaskRecord, _ change: Int, to numbers: inout Numbers) {
        switch task.state {
        case .active: numbers.active += change
        case .preparing, .running: numbers.running += change
        case .completed:
            numbers.completed += change
            if task.hasSucceeded { numbers.succeeded += change } else { numbers.failed += change }
        }
    }
}

/// The order in which tasks get a node: those that are tried again first, then in the order in which they came.
struct TaskQueue: Sendable {
    private var first: [Int] = []
    private var rest: [Int] = []
    private var head = 0

    /// The place of the next task.
    var next: Int? { first.last ?? (head < rest.count ? rest[head] : nil) }

    mutating func append(_ place: Int) { rest.append(place) }

    /// Puts a task in front of all others.
    mutating func prepend(_ place: Int) { first.append(place) }

    mutating func removeNext() {
        if first.popLast() != nil { return }
        head += 1
        if head > 1024, head * 2 > rest.count {
            rest.removeFirst(head)
            head = 0
        }
    }
}

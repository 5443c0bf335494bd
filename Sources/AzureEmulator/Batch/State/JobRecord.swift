import Foundation

/// A job with its tasks.
struct JobRecord: Sendable {
    enum State: String, Sendable {
        case active, disabling, disabled, enabling, terminating, completed, deleting
    }

    let id: String
    let created: Date
    /// What the client wrote.
    var properties: JSONValue {
        didSet {
            rules = JobRules(properties)
            poolKey = poolID.lowercased()
        }
    }
    /// What the scheduler has to know of it again and again.
    private(set) var rules: JobRules
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
    var autoPool: String? { didSet { poolKey = poolID.lowercased() } }
    /// The id of its pool in lower case.
    private(set) var poolKey: String

    init(
        id: String, created: Date, properties: JSONValue, version: BatchResourceVersion, stateTime: Date,
        schedule: String? = nil
    ) {
        self.id = id
        self.created = created
        self.properties = properties
        self.version = version
        self.stateTime = stateTime
        self.schedule = schedule
        rules = JobRules(properties)
        poolKey = rules.poolID.lowercased()
    }

    var poolID: String { autoPool ?? rules.poolID }
    var priority: Int { rules.priority }
    var allowsPreemption: Bool { rules.allowsPreemption }
    var usesDependencies: Bool { rules.usesDependencies }
    /// Whether something is to follow from tasks that fail.
    var actsOnFailures: Bool { rules.actsOnFailures }
    var endsWithTasks: Bool { rules.endsWithTasks }
    /// The most tasks that may run at a time; nil for any number.
    var maxParallelTasks: Int? { rules.maxParallelTasks }
    /// How long the job may live.
    var timeLimit: Duration? { rules.timeLimit }

    /// When its time is up.
    var deadline: Date? { rules.timeLimit.map { created.addingTimeInterval($0 / .seconds(1)) } }

    var hasOnlyCompletedTasks: Bool { counts.tasks.completed == tasks.count }

    /// Whether as many tasks run as may.
    var isAtLimit: Bool { rules.maxParallelTasks.map { counts.tasks.running >= $0 } ?? false }

    /// Whether a task of it may be started as soon as there is a node.
    var isStartable: Bool { state == .active && queue.next != nil && !isAtLimit }

    /// Changes a task and keeps count.
    mutating func changeTask(_ place: Int, _ change: (inout TaskRecord) -> Void) {
        guard let before = tasks[place]?.tally else { return }
        tasks[place]?.apply(change)
        guard let after = tasks[place]?.tally else { return }
        counts.add(before, -1)
        counts.add(after, 1)
    }

    mutating func setState(_ state: State, now: Date) {
        guard self.state != state else { return }
        // A job that is disabled was active before, and not on its way there.
        if self.state != .disabling { previous = (self.state, stateTime) }
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

    /// What counts of one task.
    struct Tally: Sendable, Hashable {
        let state: TaskRecord.State
        let slots: Int
        let hasSucceeded: Bool
    }

    var tasks = Numbers()
    var slots = Numbers()

    /// Counts a task in, or out again.
    mutating func add(_ task: Tally, _ change: Int) {
        Self.add(task, change, to: &tasks)
        Self.add(task, change * task.slots, to: &slots)
    }

    private static func add(_ task: Tally, _ change: Int, to numbers: inout Numbers) {
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

import Foundation

/// A task of a job.
struct TaskRecord: Sendable {
    enum State: String, Sendable {
        case active, preparing, running, completed
    }

    /// What has come of a task so far. Few of many tasks have it, so it lies apart.
    struct Execution: Sendable {
        var startTime: Date?
        var endTime: Date?
        var outcome: TaskOutcome?
        var retryCount = 0
        var lastRetryTime: Date?
        var requeueCount = 0
        var lastRequeueTime: Date?
        /// The node where it runs, or ran last.
        var node: NodeKey?
        /// The run that is under way.
        var run: RunKey?
        /// Why that is being ended; nil when it is not.
        var ending: RunEnding?
        /// The parts of a multi-instance task, the primary one first; empty for any other.
        var instances: [TaskInstance] = []
        /// How a multi-instance task is to end.
        var instancesEnd: InstancesEnd?
        /// The runs that are over, oldest first.
        var history = RecentList<TaskRun>(limit: TaskRun.limit)
        /// Whether its files are still on the node.
        var hasFiles = true
    }

    let id: String
    let created: Date
    /// What the client wrote, as JSON. A tree would take many times the memory.
    let body: Data
    let slots: Int
    let hasDependencies: Bool
    /// The limits, once they have been replaced.
    var newConstraints: JSONValue? {
        didSet { rules = TaskRules(properties) }
    }
    /// What the scheduler has to know of it again and again.
    private(set) var rules: TaskRules?
    var version: BatchResourceVersion
    var state = State.active
    /// Whether it has ended in a way that lets those run that depend on it.
    var satisfiesDependents = false
    var stateTime: Date
    var previous: (state: State, time: Date)?
    private var storage: [Execution] = []

    init(id: String, properties: JSONValue, now: Date) {
        self.id = id
        created = now
        body = properties.data
        rules = TaskRules(properties)
        slots = Int(properties["requiredSlots"]?.integer ?? 1)
        hasDependencies = !(properties["dependsOn"] ?? .null).isNull
        version = BatchResourceVersion(now: now)
        stateTime = now
    }

    /// A task as it was.
    ///
    /// - Parameter hasRules: Whether its body says anything of what the scheduler has to know.
    init(
        id: String, created: Date, body: Data, slots: Int, hasDependencies: Bool, hasRules: Bool,
        newConstraints: JSONValue?, version: BatchResourceVersion
    ) {
        self.id = id
        self.created = created
        self.body = body
        self.slots = slots
        self.hasDependencies = hasDependencies
        self.newConstraints = newConstraints
        self.version = version
        stateTime = created
        // Most bodies say nothing, and are not read.
        if hasRules { rules = TaskRules(properties) }
    }

    /// What has come of it; nil when nothing has as yet.
    var knownExecution: Execution? {
        get { storage.first }
        set { storage = newValue.map { [$0] } ?? [] }
    }

    var execution: Execution {
        _read { if storage.isEmpty { yield Execution() } else { yield storage[0] } }
        _modify {
            if storage.isEmpty { storage = [Execution()] }
            yield &storage[0]
        }
    }

    /// What the client wrote.
    var properties: JSONValue {
        var properties = (try? JSONValue(parsing: body)) ?? [:]
        if let newConstraints { properties["constraints"] = newConstraints }
        return properties
    }

    /// How long its files are kept once it has ended. A week unless told otherwise.
    var retention: Duration { rules?.retention ?? TaskRules.usualRetention }

    var hasSucceeded: Bool {
        state == .completed && execution.outcome.map { $0.failure == nil } ?? false
    }

    /// Keeps in mind where and when a run was.
    mutating func noteRun(_ run: BatchState.Run, now: Date) {
        execution.history.add(
            TaskRun(node: run.node, slots: run.places, placed: run.placed, start: run.start, end: now))
    }

    /// What counts of it among all tasks of its job.
    var tally: TaskCounts.Tally { TaskCounts.Tally(state: state, slots: slots, hasSucceeded: hasSucceeded) }

    /// Changes it where it lies: a copy would have what has come of it copied as well.
    mutating func apply(_ change: (inout TaskRecord) -> Void) { change(&self) }

    mutating func setState(_ state: State, now: Date) {
        guard self.state != state else { return }
        previous = (self.state, stateTime)
        self.state = state
        stateTime = now
        version = BatchResourceVersion(now: now)
    }
}

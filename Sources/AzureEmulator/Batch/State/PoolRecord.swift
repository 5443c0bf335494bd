import Foundation

/// A pool.
struct PoolRecord: Sendable {
    enum State: String, Sendable {
        case active, deleting
    }

    enum Allocation: String, Sendable {
        case steady, resizing, stopping
    }

    let id: String
    let created: Date
    /// What the client wrote.
    var properties: JSONValue { didSet { rules = PoolRules(properties) } }
    /// What the scheduler has to know of it again and again.
    private(set) var rules: PoolRules
    var version: BatchResourceVersion
    var state = State.active
    var stateTime: Date
    var allocation = Allocation.steady
    var allocationTime: Date
    var targetDedicated: Int
    var targetLowPriority: Int
    /// Why fewer nodes came than were asked for.
    var resizeErrors: [JSONValue] = []
    /// The last resizes, oldest first.
    var resizes = RecentList<PoolResize>(limit: PoolResize.limit)
    /// The last evaluations of its formula, oldest first.
    var evaluations = RecentList<PoolAutoscale.Run>(limit: PoolAutoscale.maxEvaluations)
    /// When a resize that has not come to its end is given up.
    var resizeDeadline: Date?
    /// The nodes on which tasks make room for those of a job of higher priority: the job, by node.
    var reservations: [String: String] = [:]
    /// The file systems of its nodes.
    var mounts: [NodeMount] = []
    var nodes = IndexedTable<NodeIndex>()
    /// How the pool scales itself; nil when it has as many nodes as it was told.
    var autoscale: PoolAutoscale?
    /// When that was last enabled by a request.
    var autoscaleEnabled: Date?
    /// What was measured of the pool.
    var history = AutoscaleHistory()

    init(
        id: String, created: Date, properties: JSONValue, version: BatchResourceVersion, stateTime: Date,
        allocationTime: Date, targetDedicated: Int, targetLowPriority: Int, autoscale: PoolAutoscale? = nil
    ) {
        self.id = id
        self.created = created
        self.properties = properties
        rules = PoolRules(properties)
        self.version = version
        self.stateTime = stateTime
        self.allocationTime = allocationTime
        self.targetDedicated = targetDedicated
        self.targetLowPriority = targetLowPriority
        self.autoscale = autoscale
    }

    /// How many tasks of one slot a node takes at a time.
    var slotsPerNode: Int { rules.slotsPerNode }
    /// Whether tasks fill one node before the next.
    var packs: Bool { rules.packs }
    /// Whether multi-instance tasks can run here.
    var takesInstances: Bool { rules.takesInstances }
    /// Whether a node has room for a task of one slot.
    var hasRoom: Bool { nodes.index.hasRoom(of: rules.slotsPerNode) }

    /// How many nodes there are, leaving ones not counted.
    func count(isDedicated: Bool) -> Int {
        nodes.records.count { $0.isDedicated == isDedicated && $0.state != .leavingPool }
    }

    mutating func setAllocation(_ allocation: Allocation, now: Date) {
        self.allocation = allocation
        allocationTime = now
        switch allocation {
        case .resizing:
            endResize(now: now)
            resizes.add(PoolResize(start: now, targetDedicated: targetDedicated, targetLowPriority: targetLowPriority))
        case .stopping: break
        case .steady: endResize(now: now)
        }
    }

    private mutating func endResize(now: Date) {
        let errors = resizeErrors.compactMap { $0["code"]?.string }
        resizes.changeLast { resize in
            guard resize.end == nil else { return }
            resize.end = now
            resize.errors = errors
        }
    }
}

/// A node of a pool.
struct NodeRecord: Sendable {
    enum State: String, Sendable, CaseIterable {
        case creating, starting, waitingForStartTask, startTaskFailed, idle, running, leavingPool, unusable
        case rebooting, reimaging, deallocating, deallocated
    }

    let id: String
    let isDedicated: Bool
    let allocated: Date
    var state = State.creating
    var stateTime: Date
    var takesTasks = true
    var startTaskInfo: NodeTaskExecution?
    /// The start task that was in force when the node started.
    var startTask: JSONValue?
    /// The application packages that are here for all tasks.
    var packages: [ApplicationPackage] = []
    /// What runs here: its start task or tasks.
    var runs: Set<RunKey> = []
    var usedSlots = 0
    var totalTasksRun = 0
    var totalTasksSucceeded = 0
    /// Whether the node goes once its last task has ended.
    var leavesWhenEmpty = false
    /// The tasks that ran here last, newest first.
    var recentTasks: [TaskKey] = []

    /// Its place in the pool, which gives it its ports.
    var number = 0
    /// When its machine was started last.
    var bootTime: Date?
    /// What is to be done with its machine once nothing runs here, or is being done.
    var restart: NodeRestart?
    var isRestarting = false
    /// Whether it stays until the files of its tasks may go.
    var waitsForFiles = false
    /// When the files of all tasks that have ended here may go.
    var retainedUntil: Date?
    var users: [String: NodeUser] = [:]
    /// What is wrong with it.
    var errors: [NodeError] = []
    var log = NodeLog()

    /// Whether a task may be put here.
    var isReady: Bool {
        (state == .idle || state == .running) && takesTasks && !leavesWhenEmpty && restart == nil
    }

    /// A run begins here, and takes slots.
    mutating func addRun(_ key: RunKey, slots: Int) {
        runs.insert(key)
        usedSlots += slots
    }

    /// A run has ended here.
    mutating func removeRun(_ key: RunKey, slots: Int) {
        runs.remove(key)
        usedSlots -= slots
    }

    mutating func setState(_ state: State, now: Date) {
        guard self.state != state else { return }
        self.state = state
        stateTime = now
        log.add(.state(state), now: now)
    }
}

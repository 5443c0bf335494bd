import Foundation

/// Everything the Batch service knows, and every decision it takes: which task goes to which node, what a resize
/// makes of a pool, what becomes of a task when its run ends.
///
/// It waits for nothing and touches nothing. The time is told to it; what has to be done outside it says in
/// ``takeEffects()``.
struct BatchState: Sendable {
    /// A run that is under way.
    struct Run: Sendable {
        /// The task; nil for a start task, and for those that a job has beside its tasks.
        let task: TaskKey?
        /// The job whose preparation or release task this is.
        let support: (job: String, kind: JobSupportKind)?
        let node: NodeKey
        let slots: Int
        /// Which slots of the node those are, from 0.
        let places: [Int]
        /// When the node got it.
        let placed: Date
        /// When it began.
        var start: Date?
        var ending: RunEnding?
        /// Whether it waits until its node is prepared.
        var isHeld = false
    }

    var pools = IndexedTable<PoolIndex>()
    var jobs = IndexedTable<JobIndex>()
    var schedules = BatchTable<JobScheduleRecord>()
    var certificates = BatchTable<CertificateRecord>()
    private(set) var runs = RunTable()
    /// The directories that are being removed: a job, or one of its tasks.
    private(set) var removals: [Int: (job: String, task: String?)] = [:]
    /// How many of them are under way for each job, and for each of its tasks, by ids in lower case.
    private var removalCounts: [[String]: Int] = [:]
    /// The most nodes that the account may have.
    let nodeQuota: Int
    /// The jobs that have prepared a node, or have tried to, by the node.
    var jobsByNode: [NodeKey: Set<String>] = [:]
    /// When the time of jobs is up.
    var jobDeadlines = DueQueue<String>()
    /// What the nodes of the pools have cost.
    var usage = PoolUsage()
    /// Whether the outside has been told to have the pools measured.
    var isMeasuring = false
    /// The files of tasks that have ended, by the time when they go.
    var keptFiles = DueQueue<KeptFiles>()
    /// When the outside has been asked to look after them next.
    var fileWake: Date?
    /// The jobs with tasks that were put aside, because their pool takes no multi-instance tasks.
    var jobsWithTasksAside: Set<String> = []
    /// The application packages of the account.
    let catalog: ApplicationCatalog
    private var effects: [BatchEffect] = []
    private var lastRun = 0
    private var lastNode = 0
    /// Whether a node has got a number since the changes were last taken.
    private(set) var hasNewNode = false
    private var lastRemoval = 0

    init(nodeQuota: Int, catalog: ApplicationCatalog = ApplicationCatalog()) {
        self.nodeQuota = nodeQuota
        self.catalog = catalog
    }

    /// What has to be done outside, in this order.
    mutating func takeEffects() -> [BatchEffect] {
        defer { effects = [] }
        return effects
    }

    /// Whether there is anything to be done outside.
    var hasEffects: Bool { !effects.isEmpty }

    mutating func emit(_ effect: BatchEffect) {
        effects.append(effect)
    }

    /// Notes a new run on a node.
    mutating func addRun(
        task: TaskKey?, support: (job: String, kind: JobSupportKind)? = nil, node: NodeKey, slots: Int, now: Date
    ) -> RunKey {
        lastRun += 1
        let key = RunKey(number: lastRun)
        let places = freePlaces(on: node, slots)
        runs.insert(
            Run(task: task, support: support, node: node, slots: slots, places: places, placed: now), key)
        pools[node.pool]?.nodes[node.node]?.addRun(key, slots: slots)
        return key
    }

    /// The first slots of a node that nothing has.
    private func freePlaces(on node: NodeKey, _ count: Int) -> [Int] {
        guard count > 0, let runs = pools[node.pool]?.nodes[node.node]?.runs else { return [] }
        let taken = Set(runs.lazy.flatMap { self.runs[$0]?.places ?? [] })
        return Array((0...).lazy.filter { !taken.contains($0) }.prefix(count))
    }

    /// Notes that a run has begun.
    mutating func noteStart(_ key: RunKey, now: Date) { runs.begin(key, now: now) }

    mutating func removeRun(_ key: RunKey) -> Run? {
        guard let run = runs.remove(key) else { return nil }
        pools[run.node.pool]?.nodes[run.node.node]?.removeRun(key, slots: run.slots)
        return run
    }

    /// Has a run ended. The first reason counts, but for a deletion, which outdoes the others.
    mutating func end(_ key: RunKey, _ ending: RunEnding) {
        guard let run = runs[key] else { return }
        if run.ending == nil { emit(run.isHeld ? .drop(key) : .stop(key)) }
        if run.ending == nil || ending == .delete {
            runs.end(key, ending)
            noteEnding(of: run, key, ending)
        }
    }

    /// Notes with a task why it is being ended, so that it is remembered with it.
    private mutating func noteEnding(of run: Run, _ key: RunKey, _ ending: RunEnding) {
        guard let task = run.task, let place = jobs[task.job]?.tasks.index(of: task.task),
            jobs[task.job]?.tasks[place]?.execution.runs.contains(key) == true
        else { return }
        jobs[task.job]?.tasks[place]?.execution.ending = ending
    }

    /// Lets a run wait until its node is prepared.
    mutating func hold(_ key: RunKey) { runs.hold(key, true) }

    /// Lets a run begin that has waited.
    mutating func letGo(_ key: RunKey) { runs.hold(key, false) }

    /// Has the files of a job or a task removed from a node.
    mutating func removeFiles(on node: NodeKey, job: String, task: String?) {
        lastRemoval += 1
        removals[lastRemoval] = (job, task)
        for key in Self.removalKeys(job, task) { removalCounts[key, default: 0] += 1 }
        emit(.removeFiles(lastRemoval, node, job: job, task: task))
    }

    /// Files are gone.
    mutating func filesRemoved(_ number: Int, now: Date) {
        guard let removal = removals.removeValue(forKey: number) else { return }
        for key in Self.removalKeys(removal.job, removal.task) {
            let left = (removalCounts[key] ?? 1) - 1
            removalCounts[key] = left > 0 ? left : nil
        }
        finishJob(removal.job, now: now)
    }

    /// Whether files of a job, or of one of its tasks, are still being removed.
    func isRemoving(job: String, task: String? = nil) -> Bool {
        removalCounts[[job.lowercased()] + (task.map { [$0.lowercased()] } ?? [])] != nil
    }

    private static func removalKeys(_ job: String, _ task: String?) -> [[String]] {
        let job = job.lowercased()
        return [[job]] + (task.map { [[job, $0.lowercased()]] } ?? [])
    }

    /// The runs of the tasks of a job.
    func runs(ofJob job: String) -> [RunKey] { runs.ofTasks(of: job) }

    /// The number of the node that was made last, if one was since this was last asked for.
    mutating func takeLastNode() -> Int? {
        defer { hasNewNode = false }
        return hasNewNode ? lastNode : nil
    }

    /// Goes on behind the number of the last node that there was.
    mutating func continueNodes(after number: Int) { lastNode = max(lastNode, number) }

    /// An id that no node has had.
    mutating func nextNodeID(isDedicated: Bool) -> String {
        lastNode += 1
        hasNewNode = true
        let number = String(lastNode)
        return "tvmps_" + String(repeating: "0", count: max(0, 8 - number.count)) + number
            + (isDedicated ? "_d" : "_p")
    }
}

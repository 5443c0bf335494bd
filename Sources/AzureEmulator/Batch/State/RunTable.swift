import struct Foundation.Date

/// The runs that are under way, found by their job and by their pool.
struct RunTable: Sendable {
    private var runs: [RunKey: BatchState.Run] = [:]
    /// The runs of the tasks of a job, by its id in lower case.
    private var ofTasks: [String: Set<RunKey>] = [:]
    /// The runs of the preparation and release tasks of a job, by its id in lower case.
    private var ofSupport: [String: Set<RunKey>] = [:]
    /// The runs of tasks that are being ended, by the id of the pool.
    private var ending: [String: Set<RunKey>] = [:]

    /// How many there are.
    var count: Int { runs.count }

    var isEmpty: Bool { runs.isEmpty }

    /// All of them, in no order.
    var keys: some Collection<RunKey> { runs.keys }

    subscript(key: RunKey) -> BatchState.Run? { runs[key] }

    /// The runs of the tasks of a job, in the order in which they came.
    func ofTasks(of job: String) -> [RunKey] { Self.sorted(ofTasks[job.lowercased()]) }

    /// Whether any task of a job runs.
    func hasTasks(of job: String) -> Bool { ofTasks[job.lowercased()] != nil }

    /// The runs of the preparation and release tasks of a job, in the order in which they came.
    func ofSupport(of job: String) -> [RunKey] { Self.sorted(ofSupport[job.lowercased()]) }

    /// The runs of tasks on a pool that are being ended.
    func ending(on pool: String) -> Set<RunKey> { ending[pool] ?? [] }

    mutating func insert(_ run: BatchState.Run, _ key: RunKey) {
        runs[key] = run
        if let job = run.task?.job { ofTasks[job.lowercased(), default: []].insert(key) }
        if let job = run.support?.job { ofSupport[job.lowercased(), default: []].insert(key) }
    }

    mutating func remove(_ key: RunKey) -> BatchState.Run? {
        guard let run = runs.removeValue(forKey: key) else { return nil }
        if let job = run.task?.job { Self.remove(key, from: &ofTasks, of: job.lowercased()) }
        if let job = run.support?.job { Self.remove(key, from: &ofSupport, of: job.lowercased()) }
        if run.task != nil, run.ending != nil { Self.remove(key, from: &ending, of: run.node.pool) }
        return run
    }

    /// Notes why a run is being ended.
    mutating func end(_ key: RunKey, _ reason: RunEnding) {
        guard let run = runs[key] else { return }
        runs[key]?.ending = reason
        if run.task != nil { ending[run.node.pool, default: []].insert(key) }
    }

    /// Notes that a run has begun.
    mutating func begin(_ key: RunKey, now: Date) { runs[key]?.start = now }

    /// Notes whether a run waits until its node is prepared.
    mutating func hold(_ key: RunKey, _ isHeld: Bool) { runs[key]?.isHeld = isHeld }

    private static func remove(_ key: RunKey, from sets: inout [String: Set<RunKey>], of name: String) {
        sets[name]?.remove(key)
        if sets[name]?.isEmpty == true { sets[name] = nil }
    }

    private static func sorted(_ keys: Set<RunKey>?) -> [RunKey] {
        (keys ?? []).sorted { $0.number < $1.number }
    }
}

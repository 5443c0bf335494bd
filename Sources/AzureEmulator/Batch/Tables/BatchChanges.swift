/// The rows that calls of the service have changed: for what keeps them, and for whoever follows them.
///
/// A row holds its own record and nothing of those below it: that of a job is without its tasks, that of a pool without
/// its nodes. So a row costs what has changed, however much there is.
struct BatchChanges: Sendable {
    /// Names a row. Ids are in lower case.
    enum Key: Sendable, Hashable {
        case pool(String)
        case node(pool: String, String)
        case job(String)
        case task(job: String, String)
        case schedule(String)
        case certificate(String)
    }

    /// What a row holds.
    enum Row: Sendable {
        case pool(PoolRecord)
        case node(NodeRecord)
        case job(JobRecord)
        case task(TaskRecord)
        case schedule(JobScheduleRecord)
        case certificate(CertificateRecord)
    }

    /// What has become of a row.
    struct Change: Sendable {
        let key: Key
        /// What it holds from now on; nil when it is gone.
        let row: Row?
        /// Where a row that is new stands: behind those of its table, or of its job or pool, that came before.
        var position = 0
    }

    /// In the order in which they take effect. A row that was removed and made anew is there twice.
    private(set) var changes: [Change] = []
    /// The number of the node that was made last, if any was; numbers are never given twice.
    var lastNode: Int?

    var isEmpty: Bool { changes.isEmpty && lastNode == nil }

    mutating func add(_ key: Key, _ row: Row, at position: Int) {
        changes.append(Change(key: key, row: row, position: position))
    }

    mutating func remove(_ key: Key) { changes.append(Change(key: key, row: nil)) }

    /// Adds what has changed later. A row that has changed again is there once.
    mutating func append(_ later: BatchChanges) {
        if !changes.isEmpty {
            let again = Set(later.changes.map(\.key))
            changes.removeAll { $0.row != nil && again.contains($0.key) }
        }
        changes += later.changes
        lastNode = later.lastNode ?? lastNode
    }
}

extension BatchState {
    /// Takes the rows that have changed since the last time.
    mutating func takeChanges() -> BatchChanges {
        var result = BatchChanges()
        result.lastNode = takeLastNode()
        for id in pools.takeRemoved() { result.remove(.pool(id.lowercased())) }
        pools.takeChanged { result.add(&$0, at: $1) }
        for id in jobs.takeRemoved() { result.remove(.job(id.lowercased())) }
        jobs.takeChanged { result.add(&$0, at: $1) }
        for id in schedules.takeRemoved() { result.remove(.schedule(id.lowercased())) }
        schedules.takeChanged { result.add(.schedule($0.id.lowercased()), .schedule($0), at: $1) }
        for key in certificates.takeRemoved() { result.remove(.certificate(key)) }
        certificates.takeChanged { result.add(.certificate($0.key), .certificate($0), at: $1) }
        return result
    }

    /// Whether there is anything to take.
    var hasChanges: Bool {
        pools.hasChanges || jobs.hasChanges || schedules.hasChanges || certificates.hasChanges || hasNewNode
    }
}

extension BatchChanges {
    /// Adds a pool that has changed, and those of its nodes that have.
    fileprivate mutating func add(_ pool: inout PoolRecord, at position: Int) {
        let id = pool.id.lowercased()
        var row = pool
        row.nodes = IndexedTable()
        add(.pool(id), .pool(row), at: position)
        for node in pool.nodes.takeRemoved() { remove(.node(pool: id, node.lowercased())) }
        pool.nodes.takeChanged { add(.node(pool: id, $0.id.lowercased()), .node($0), at: $1) }
    }

    /// Adds a job that has changed, and those of its tasks that have.
    fileprivate mutating func add(_ job: inout JobRecord, at position: Int) {
        let id = job.id.lowercased()
        add(.job(id), .job(job.withoutTasks), at: position)
        for task in job.tasks.takeRemoved() { remove(.task(job: id, task.lowercased())) }
        job.tasks.takeChanged { add(.task(job: id, $0.id.lowercased()), .task($0), at: $1) }
    }
}

extension JobRecord {
    /// The record without its tasks, and without what can be made from them again.
    var withoutTasks: JobRecord {
        var job = self
        job.tasks = BatchTable()
        job.queue = TaskQueue()
        job.asideForInstances = []
        job.blocked = BlockedTasks()
        job.numbered = [:]
        return job
    }
}

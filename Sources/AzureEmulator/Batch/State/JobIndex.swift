/// What is known of all jobs together: for each pool those that have a task to start, and those whose tasks may be ended
/// in favour of others, by priority and age; and the pools whose jobs have changed.
struct JobIndex: TableIndex {
    /// What counts of one job.
    fileprivate struct Entry: Hashable {
        /// The id of its pool, in lower case.
        let pool: String
        let priority: Int
        let isStartable: Bool
        let isPreemptible: Bool
    }

    /// The jobs of one pool.
    fileprivate struct PoolJobs {
        var count = 0
        var startable = PriorityPlaces()
        var preemptible = PriorityPlaces()
    }

    private var entries: [Entry?] = []
    private var pools: [String: PoolJobs] = [:]
    /// The pools whose jobs have changed, by ids in lower case.
    private var changed: Set<String> = []
    /// The one of them that was noted last.
    private var lastChanged: String?

    mutating func note(_ record: JobRecord?, at place: Int) {
        let new = record.map {
            Entry(
                pool: $0.poolKey, priority: $0.priority, isStartable: $0.isStartable,
                isPreemptible: $0.allowsPreemption && $0.counts.tasks.running > 0)
        }
        while entries.count <= place { entries.append(nil) }
        let old = entries[place]
        if let new { noteChange(of: new.pool) }
        guard new != old else { return }
        if let old, old.pool != new?.pool { noteChange(of: old.pool) }
        entries[place] = new
        if let old { remove(old, place) }
        if let new { pools[new.pool, default: PoolJobs()].add(place, new) }
        if let old, pools[old.pool]?.count == 0 { pools[old.pool] = nil }
    }

    /// The pools whose jobs have changed since the last call, by ids in lower case.
    mutating func takeChanged() -> Set<String> {
        defer { changed.removeAll(keepingCapacity: true) }
        lastChanged = nil
        return changed
    }

    /// The job of a pool that comes behind another, of those that have a task to start.
    func startable(on pool: String, after last: PriorityPlaces.Position?) -> PriorityPlaces.Position? {
        pools[pool]?.startable.next(after: last)
    }

    /// All jobs of a pool that have a task to start, in order.
    func startable(on pool: String) -> [PriorityPlaces.Position] { pools[pool]?.startable.positions ?? [] }

    /// The jobs of a pool that run tasks which may be ended in favour of others.
    func preemptible(on pool: String) -> [PriorityPlaces.Position] { pools[pool]?.preemptible.positions ?? [] }

    /// The lowest priority of those.
    func lowestPreemptible(on pool: String) -> Int? { pools[pool]?.preemptible.lowest }

    private mutating func noteChange(of pool: String) {
        guard pool != lastChanged else { return }
        changed.insert(pool)
        lastChanged = pool
    }

    private mutating func remove(_ entry: Entry, _ place: Int) {
        pools[entry.pool]?.remove(place, entry)
    }
}

extension JobIndex.PoolJobs {
    fileprivate mutating func add(_ place: Int, _ entry: JobIndex.Entry) {
        count += 1
        let position = PriorityPlaces.Position(priority: entry.priority, place: place)
        if entry.isStartable { startable.insert(position) }
        if entry.isPreemptible { preemptible.insert(position) }
    }

    fileprivate mutating func remove(_ place: Int, _ entry: JobIndex.Entry) {
        count -= 1
        let position = PriorityPlaces.Position(priority: entry.priority, place: place)
        if entry.isStartable { startable.remove(position) }
        if entry.isPreemptible { preemptible.remove(position) }
    }
}

/// The pools that have changed, with all that is in them.
struct PoolIndex: TableIndex {
    private var changed: Set<Int> = []

    mutating func note(_ record: PoolRecord?, at place: Int) {
        if record == nil { changed.remove(place) } else { changed.insert(place) }
    }

    /// The places of those that have changed since the last call.
    mutating func takeChanged() -> Set<Int> {
        defer { changed.removeAll(keepingCapacity: true) }
        return changed
    }
}

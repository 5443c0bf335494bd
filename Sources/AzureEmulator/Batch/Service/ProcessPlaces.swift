/// How many runs have their processes at a time. Those that come when as many run as may wait, and begin in the order in
/// which they came.
///
/// The parts of a multi-instance task wait for each other, so they begin together: when all of them have come, and there
/// are places for all. Such a task that has more parts than there are places begins when nothing else runs.
struct ProcessPlaces: Sendable {
    /// The part that a run has in a multi-instance task.
    struct Part: Sendable {
        /// What all its parts have in common: the run of the primary one.
        let primary: RunKey
        /// How many there are.
        let count: Int
    }

    /// How many may run at a time, multi-instance tasks of more parts apart.
    let limit: Int
    /// Those that have begun.
    private(set) var running: Set<RunKey> = []
    /// The runs that begin together, by their place in the order.
    private var waiting: [Int: [RunKey]] = [:]
    private var order = PlaceSet()
    private var lastPlace = 0
    /// The place in the order of each that waits.
    private var places: [RunKey: Int] = [:]
    /// The parts of tasks of which others have not come yet.
    private var gathering: [RunKey: [RunKey]] = [:]
    private var groups: [RunKey: RunKey] = [:]

    init(limit: Int) { self.limit = max(1, limit) }

    /// How many wait.
    var waitingCount: Int { places.count + groups.count }

    /// A run wants to begin.
    ///
    /// - Returns: Those that may begin now.
    mutating func add(_ run: RunKey, _ part: Part? = nil) -> [RunKey] {
        guard let part, part.count > 1 else {
            append([run])
            return next()
        }
        groups[run] = part.primary
        gathering[part.primary, default: []].append(run)
        guard let runs = gathering[part.primary], runs.count == part.count else { return [] }
        gathering[part.primary] = nil
        for run in runs { groups[run] = nil }
        append(runs)
        return next()
    }

    /// A run has ended, or waits no more.
    ///
    /// - Returns: Those that may begin now.
    mutating func remove(_ run: RunKey) -> [RunKey] {
        if let group = groups.removeValue(forKey: run) {
            gathering[group]?.removeAll { $0 == run }
            if gathering[group]?.isEmpty == true { gathering[group] = nil }
        } else if let place = places.removeValue(forKey: run) {
            waiting[place]?.removeAll { $0 == run }
            if waiting[place]?.isEmpty == true { forget(place) }
        } else {
            running.remove(run)
        }
        return next()
    }

    private mutating func append(_ runs: [RunKey]) {
        if waiting.isEmpty { lastPlace = 0 }
        lastPlace += 1
        waiting[lastPlace] = runs
        order.insert(lastPlace)
        for run in runs { places[run] = lastPlace }
    }

    private mutating func forget(_ place: Int) {
        waiting[place] = nil
        order.remove(place)
    }

    private mutating func next() -> [RunKey] {
        var begun: [RunKey] = []
        while let place = order.first, let runs = waiting[place],
            running.isEmpty || running.count + runs.count <= limit
        {
            forget(place)
            for run in runs { places[run] = nil }
            running.formUnion(runs)
            begun += runs
        }
        return begun
    }
}

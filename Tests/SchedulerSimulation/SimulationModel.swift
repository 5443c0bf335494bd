#if DEBUG || AZURE_SWIFT_SIMULATION
@testable import AzureEmulator

/// What has to be true of a scheduler, as somebody knows it who sees only what it was told and what it asks for. It has no
/// look at what the scheduler keeps for itself.
struct SimulationModel {
    final class Job {
        enum State { case active, held, ended, deleted }

        let id: String
        let pool: Int
        let order: Int
        var priority: Int
        var limit: Int?
        let slots: Int
        let retryLimit: Int
        let instances: Int?
        let isPreemptible: Bool
        var state = State.active
        /// Whether it ends as soon as all its tasks have.
        var isClosing = false
        var tasks: [Task] = []
        var ready = 0
        var running = 0
        var done = 0
        var gone = 0
        /// The tasks that wait for one.
        var dependents: [Int: [Int]] = [:]

        init(_ description: SimulatedJob, order: Int) {
            id = description.id
            pool = description.pool
            self.order = order
            priority = description.priority
            limit = description.limit
            slots = description.slots
            retryLimit = description.retryLimit
            instances = description.instances
            isPreemptible = description.isPreemptible
        }

        var isAtLimit: Bool { limit.map { running >= $0 } ?? false }

        /// Whether a task of this comes before any of another.
        func outranks(_ other: Job) -> Bool { (priority, -order) > (other.priority, -other.order) }
    }

    struct Task {
        enum State: UInt8 { case blocked, ready, running, done, gone }

        var state: State
        var isSatisfying = false
        /// How many tasks it waits for.
        var missing = 0
        var tries = 0
        /// The runs that are under way: one, or one for each part.
        var parts = 0
        var affinity: NodeKey?
        /// The node where it ran last, if it is tried again just now.
        var retryNode: NodeKey?
        /// How the first part that counts has ended.
        var end: (outcome: TaskOutcome, reason: RunEnding?)?
    }

    struct Run {
        let job: Job
        let task: Int
        let node: NodeKey
        let part: Int
        var reason: RunEnding?
    }

    struct Node {
        let pool: Int
        var usedSlots = 0
        var runs = 0
    }

    var jobs: [String: Job] = [:]
    /// The jobs of each pool that have not ended.
    var open: [[Job]] = SimulationPlan.pools.map { _ in [] }
    var runs: [RunKey: Run] = [:]
    var nodes: [NodeKey: Node] = [:]
    var report = SimulationReport()
    private var lastOrder = 0

    func failure(_ text: String) -> SimulationFailure { SimulationFailure(step: report.steps, text: text) }

    // MARK: What the scheduler is told

    mutating func add(_ description: SimulatedJob) {
        lastOrder += 1
        let job = Job(description, order: lastOrder)
        jobs[job.id] = job
        open[job.pool].append(job)
    }

    func addTask(to id: String, after dependencies: Set<Int>, affinity: NodeKey?) {
        guard let job = jobs[id] else { return }
        let place = job.tasks.count
        var task = Task(state: .ready, affinity: affinity)
        for dependency in dependencies
        where !(job.tasks.indices.contains(dependency) && job.tasks[dependency].isSatisfying) {
            task.missing += 1
            job.dependents[dependency, default: []].append(place)
        }
        if task.missing > 0 { task.state = .blocked } else { job.ready += 1 }
        job.tasks.append(task)
    }

    /// A task is ended, or deleted, that somebody has named.
    mutating func end(_ place: Int, of id: String, isDeleted: Bool) {
        guard let job = jobs[id] else { return }
        switch job.tasks[place].state {
        case .ready, .blocked: set(isDeleted ? .gone : .done, place, of: job)
        case .running where isDeleted: set(.gone, place, of: job)
        case .done where isDeleted: set(.gone, place, of: job)
        case .running, .done, .gone: break
        }
        closeIfDone(job)
    }

    /// A job ends, with all its tasks that do not run.
    mutating func endJob(_ job: Job, isDeleted: Bool) {
        job.state = isDeleted ? .deleted : .ended
        open[job.pool].removeAll { $0 === job }
        for place in job.tasks.indices {
            switch job.tasks[place].state {
            case .ready, .blocked: set(isDeleted ? .gone : .done, place, of: job)
            case .running, .done: if isDeleted { set(.gone, place, of: job) }
            case .gone: break
            }
        }
    }

    func reactivate(_ place: Int, of job: Job) {
        job.tasks[place].tries = 0
        set(.ready, place, of: job)
    }

    mutating func closeIfDone(_ job: Job) {
        guard job.state == .active, job.isClosing, job.done + job.gone == job.tasks.count else { return }
        endJob(job, isDeleted: false)
    }

    /// A run ends so.
    mutating func ended(_ key: RunKey, _ outcome: TaskOutcome) {
        guard let run = runs.removeValue(forKey: key) else { return }
        nodes[run.node]?.usedSlots -= run.job.slots
        nodes[run.node]?.runs -= 1
        let job = run.job
        job.tasks[run.task].parts -= 1
        guard job.tasks[run.task].state == .running else { return }
        if job.instances != nil {
            if job.tasks[run.task].end == nil, run.part == 0 || outcome.failure != nil {
                job.tasks[run.task].end = (outcome, run.reason)
            }
            guard job.tasks[run.task].parts == 0, let end = job.tasks[run.task].end else { return }
            job.tasks[run.task].end = nil
            conclude(run, end.outcome, end.reason)
        } else {
            conclude(run, outcome, run.reason)
        }
        closeIfDone(job)
    }

    private mutating func conclude(_ run: Run, _ outcome: TaskOutcome, _ reason: RunEnding?) {
        let (job, place) = (run.job, run.task)
        if reason == .requeue, outcome.wasStopped {
            report.requeues += 1
            set(job.state == .ended ? .done : .ready, place, of: job)
        } else if reason == nil, outcome.mayBeRetried, job.tasks[place].tries < job.retryLimit {
            report.retries += 1
            job.tasks[place].tries += 1
            if job.instances == nil { job.tasks[place].retryNode = run.node }
            set(job.state == .ended ? .done : .ready, place, of: job)
        } else {
            let isNew = !job.tasks[place].isSatisfying && outcome.failure == nil
            job.tasks[place].isSatisfying = outcome.failure == nil
            set(.done, place, of: job)
            if isNew { unblock(place, of: job) }
        }
    }

    private func unblock(_ place: Int, of job: Job) {
        for waiting in job.dependents.removeValue(forKey: place) ?? [] {
            job.tasks[waiting].missing -= 1
            if job.tasks[waiting].missing == 0, job.tasks[waiting].state == .blocked { set(.ready, waiting, of: job) }
        }
    }

    /// Changes a task and keeps count.
    func set(_ state: Task.State, _ place: Int, of job: Job) {
        Self.count(job.tasks[place].state, of: job, -1)
        job.tasks[place].state = state
        Self.count(state, of: job, 1)
    }

    private static func count(_ state: Task.State, of job: Job, _ change: Int) {
        switch state {
        case .ready: job.ready += change
        case .running: job.running += change
        case .done: job.done += change
        case .gone: job.gone += change
        case .blocked: break
        }
    }
}

extension SimulatedJob {
    /// The place of a task in its job, which its id tells.
    static func place(_ task: String) -> Int? { Int(task.drop { !$0.isNumber }) }
}
#endif

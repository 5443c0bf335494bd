#if DEBUG || AZURE_SWIFT_SIMULATION
import AzureTesting
import Foundation

@testable import AzureEmulator

/// Drives the scheduler as a service with many nodes would, without any of them: what it asks for is done by events, and
/// time goes from one to the next. All choices follow from the seed of the plan.
package struct SchedulerSimulation {
    /// Something that happens outside.
    enum Event {
        case nodeMade(NodeKey), nodeGone(NodeKey), nodeRestarted(NodeKey), takesTasks(NodeKey)
        case runStarted(RunKey), runEnded(RunKey, TaskOutcome), coordinated(RunKey)
        case filesRemoved(Int), jobEnabled(String), checkTimes, measure
    }

    /// A run as the outside knows it.
    struct Run {
        let job: String
        let isPart: Bool
        let isPrimary: Bool
        var isStopped = false
    }

    let plan: SimulationPlan
    var state = BatchState(nodeQuota: 100_000)
    var model = SimulationModel()
    var generator: SeededGenerator
    var now = Date(timeIntervalSince1970: 1_800_000_000)
    var jobs: [SimulatedJob] = []
    private var events = DueQueue<Event>()
    private var runs: [RunKey: Run] = [:]
    private var failures: [String: Int] = [:]
    private var lastJob = 0
    private(set) var added = 0
    /// Why the runs are ended that are ended now; nil when nobody has asked for that.
    private var reason: RunEnding?
    /// Whether that is a reason for the runs of nodes that take no more tasks, and for no others.
    private var isReasonOfNodes = false
    /// How often nothing was left to do though jobs were.
    private var idleSteps = 0
    private var isTimed = false

    package init(_ plan: SimulationPlan) {
        self.plan = plan
        generator = SeededGenerator(seed: plan.seed)
    }

    /// Runs all tasks to their ends.
    ///
    /// - Throws: A ``SimulationFailure`` as soon as the scheduler does something that it must not.
    package mutating func run() throws -> SimulationReport {
        for pool in SimulationPlan.pools { try makePool(pool) }
        while model.report.steps < SimulationPlan.pools.count * 2 || !isReady, let next = events.takeNext() {
            try handle(next)
        }
        isTimed = true
        while try step() {
            if plan.isChecked, model.report.steps % plan.fullCheckInterval == 0 { try model.checkAll(state) }
        }
        if plan.isChecked { try finish() }
        model.report.tasksCompleted = state.jobs.records.reduce(0) { $0 + $1.counts.tasks.completed }
        return model.report
    }

    private var isReady: Bool { state.pools.records.allSatisfy { $0.allocation == .steady } }

    /// One thing after the other; false when all is done.
    private mutating func step() throws -> Bool {
        if model.report.steps % 64 == 0 { try sweep() }
        if added < plan.tasks, model.report.steps % 16 == 0, backlog < plan.backlog {
            try addTasks()
            return true
        }
        if chance(1, in: 300) { try act() }
        if let next = events.takeNext() {
            try handle(next)
            idleSteps = 0
            return added < plan.tasks || !jobs.isEmpty
        }
        if added < plan.tasks {
            try addTasks()
            return true
        }
        try sweep()
        idleSteps += 1
        guard idleSteps < 10 || jobs.isEmpty else { throw model.failure("Nothing goes on: \(leftovers)") }
        return !jobs.isEmpty
    }

    /// How many tasks wait for a node.
    private var backlog: Int {
        jobs.reduce(0) { sum, job in
            sum + max(0, (state.jobs[job.id]?.counts.tasks.active ?? 0) - (state.jobs[job.id]?.blocked.count ?? 0))
        }
    }

    mutating func chance(_ part: Int, in whole: Int) -> Bool { Int.random(in: 0..<whole, using: &generator) < part }

    mutating func random(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &generator) }

    mutating func at(_ seconds: Double, _ event: Event) { events.add(event, at: now + seconds) }

    /// What is left of the jobs, for a failure.
    private var leftovers: String {
        jobs.map { job in
            let record = state.jobs[job.id]
            let counts = record.map { "\($0.state), \($0.counts.tasks), \($0.blocked.count) blocked" } ?? "gone"
            return "\(job.id) of \(job.added)/\(job.total) tasks on \(SimulationPlan.pools[job.pool].id): \(counts)"
        }.joined(separator: "; ")
    }

    // MARK: Calls of the scheduler

    /// Calls the scheduler, and does what it asks for.
    ///
    /// - Parameters:
    ///   - reason: Why it ends the runs that it ends now; nil when nobody has asked for that, so that they make room for
    ///     others.
    ///   - isOfNodes: Whether that is why it ends those of nodes that take no more tasks. What it ends on others makes room.
    mutating func call(
        _ reason: RunEnding? = nil, ofNodes isOfNodes: Bool = false, _ body: (inout BatchState, Date) -> Void
    ) throws {
        model.report.steps += 1
        let start = ContinuousClock.now
        body(&state, now)
        _ = state.takeChanges()
        let effects = state.takeEffects()
        if isTimed { model.report.schedulerTime += ContinuousClock.now - start }
        self.reason = reason
        isReasonOfNodes = isOfNodes
        for effect in effects { try act(on: effect) }
    }

    private mutating func act(on effect: BatchEffect) throws {
        switch effect {
        case .makeNode(let key):
            let pool = SimulationPlan.pools.firstIndex { $0.id == key.pool } ?? 0
            model.nodes[key] = SimulationModel.Node(pool: pool)
            at(random(1...5), .nodeMade(key))
        case .removeNode(let key): at(random(0.1...1), .nodeGone(key))
        case .restartNode(let key, _): at(random(1...5), .nodeRestarted(key))
        case .run(let key, let assignment): try begin(key, assignment)
        case .stop(let key): stop(key)
        case .proceed(let key): proceed(key)
        case .removeFiles(let number, _, _, _): at(random(0.01...0.1), .filesRemoved(number))
        case .wake(let delay): if delay < .seconds(86_400) { at(delay / .seconds(1), .checkTimes) }
        case .measure(let delay): if added < plan.tasks { at(delay / .seconds(1), .measure) }
        case .mount, .drop: throw model.failure("An effect that nothing here leads to")
        }
    }

    private mutating func begin(_ key: RunKey, _ assignment: TaskAssignment) throws {
        guard let task = assignment.task else { throw model.failure("A start task that no pool has") }
        if plan.isChecked { try model.started(key, assignment, state) } else { model.report.starts += 1 }
        let part = assignment.instance?.index
        runs[key] = Run(job: task.job, isPart: part != nil, isPrimary: part == 0)
        at(0.05, .runStarted(key))
        if part == nil {
            at(random(1...30), .runEnded(key, outcome(task.job)))
        } else if chance(1, in: 50) {
            at(random(0.1...2), .runEnded(key, TaskOutcome(.exited(3))))
        } else {
            at(random(0.1...1), .coordinated(key))
        }
    }

    private mutating func outcome(_ job: String) -> TaskOutcome {
        chance(failures[job] ?? 0, in: 100) ? TaskOutcome(.exited(1)) : TaskOutcome(.exited(0))
    }

    /// A run is to be ended. Now and then its program ends by itself before that.
    private mutating func stop(_ key: RunKey) {
        guard let run = runs[key], !run.isStopped else { return }
        runs[key]?.isStopped = true
        let reason = isReasonOfNodes && hostTakesTasks(of: key) ? nil : reason
        model.runs[key]?.reason = reason ?? .requeue
        if reason == nil, !run.isPart { model.report.preemptions += 1 }
        let ended = !run.isPart && chance(1, in: 5) ? outcome(run.job) : TaskOutcome(.stopped)
        at(random(0.01...0.5), .runEnded(key, ended))
    }

    /// Whether the node of a run takes tasks, by what is written of it.
    private func hostTakesTasks(of key: RunKey) -> Bool {
        guard let node = state.runs[key]?.node, let record = state.pools[node.pool]?.nodes[node.node] else {
            return false
        }
        return SimulationModel.takesTasks(record)
    }

    private mutating func proceed(_ key: RunKey) {
        guard let run = runs[key] else { return }
        at(
            run.isPrimary ? random(1...10) : 0.1,
            .runEnded(key, run.isPrimary ? outcome(run.job) : TaskOutcome(.exited(0))))
    }

    // MARK: What happens outside

    private mutating func handle(_ next: (time: Date, element: Event)) throws {
        now = max(now, next.time)
        switch next.element {
        case .nodeMade(let key): try call { $0.nodeMade(key, now: $1) }
        case .nodeGone(let key):
            model.nodes[key] = nil
            try call { $0.nodeGone(key, now: $1) }
        case .nodeRestarted(let key): try call { $0.nodeRestarted(key, now: $1) }
        case .takesTasks(let key): try call { $0.setScheduling(key, takesTasks: true, .requeue, now: $1) }
        case .runStarted(let key): if runs[key] != nil { try call { $0.runStarted(key, now: $1) } }
        case .coordinated(let key):
            if runs[key]?.isStopped == false { try call { $0.instanceCoordinated(key, now: $1) } }
        case .runEnded(let key, let outcome): try end(key, outcome)
        case .filesRemoved(let number): try call { $0.filesRemoved(number, now: $1) }
        case .jobEnabled(let id): try enable(id)
        case .checkTimes: try call { $0.checkTimes(now: $1) }
        case .measure: try call { $0.measurePools(now: $1) }
        }
    }

    private mutating func end(_ key: RunKey, _ outcome: TaskOutcome) throws {
        guard runs.removeValue(forKey: key) != nil else { return }
        let run = model.runs[key]
        if plan.isChecked { model.ended(key, outcome) }
        try call { $0.runEnded(key, outcome: outcome, now: $1) }
        guard plan.isChecked, let run else { return }
        run.job.tasks[run.task].retryNode = nil
        guard run.job.state != .deleted else { return }
        let record = state.jobs[run.job.id]
        let id = SimulatedJob.taskID(run.task, usesNumbers: record?.usesDependencies ?? false)
        try model.check(run.task, of: run.job, record?.tasks[id])
        if model.report.steps % 16 == 0 { try model.checkWork(on: run.job.pool, state) }
    }

    private mutating func enable(_ id: String) throws {
        guard let job = state.jobs[id], [.disabling, .disabled].contains(job.state) else { return }
        model.jobs[id]?.state = .active
        if let job = model.jobs[id] { model.closeIfDone(job) }
        try call { $0.enableJob(id, now: $1) }
    }

    private mutating func makePool(_ pool: SimulationPlan.Pool) throws {
        var properties: JSONValue = ["id": .string(pool.id), "taskSlotsPerNode": .integer(Int64(pool.slots))]
        if pool.packs { properties["taskSchedulingPolicy"] = ["nodeFillType": "pack"] }
        if pool.takesInstances { properties["enableInterNodeCommunication"] = true }
        let record = PoolRecord(
            id: pool.id, created: now, properties: properties, version: BatchResourceVersion(now: now), stateTime: now,
            allocationTime: now, targetDedicated: plan.nodes(of: pool), targetLowPriority: 0)
        try call { _ = $0.createPool(record, now: $1) }
    }

    // MARK: Tasks

    /// Adds up to a hundred tasks to a job that gets more, as one request does.
    private mutating func addTasks() throws {
        if jobs.count(where: { !$0.isClosing && !$0.isOver }) < 24 { try addJob() }
        let growing = jobs.indices.filter { !jobs[$0].isClosing && !jobs[$0].isOver }
        guard let index = growing.randomElement(using: &generator) else { return }
        let count = min(Int.random(in: 1...100, using: &generator), jobs[index].total - jobs[index].added)
        var records: [TaskRecord] = []
        for _ in 0..<count { records.append(nextTask(of: index)) }
        added += count
        let id = jobs[index].id
        try call { state, now in
            for record in records { _ = state.addTask(record, to: id, now: now) }
            state.schedule(now: now)
        }
        if jobs[index].added >= jobs[index].total { try close(index) }
    }

    private mutating func nextTask(of index: Int) -> TaskRecord {
        let place = jobs[index].added
        var dependencies: Set<Int> = []
        var range: ClosedRange<Int>?
        if jobs[index].usesDependencies, place > 0, chance(1, in: 2) {
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                dependencies.insert(Int.random(in: max(0, place - 200)..<place, using: &generator))
            }
            if chance(1, in: 4) {
                let start = Int.random(in: max(0, place - 200)..<place, using: &generator)
                range = start...min(place - 1, start + 20)
            }
        }
        let affinity = chance(1, in: 50) ? randomNode(of: jobs[index].pool) : nil
        let record = jobs[index].task(dependencies.sorted(), range, affinity: affinity, now: now)
        if plan.isChecked {
            model.addTask(
                to: jobs[index].id, after: dependencies.union(range.map(Set.init) ?? []), affinity: affinity)
        }
        jobs[index].added += 1
        return record
    }

    private mutating func addJob() throws {
        lastJob += 1
        let job = SimulatedJob(number: lastJob, plan, &generator)
        jobs.append(job)
        failures[job.id] = job.failures
        if plan.isChecked { model.add(job) }
        let record = job.record(now: now)
        try call { _ = $0.createJob(record, now: $1) }
    }

    /// Has a job end with its tasks.
    mutating func close(_ index: Int) throws {
        jobs[index].isClosing = true
        let id = jobs[index].id
        if let job = model.jobs[id] {
            job.isClosing = true
            model.closeIfDone(job)
        }
        try call { state, now in
            state.changeJob(id, now: now) { $0["onAllTasksComplete"] = "terminatejob" }
        }
    }

    mutating func randomNode(of pool: Int) -> NodeKey? {
        let id = SimulationPlan.pools[pool].id
        guard let count = state.pools[id]?.nodes.count, count > 0 else { return nil }
        let place = Int.random(in: 0..<count, using: &generator)
        return state.pools[id]?.nodes.records.dropFirst(place).first { _ in true }.map {
            NodeKey(pool: id, node: $0.id)
        }
    }
}

extension DueQueue {
    /// Takes out the first, whenever it is due.
    fileprivate mutating func takeNext() -> (time: Date, element: Element)? {
        guard let time = next, let element = take(until: time) else { return nil }
        return (time, element)
    }
}
#endif

import AzureCore
import Foundation

/// Holds the state of the service: each call is one transaction, and what follows from it is done once it is kept.
actor BatchEngine {
    private var state: BatchState
    private let agent: NodeAgent
    /// Where the state is kept beyond this process; nil where it is not.
    private let tables: (any BatchTables)?
    private let timeSource: TimeSource
    private let nodeTimes: EmulatedNodeTimes
    /// What could not be kept so far.
    private var unkept = BatchChanges()
    /// What is to be done once that is kept.
    private var postponed: [BatchEffect] = []
    /// The calls whose changes are kept next.
    private var calls: [CheckedContinuation<Void, any Error>] = []
    /// Keeps changes, as long as there are any.
    private var keeper: Task<Void, Never>?
    private var isWaitingToKeep = false
    private var followers = BatchFollowers()
    /// The times between states of nodes that run.
    private var pauses: [Int: Task<Void, any Error>] = [:]
    private var lastPause = 0
    private var executions: [RunKey: TaskExecution] = [:]
    private var workers: [Int: Task<Void, Never>] = [:]
    private var lastWorker = 0
    private var isStopped = false
    /// Who waits for the end of all workers.
    private var idleWaits: [CheckedContinuation<Void, Never>] = []
    private var waiters: [(condition: @Sendable (BatchState) -> Bool, continuation: CheckedContinuation<Void, Never>)] =
        []

    init(
        agent: NodeAgent, nodeQuota: Int, catalog: ApplicationCatalog = ApplicationCatalog(),
        tables: (any BatchTables)? = nil, timeSource: TimeSource, nodeTimes: EmulatedNodeTimes = EmulatedNodeTimes()
    ) {
        state = BatchState(nodeQuota: nodeQuota, catalog: catalog)
        self.agent = agent
        self.tables = tables
        self.timeSource = timeSource
        self.nodeTimes = nodeTimes
    }

    /// Looks at the state as it is now; some of it may not be kept yet.
    func read<Result: Sendable>(_ body: @Sendable (BatchState, Date) throws -> Result) rethrows -> Result {
        try body(state, timeSource.now())
    }

    /// Changes the state, and returns when the change is kept and what follows from it has begun.
    ///
    /// - Throws: What the function throws. What it has changed before that has happened all the same, so it changes
    ///   nothing before it throws. Also what keeping throws: whether the change lasts is then not known.
    func perform<Result: Sendable>(
        _ body: @Sendable (inout BatchState, Date) throws -> Result
    ) async throws -> Result {
        let result: Result
        do {
            result = try body(&state, timeSource.now())
        } catch {
            try? await settle()
            throw error
        }
        try await settle()
        return result
    }

    /// Tells the state what has become of something. It is told again with what comes next when it cannot be kept.
    private func report(_ body: @Sendable (inout BatchState, Date) -> Void) async {
        body(&state, timeSource.now())
        try? await settle()
    }

    /// What is changed from now on, for one who follows it.
    func follow() -> AsyncStream<BatchNews> { followers.follow() }

    /// Returns as soon as a condition holds.
    func wait(until condition: @escaping @Sendable (BatchState) -> Bool) async {
        if condition(state) || isStopped { return }
        await withCheckedContinuation { waiters.append((condition, $0)) }
    }

    /// Ends every run, and returns when nothing of any is left, or when the time is up: a process that cannot be killed
    /// must not keep the emulator from ending.
    ///
    /// - Parameter limit: How long to wait. The default is five seconds.
    func stop(within limit: Duration = .seconds(5)) async {
        isStopped = true
        for pause in pauses.values { pause.cancel() }
        for execution in executions.values { execution.stop() }
        if !workers.isEmpty {
            let timer = Task {
                try? await timeSource.sleep(limit)
                self.endIdleWaits()
            }
            await withCheckedContinuation { idleWaits.append($0) }
            timer.cancel()
        }
        for waiter in waiters { waiter.continuation.resume() }
        waiters = []
        followers.finish()
    }

    private func endIdleWaits() {
        for wait in idleWaits { wait.resume() }
        idleWaits = []
    }

    // MARK: Transactions

    /// Keeps what has changed, and then does what follows from it.
    private func settle() async throws {
        guard tables != nil else { return settleAtOnce() }
        guard state.hasChanges || state.hasEffects else { return resumeWaiters() }
        try await withCheckedThrowingContinuation { call in
            calls.append(call)
            keep()
        }
    }

    /// Nothing outlives the process, so nothing has to be waited for.
    private func settleAtOnce() {
        while state.hasChanges || state.hasEffects {
            followers.publish(state.takeChanges())
            act(on: state.takeEffects())
        }
        resumeWaiters()
    }

    /// Begins to keep changes, unless that is under way: those that come meanwhile are kept together.
    private func keep() {
        guard keeper == nil else { return }
        keeper = Task {
            while await keepOnce() {}
            keeper = nil
        }
    }

    /// Keeps what has changed so far.
    ///
    /// - Returns: Whether to go on.
    private func keepOnce() async -> Bool {
        guard let tables, state.hasChanges || state.hasEffects || !calls.isEmpty else { return false }
        let calls = calls
        self.calls = []
        unkept.append(state.takeChanges())
        postponed += state.takeEffects()
        do {
            if !unkept.isEmpty { try await tables.commit(unkept) }
        } catch {
            for call in calls { call.resume(throwing: error) }
            keepLater()
            return !self.calls.isEmpty
        }
        followers.publish(unkept)
        unkept = BatchChanges()
        let effects = postponed
        postponed = []
        act(on: effects)
        resumeWaiters()
        for call in calls { call.resume() }
        return true
    }

    /// Tries again after a while to keep what could not be kept.
    private func keepLater() {
        guard !isWaitingToKeep, !isStopped else { return }
        isWaitingToKeep = true
        Task { [weak self, timeSource] in
            try? await timeSource.sleep(.seconds(1))
            await self?.keepAgain()
        }
    }

    private func keepAgain() async {
        isWaitingToKeep = false
        guard !unkept.isEmpty, !isStopped else { return }
        try? await withCheckedThrowingContinuation { call in
            calls.append(call)
            keep()
        }
    }

    private func resumeWaiters() {
        let ready = waiters.filter { $0.condition(state) }
        guard !ready.isEmpty else { return }
        waiters.removeAll { $0.condition(state) }
        for waiter in ready { waiter.continuation.resume() }
    }

    // MARK: Effects

    private func act(on effects: [BatchEffect]) {
        guard !isStopped else { return }
        for effect in effects { act(on: effect) }
    }

    private func act(on effect: BatchEffect) {
        switch effect {
        case .makeNode(let key): work { await $0.makeNode(key) }
        case .removeNode(let key): work { await $0.removeNode(key) }
        case .mount(let key, let mounts): work { await $0.mount(key, mounts) }
        case .restartNode(let key, let restart): work { await $0.restartNode(key, restart) }
        case .run(let key, let assignment):
            let execution = agent.execution(of: assignment)
            executions[key] = execution
            work { await $0.run(key, execution, assignment) }
        case .stop(let key): executions[key]?.stop()
        case .drop(let key):
            // What follows from it comes after the effects that were there before.
            var outcome = TaskOutcome(failure: .endedByUser)
            outcome.wasStopped = true
            state.runEnded(key, outcome: outcome, now: timeSource.now())
        case .proceed(let key): executions[key]?.proceed()
        case .removeFiles(let number, let node, let job, let task):
            let layout = agent.layout(pool: node.pool, node: node.node)
            let path = task.map { layout.task($0, job: job) } ?? layout.job(job)
            work { await $0.removeFiles(number, path, of: layout) }
        case .wake(let delay): wake(after: delay)
        case .measure(let delay): measure(after: delay)
        }
    }

    /// Does something beside the calls, and remembers it until it is done.
    private func work(_ body: @escaping @Sendable (BatchEngine) async -> Void) {
        lastWorker += 1
        let number = lastWorker
        workers[number] = Task {
            await body(self)
            self.workers[number] = nil
            if self.workers.isEmpty { self.endIdleWaits() }
        }
    }

    /// Lets time pass, and says whether to go on then.
    private func pause(_ time: Duration) async -> Bool {
        guard time > .zero, !isStopped else { return !isStopped }
        lastPause += 1
        let number = lastPause
        let pause = Task { [timeSource] in try await timeSource.sleep(time) }
        pauses[number] = pause
        defer { pauses[number] = nil }
        return (try? await pause.value) != nil && !isStopped
    }

    private func mount(_ key: NodeKey, _ mounts: [NodeMount]) async {
        let errors = await agent.mount(mounts, on: agent.layout(pool: key.pool, node: key.node))
        await report { state, now in state.nodeMounted(key, errors, now: now) }
    }

    private func restartNode(_ key: NodeKey, _ restart: NodeRestart) async {
        guard await pause(nodeTimes.time(of: restart)), node(key)?.isRestarting == true,
            node(key)?.state == restart.state
        else { return }
        let packages = node(key)?.packages ?? []
        do {
            try await agent.restart(pool: key.pool, node: key.node, restart, packages: packages)
            await report { state, now in state.nodeRestarted(key, now: now) }
        } catch {
            await report { state, now in state.nodeFailed(key, error as? TaskFailure, now: now) }
        }
        await removeLeftovers(of: key)
    }

    private func makeNode(_ key: NodeKey) async {
        guard await pause(nodeTimes.allocation), let node = node(key), node.state == .creating else { return }
        do {
            try await agent.makeNode(pool: key.pool, node: key.node, packages: node.packages)
            await report { state, now in state.nodeMade(key, now: now) }
        } catch {
            await report { state, now in state.nodeFailed(key, error as? TaskFailure, now: now) }
        }
        await removeLeftovers(of: key)
    }

    private func node(_ key: NodeKey) -> NodeRecord? { state.pools[key.pool]?.nodes[key.node] }

    /// Removes the directories of a node that has gone while they were made.
    private func removeLeftovers(of key: NodeKey) async {
        guard node(key) == nil else { return }
        let layout = agent.layout(pool: key.pool, node: key.node)
        await agent.remove(layout.root, of: layout)
    }

    private func removeNode(_ key: NodeKey) async {
        guard await pause(nodeTimes.removal) else { return }
        let layout = agent.layout(pool: key.pool, node: key.node)
        await agent.remove(layout.root, of: layout)
        await report { state, now in state.nodeGone(key, now: now) }
    }

    private func removeFiles(_ number: Int, _ path: String, of layout: NodeLayout) async {
        await agent.remove(path, of: layout)
        await report { state, now in state.filesRemoved(number, now: now) }
    }

    private func run(_ key: RunKey, _ execution: TaskExecution, _ assignment: TaskAssignment) async {
        await report { state, now in state.runStarted(key, now: now) }
        let outcome = await agent.inStep(assignment) {
            await execution.run {
                await self.report { state, now in state.instanceCoordinated(key, now: now) }
            }
        }
        executions[key] = nil
        await report { state, now in state.runEnded(key, outcome: outcome, now: now) }
    }

    /// Not among the workers, since nothing is lost when it never comes.
    private func wake(after delay: Duration) {
        Task { [weak self, timeSource] in
            try? await timeSource.sleep(delay)
            await self?.report { state, now in state.checkTimes(now: now) }
        }
    }

    /// Nor is this, for the same reason.
    private func measure(after delay: Duration) {
        Task { [weak self, timeSource] in
            try? await timeSource.sleep(delay)
            await self?.report { state, now in state.measurePools(now: now) }
        }
    }
}

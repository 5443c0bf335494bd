import AzureCore
import Foundation

/// Holds the state of the service, does what it asks for, and tells it what came of it.
actor BatchEngine {
    private var state: BatchState
    private let agent: NodeAgent
    private let timeSource: TimeSource
    private let nodeTimes: EmulatedNodeTimes
    /// The times between states of nodes that run.
    private var pauses: [Int: Task<Void, any Error>] = [:]
    private var lastPause = 0
    private var executions: [RunKey: TaskExecution] = [:]
    private var workers: [Int: Task<Void, Never>] = [:]
    private var lastWorker = 0
    private var isStopped = false
    /// Whether effects are being acted on.
    private var isActing = false
    /// Who waits for the end of all workers.
    private var idleWaits: [CheckedContinuation<Void, Never>] = []
    private var waiters: [(condition: @Sendable (BatchState) -> Bool, continuation: CheckedContinuation<Void, Never>)] =
        []

    init(
        agent: NodeAgent, nodeQuota: Int, catalog: ApplicationCatalog = ApplicationCatalog(), timeSource: TimeSource,
        nodeTimes: EmulatedNodeTimes = EmulatedNodeTimes()
    ) {
        state = BatchState(nodeQuota: nodeQuota, catalog: catalog)
        self.agent = agent
        self.timeSource = timeSource
        self.nodeTimes = nodeTimes
    }

    /// Reads or changes the state, then does what follows from that.
    func perform<Result: Sendable>(_ body: @Sendable (inout BatchState, Date) throws -> Result) rethrows -> Result {
        defer { act() }
        return try body(&state, timeSource.now())
    }

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
    }

    private func endIdleWaits() {
        for wait in idleWaits { wait.resume() }
        idleWaits = []
    }

    private func act() {
        // What follows at once from an effect comes after the effects that were there before.
        guard !isActing else { return }
        isActing = true
        while true {
            let effects = state.takeEffects()
            if effects.isEmpty { break }
            if !isStopped { for effect in effects { act(on: effect) } }
        }
        isActing = false
        let ready = waiters.filter { $0.condition(state) }
        guard !ready.isEmpty else { return }
        waiters.removeAll { $0.condition(state) }
        for waiter in ready { waiter.continuation.resume() }
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
            perform { state, now in
                var outcome = TaskOutcome(failure: .endedByUser)
                outcome.wasStopped = true
                state.runEnded(key, outcome: outcome, now: now)
            }
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
        perform { state, now in state.nodeMounted(key, errors, now: now) }
    }

    private func restartNode(_ key: NodeKey, _ restart: NodeRestart) async {
        guard await pause(nodeTimes.time(of: restart)), node(key)?.isRestarting == true,
            node(key)?.state == restart.state
        else { return }
        let packages = node(key)?.packages ?? []
        do {
            try await agent.restart(pool: key.pool, node: key.node, restart, packages: packages)
            perform { state, now in state.nodeRestarted(key, now: now) }
        } catch {
            perform { state, now in state.nodeFailed(key, error as? TaskFailure, now: now) }
        }
        await removeLeftovers(of: key)
    }

    private func makeNode(_ key: NodeKey) async {
        guard await pause(nodeTimes.allocation), let node = node(key), node.state == .creating else { return }
        do {
            try await agent.makeNode(pool: key.pool, node: key.node, packages: node.packages)
            perform { state, now in state.nodeMade(key, now: now) }
        } catch {
            perform { state, now in state.nodeFailed(key, error as? TaskFailure, now: now) }
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
        perform { state, now in state.nodeGone(key, now: now) }
    }

    private func removeFiles(_ number: Int, _ path: String, of layout: NodeLayout) async {
        await agent.remove(path, of: layout)
        perform { state, now in state.filesRemoved(number, now: now) }
    }

    private func run(_ key: RunKey, _ execution: TaskExecution, _ assignment: TaskAssignment) async {
        perform { state, now in state.runStarted(key, now: now) }
        let outcome = await agent.inStep(assignment) {
            await execution.run {
                await self.perform { state, now in state.instanceCoordinated(key, now: now) }
            }
        }
        executions[key] = nil
        perform { state, now in state.runEnded(key, outcome: outcome, now: now) }
    }

    /// Not among the workers, since nothing is lost when it never comes.
    private func wake(after delay: Duration) {
        Task { [weak self, timeSource] in
            try? await timeSource.sleep(delay)
            await self?.perform { state, now in state.checkTimes(now: now) }
        }
    }

    /// Nor is this, for the same reason.
    private func measure(after delay: Duration) {
        Task { [weak self, timeSource] in
            try? await timeSource.sleep(delay)
            await self?.perform { state, now in state.measurePools(now: now) }
        }
    }
}

import AzureCore
import Foundation

/// What the state asks for is done, and what came of it is told.
extension BatchEngine {
    func act(on effects: [BatchEffect]) {
        guard !isStopped else { return }
        for effect in effects { act(on: effect) }
    }

    private func act(on effect: BatchEffect) {
        switch effect {
        case .makeNode(let key): work { await $0.makeNode(key) }
        case .removeNode(let key): work { await $0.removeNode(key) }
        case .mount(let key, let mounts): work { await $0.mount(key, mounts) }
        case .restartNode(let key, let restart): work { await $0.restartNode(key, restart) }
        case .run(let key, let assignment): admit(key, assignment)
        case .stop(let key): if waiting[key] == nil { executions[key]?.stop() } else { drop(key) }
        case .drop(let key): drop(key)
        case .proceed(let key): executions[key]?.proceed()
        case .removeFiles(let number, let node, let job, let task):
            let layout = agent.layout(pool: node.pool, node: node.node)
            let path = task.map { layout.task($0, job: job) } ?? layout.job(job)
            work { await $0.removeFiles(number, path, of: layout) }
        case .wake(let delay): wake(after: delay)
        case .measure(let delay): measure(after: delay)
        }
    }

    // MARK: Places for processes

    /// Has a run begin, or wait for a place if it needs one.
    private func admit(_ key: RunKey, _ assignment: TaskAssignment) {
        guard assignment.needsPlace else { return begin(key, assignment) }
        waiting[key] = assignment
        let part = assignment.instance.map { ProcessPlaces.Part(primary: $0.primary, count: $0.count) }
        begin(places.add(key, part))
        // As one that waits for its node: when it is to be ended, nothing has to be.
        if waiting[key] != nil { state.hold(key) }
    }

    /// Has runs begin that have got their places.
    private func begin(_ keys: [RunKey]) {
        for key in keys {
            guard let assignment = waiting.removeValue(forKey: key) else { continue }
            state.letGo(key)
            begin(key, assignment)
        }
    }

    private func begin(_ key: RunKey, _ assignment: TaskAssignment) {
        guard !isStopped else { return }
        let execution = agent.execution(of: assignment)
        executions[key] = execution
        work { await $0.run(key, execution, assignment) }
    }

    /// Reports the end of a run that has not begun. One that has got its place in the meantime is ended as any other.
    private func drop(_ key: RunKey) {
        if let execution = executions[key] { return execution.stop() }
        waiting[key] = nil
        begin(places.remove(key))
        // What follows from it comes after the effects that were there before.
        var outcome = TaskOutcome(failure: .endedByUser)
        outcome.wasStopped = true
        state.runEnded(key, outcome: outcome, now: timeSource.now())
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
        begin(places.remove(key))
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

import AzureCore
import Foundation

/// Holds the state of the service: each call is one transaction, and what follows from it is done once it is kept.
actor BatchEngine {
    var state: BatchState
    let agent: NodeAgent
    /// Where the state is kept beyond this process; nil where it is not.
    private let tables: (any BatchTables)?
    let timeSource: TimeSource
    let nodeTimes: EmulatedNodeTimes
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
    var pauses: [Int: Task<Void, any Error>] = [:]
    var lastPause = 0
    var executions: [RunKey: TaskExecution] = [:]
    /// Who may have processes.
    var places: ProcessPlaces
    /// The runs that wait for a place.
    var waiting: [RunKey: TaskAssignment] = [:]
    var workers: [Int: Task<Void, Never>] = [:]
    var lastWorker = 0
    var isStopped = false
    /// Who waits for the end of all workers.
    private var idleWaits: [CheckedContinuation<Void, Never>] = []
    private var waiters: [(condition: @Sendable (BatchState) -> Bool, continuation: CheckedContinuation<Void, Never>)] =
        []

    init(
        agent: NodeAgent, nodeQuota: Int, catalog: ApplicationCatalog = ApplicationCatalog(),
        tables: (any BatchTables)? = nil, timeSource: TimeSource, nodeTimes: EmulatedNodeTimes = EmulatedNodeTimes(),
        maxProcesses: Int = BatchEmulator.defaultMaxProcesses
    ) {
        places = ProcessPlaces(limit: maxProcesses)
        state = BatchState(nodeQuota: nodeQuota, catalog: catalog)
        self.agent = agent
        self.tables = tables
        self.timeSource = timeSource
        self.nodeTimes = nodeTimes
    }

    /// Goes on with what the tables have kept, before anything else is asked of the service.
    ///
    /// - Parameters:
    ///   - storage: The address of the linked storage account; nil when there is none.
    ///   - ownsNodes: Whether nobody but the emulator has put anything among the files of the nodes, so that what belongs to
    ///     no node or task any more is removed.
    /// - Throws: What reading throws.
    func restore(storage: String?, ownsNodes: Bool) async throws {
        guard let tables else { return }
        let kept = try await tables.load()
        change { state, now in state.restore(kept, storage: storage, now: now) }
        if ownsNodes { await removeLeftovers() }
        // What cannot be kept now is kept later, and acted on then.
        try? await settle()
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
            result = try change(body)
        } catch {
            try? await settle()
            throw error
        }
        try await settle()
        return result
    }

    /// Tells the state what has become of something. It is told again with what comes next when it cannot be kept.
    ///
    /// Once the engine has stopped nothing is told: what ends then ends because the machine does, and what goes on with the
    /// tables later goes on with that.
    func report(_ body: @Sendable (inout BatchState, Date) -> Void) async {
        guard !isStopped else { return }
        change(body)
        try? await settle()
    }

    /// Changes the state, and has what can start by then start: what has ended or gone may have stood in the way.
    private func change<Result>(_ body: (inout BatchState, Date) throws -> Result) rethrows -> Result {
        let now = timeSource.now()
        let result = try body(&state, now)
        state.schedule(now: now)
        return result
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
        await keeper?.value
        await tables?.close()
        for waiter in waiters { waiter.continuation.resume() }
        waiters = []
        followers.finish()
    }

    func endIdleWaits() {
        for wait in idleWaits { wait.resume() }
        idleWaits = []
    }

    // MARK: Transactions

    /// Keeps what has changed, and then does what follows from it.
    private func settle() async throws {
        guard tables != nil else { return settleAtOnce() }
        guard state.hasChanges || state.hasEffects else { return resumeWaiters() }
        try await keepAll()
    }

    /// Returns when all that has changed so far is kept.
    private func keepAll() async throws {
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
        try? await keepAll()
    }

    private func resumeWaiters() {
        let ready = waiters.filter { $0.condition(state) }
        guard !ready.isEmpty else { return }
        waiters.removeAll { $0.condition(state) }
        for waiter in ready { waiter.continuation.resume() }
    }
}

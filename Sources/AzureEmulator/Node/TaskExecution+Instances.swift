import AzureCore

/// What the parts of a multi-instance task wait for.
struct InstanceSignals: Sendable {
    enum Event: Sendable {
        /// The coordination command has ended well; what it left running goes on.
        case coordinated
        /// The coordination command, and what it left running, has ended.
        case ended(ProcessOutcome)
        /// All nodes are coordinated: the primary task runs the application. For a subtask: the application has ended.
        case proceed
    }

    let events: AsyncStream<Event>
    let send: AsyncStream<Event>.Continuation
    /// Open as long as what the coordination command left running is to go on.
    private let hold: AsyncStream<Void>
    private let release: AsyncStream<Void>.Continuation

    init() {
        (events, send) = AsyncStream.makeStream()
        (hold, release) = AsyncStream.makeStream()
    }

    /// Tells that coordination has ended well, and returns when what it left is to end, too.
    @Sendable func waitForRelease() async {
        send.yield(.coordinated)
        for await _ in hold {}
    }

    /// Lets what the coordination command left running be ended.
    func endHold() { release.finish() }
}

extension TaskExecution {
    /// Runs one part of a multi-instance task: the coordination command and then, on the primary node once all are
    /// coordinated, the application. What the coordination command left running lives until the application has ended.
    ///
    /// - Parameters:
    ///   - coordination: The coordination command, prepared to wait for ``InstanceSignals/waitForRelease()``.
    ///   - coordinated: Called when it has ended well.
    ///   - application: Runs the application; nil for a subtask.
    func runInstance(
        _ coordination: any PreparedProcess, coordinated: @Sendable () async -> Void,
        application: (@Sendable () async throws -> TaskOutcome)?
    ) async throws -> TaskOutcome {
        let signals = signals
        let run = Task { _ = signals.send.yield(.ended(await coordination.run())) }
        var result: TaskOutcome?
        for await event in signals.events {
            switch event {
            case .coordinated: await coordinated()
            case .proceed:
                do {
                    result = try await application?()
                } catch {
                    await end(run, coordination)
                    throw error
                }
                signals.endHold()
            case .ended(let outcome):
                return result ?? TaskOutcome(outcome)
            }
        }
        return result ?? TaskOutcome(.stopped)
    }

    private func end(_ run: Task<Void, Never>, _ coordination: any PreparedProcess) async {
        signals.endHold()
        coordination.stop()
        await run.value
    }
}

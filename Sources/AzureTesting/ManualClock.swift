public import AzureCore
import Synchronization

public import struct Foundation.Date

/// A clock that moves only when told, so that tests of delays and deadlines take no time and cannot be flaky.
///
/// ```swift
/// let clock = ManualClock()
/// let options = PipelineOptions(transport: transport, timeSource: clock.timeSource)
/// async let result = client.properties()
/// await clock.waitForSleepers(1)     // until the retry waits
/// clock.advance(by: .seconds(30))
/// ```
public final class ManualClock: Sendable {
    private struct Sleeper {
        let wakeUp: Duration
        /// Whether it waits for the end of a time limit, which nobody counts as sleeping.
        let isLimit: Bool
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Gate {
        let count: Int
        let countsLimits: Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var uptime: Duration = .zero
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var nextID = 0
        var sleeps: [Duration] = []
        var gates: [Gate] = []

        mutating func openGates() -> [Gate] {
            let (count, all) = (sleepers.values.count { !$0.isLimit }, sleepers.count)
            let open = gates.filter { $0.count <= ($0.countsLimits ? all : count) }
            gates.removeAll { $0.count <= ($0.countsLimits ? all : count) }
            return open
        }

        mutating func wakeUp() -> [Sleeper] {
            let due = sleepers.filter { $0.value.wakeUp <= uptime }
            for id in due.keys { sleepers[id] = nil }
            return due.values.sorted { $0.wakeUp < $1.wakeUp }
        }
    }

    private let state = Mutex(State())
    private let start: Date
    private let advancesBySleeping: Bool

    /// Creates a clock.
    ///
    /// - Parameters:
    ///   - date: The time of day at the start. The default is Friday, 2 January 2026, 03:04:05 UTC.
    ///   - advancesBySleeping: Whether a sleep moves the clock and returns at once, for tests that only want to see
    ///     which delays were chosen. The default is false.
    public init(date: Date = Date(timeIntervalSince1970: 1_767_323_045), advancesBySleeping: Bool = false) {
        start = date
        self.advancesBySleeping = advancesBySleeping
    }

    /// The clock in the form that clients take.
    public var timeSource: TimeSource {
        TimeSource(
            now: { self.start.addingTimeInterval(self.uptime / .seconds(1)) },
            uptime: { self.uptime },
            sleep: { try await self.sleep($0) },
            limit: { try await self.wait($0, isLimit: true) })
    }

    /// The time since the clock was made.
    public var uptime: Duration {
        state.withLock { $0.uptime }
    }

    /// All sleeps so far, in the order in which they began. The limits of calls are not among them.
    public var sleeps: [Duration] {
        state.withLock { $0.sleeps }
    }

    /// Moves the clock and wakes those whose time has come.
    public func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.uptime += duration
            return state.wakeUp()
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Returns as soon as at least so many tasks sleep on this clock. The limits of calls do not count.
    public func waitForSleepers(_ count: Int) async {
        await wait(for: count, countingLimits: false)
    }

    /// Returns as soon as at least so many tasks sleep on this clock or wait for the limit of a call.
    package func waitForSleepersAndLimits(_ count: Int) async {
        await wait(for: count, countingLimits: true)
    }

    private func wait(for count: Int, countingLimits: Bool) async {
        await withCheckedContinuation { continuation in
            let gates = state.withLock { state in
                state.gates.append(Gate(count: count, countsLimits: countingLimits, continuation: continuation))
                return state.openGates()
            }
            for gate in gates { gate.continuation.resume() }
        }
    }

    private func sleep(_ duration: Duration) async throws {
        try Task.checkCancellation()
        state.withLock { state in
            state.sleeps.append(duration)
            // What takes no time ends no limit of what goes on beside it; `advance(by:)` does.
            if advancesBySleeping { state.uptime += max(duration, .zero) }
        }
        if !advancesBySleeping { try await wait(duration, isLimit: false) }
    }

    /// Waits until the clock has moved so far.
    private func wait(_ duration: Duration, isLimit: Bool) async throws {
        try Task.checkCancellation()
        guard duration > .zero else { return }
        let id = state.withLock { state in
            defer { state.nextID += 1 }
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let (gates, isCancelled) = state.withLock { state in
                    guard state.cancelled.remove(id) == nil else { return ([Gate](), true) }
                    state.sleepers[id] = Sleeper(
                        wakeUp: state.uptime + duration, isLimit: isLimit, continuation: continuation)
                    return (state.openGates(), false)
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
                for gate in gates { gate.continuation.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                guard let sleeper = state.sleepers.removeValue(forKey: id) else {
                    state.cancelled.insert(id)
                    return nil
                }
                return sleeper
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}

import Foundation

/// A part of a multi-instance task that runs, or ran last: the primary task is the first of them, subtasks are the others.
struct TaskInstance: Sendable {
    enum State: String, Sendable {
        case preparing, running, completed
    }

    let node: NodeKey
    /// The run that is under way.
    var run: RunKey?
    /// Whether its coordination command has ended well.
    var isCoordinated = false
    private(set) var state = State.preparing
    private(set) var stateTime: Date
    private(set) var previous: (state: State, time: Date)?
    var startTime: Date?
    var endTime: Date?
    var outcome: TaskOutcome?

    init(node: NodeKey, run: RunKey, now: Date) {
        self.node = node
        self.run = run
        stateTime = now
    }

    /// A part as it was.
    init(
        node: NodeKey, run: RunKey?, isCoordinated: Bool, state: State, stateTime: Date,
        previous: (state: State, time: Date)?
    ) {
        self.node = node
        self.run = run
        self.isCoordinated = isCoordinated
        self.state = state
        self.stateTime = stateTime
        self.previous = previous
    }

    mutating func setState(_ state: State, now: Date) {
        guard self.state != state else { return }
        previous = (self.state, stateTime)
        self.state = state
        stateTime = now
    }
}

/// How a multi-instance task is to end, once all of its parts have.
struct InstancesEnd: Sendable {
    var outcome: TaskOutcome
    /// Why the part that ended first was being ended.
    var ending: RunEnding?
}

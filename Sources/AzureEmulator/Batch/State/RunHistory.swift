import Foundation

/// A run of a task that is over: where it was, and when.
struct TaskRun: Sendable, Hashable {
    /// How many of a task are kept. Each part of a multi-instance task counts.
    static let limit = 100

    let node: NodeKey
    /// The slots of the node that it had, from 0.
    let slots: [Int]
    /// When the node got it.
    let placed: Date
    /// When it began; nil when it was ended before.
    let start: Date?
    let end: Date
}

/// A resize of a pool.
struct PoolResize: Sendable, Hashable {
    /// How many of a pool are kept.
    static let limit = 100

    let start: Date
    /// When the pool was steady again, or the next resize began.
    var end: Date?
    let targetDedicated: Int
    let targetLowPriority: Int
    /// The codes of what kept it from its targets.
    var errors: [String] = []
}

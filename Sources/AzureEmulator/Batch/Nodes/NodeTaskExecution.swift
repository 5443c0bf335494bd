import struct Foundation.Date

/// A start, preparation or release task on a node, with all its tries.
struct NodeTaskExecution: Sendable {
    var isRunning = true
    var startTime: Date
    var endTime: Date?
    var retryCount = 0
    var lastRetryTime: Date?
    var outcome: TaskOutcome?

    /// Notes the end.
    mutating func end(_ outcome: TaskOutcome, now: Date) {
        isRunning = false
        endTime = now
        self.outcome = outcome
    }
}

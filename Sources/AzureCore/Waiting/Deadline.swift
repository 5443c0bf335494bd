/// Runs work that has to be done in time. What is under way when the time is up is cancelled.
///
/// - Parameters:
///   - deadline: How long the work may take; nil for as long as it takes.
///   - what: What is done, to complete "… took longer than" in an error.
///   - timeSource: The source of time.
///   - work: The work.
/// - Throws: What `work` throws, or an ``AzureError`` with ``AzureErrorCode/deadlineExceeded``. The last request may
///   have been done all the same.
package func withDeadline<Value: Sendable>(
    _ deadline: Duration?, for what: String, timeSource: TimeSource,
    _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    guard let deadline else { return try await work() }
    return try await withDeadline(
        deadline, waiting: timeSource.sleep,
        otherwise: AzureError(
            code: .deadlineExceeded,
            message: "\(what) took longer than \(deadline.formattedSeconds), its limit (deadline)."),
        work)
}

/// Runs work that has to be done in time, or throws another error.
///
/// - Parameters:
///   - deadline: How long the work may take.
///   - wait: Waits that long.
///   - failure: What is thrown when the time is up; it is not made before.
///   - work: The work.
package func withDeadline<Value: Sendable>(
    _ deadline: Duration, waiting wait: @escaping @Sendable (Duration) async throws -> Void,
    otherwise failure: @autoclosure () -> any Error, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        defer { group.cancelAll() }
        group.addTask { try await work() }
        group.addTask {
            try await wait(deadline)
            return nil
        }
        if let first = try await group.next(), let value = first { return value }
        throw failure()
    }
}

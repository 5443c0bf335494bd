/// Runs a call with a reader of its progress beside it.
enum Following {
    /// Runs `work` with `following` beside it, which receives what `work` notes.
    ///
    /// - Parameters:
    ///   - following: The reader; nil when nobody follows.
    ///   - limit: The number of steps that are kept for a slow reader, the newest ones.
    ///   - work: The call, with a function that notes a step.
    /// - Returns: The result of `work`, as soon as `following` has returned, too.
    static func run<Step: Sendable, Value>(
        _ following: (@Sendable (AsyncStream<Step>) async -> Void)?, keeping limit: Int,
        work: (_ note: (Step) -> Void) async throws -> Value
    ) async throws -> Value {
        guard let following else { return try await work { _ in } }
        let (steps, continuation) = AsyncStream.makeStream(of: Step.self, bufferingPolicy: .bufferingNewest(limit))
        async let end: Void = following(steps)
        let result: Result<Value, any Error>
        do {
            result = .success(try await work { continuation.yield($0) })
        } catch {
            result = .failure(error)
        }
        continuation.finish()
        await end
        return try result.get()
    }
}

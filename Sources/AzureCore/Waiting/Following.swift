/// Runs a call with a reader of its progress beside it.
package enum Following {
    /// Runs `work` with `following` beside it.
    ///
    /// - Parameters:
    ///   - following: The reader.
    ///   - steps: What it reads.
    ///   - finish: Ends the steps, so that the reader returns.
    ///   - work: The call.
    /// - Returns: The result of `work`, as soon as `following` has returned, too.
    package static func run<Steps: Sendable, Value>(
        _ following: @escaping @Sendable (Steps) async -> Void, reading steps: Steps, finish: () -> Void,
        work: () async throws -> Value
    ) async throws -> Value {
        async let end: Void = following(steps)
        let result: Result<Value, any Error>
        do {
            result = .success(try await work())
        } catch {
            result = .failure(error)
        }
        finish()
        await end
        return try result.get()
    }

    /// Runs `work` with `following` beside it, which receives what `work` notes.
    ///
    /// - Parameters:
    ///   - following: The reader; nil when nobody follows.
    ///   - limit: The number of steps that are kept for a slow reader, the newest ones.
    ///   - work: The call, with a function that notes a step.
    /// - Returns: The result of `work`, as soon as `following` has returned, too.
    package static func run<Step: Sendable, Value>(
        _ following: (@Sendable (AsyncStream<Step>) async -> Void)?, keeping limit: Int,
        work: (_ note: (Step) -> Void) async throws -> Value
    ) async throws -> Value {
        guard let following else { return try await work { _ in } }
        let (steps, continuation) = AsyncStream.makeStream(of: Step.self, bufferingPolicy: .bufferingNewest(limit))
        return try await run(following, reading: steps, finish: { continuation.finish() }) {
            try await work { continuation.yield($0) }
        }
    }
}

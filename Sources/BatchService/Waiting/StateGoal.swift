import AzureCore
import BatchModels

/// A wait for a state: the states that it is for, and those from which a resource never gets there.
struct StateGoal<State: BatchOpenEnum> {
    let resource: String
    let goals: [State]
    let deadEnds: [State]
    let code: AzureErrorCode

    /// Waits until a resource is in one of the states.
    ///
    /// - Parameters:
    ///   - options: The deadline and the interval of looks.
    ///   - clock: The source of time unless the options have one.
    ///   - look: One look at the resource and its state.
    func wait<Value: Sendable>(
        _ options: WaitOptions, by clock: TimeSource, look: () async throws -> (Value, State?)
    ) async throws -> Value {
        var last: State?
        return try await options.wait(
            for: "\(resource.lowercasedFirst) to be '\(goals[0].rawValue)'", by: clock,
            finding: { last.map { "At the last look it was '\($0.rawValue)'." } }
        ) {
            let (value, state) = try await look()
            last = state
            return try step(value, in: state)
        }
    }

    func step<Value: Sendable>(_ value: Value, in state: State?) throws -> WaitStep<Value> {
        guard let state else { return .pending }
        if goals.contains(state) { return .done(value) }
        guard deadEnds.contains(state) else { return .pending }
        let wanted = goals.map(\.rawValue).joined(separator: "' or '")
        throw AzureError(
            service: .batch, code: code, message: "\(resource) is '\(state)' and will not come to be '\(wanted)'.")
    }
}

extension String {
    /// The text as it stands within a sentence.
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}

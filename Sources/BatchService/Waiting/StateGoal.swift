import AzureCore
import BatchModels

/// The states that a wait is for, and those from which a resource never gets there.
struct StateGoal<State: BatchOpenEnum> {
    let resource: String
    let goals: [State]
    let deadEnds: [State]
    let code: AzureErrorCode

    func step<Value: Sendable>(_ value: Value, in state: State?) throws -> WaitStep<Value> {
        guard let state else { return .pending }
        if goals.contains(state) { return .done(value) }
        guard deadEnds.contains(state) else { return .pending }
        let wanted = goals.map(\.rawValue).joined(separator: "' or '")
        throw AzureError(
            service: .batch, code: code, message: "\(resource) is '\(state)' and will not come to be '\(wanted)'.")
    }
}

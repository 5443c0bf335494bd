/// The variables that a formula is evaluated for.
enum AutoscaleTarget: String, Sendable, Hashable {
    case dedicated = "$TargetDedicatedNodes"
    case lowPriority = "$TargetLowPriorityNodes"
    case deallocationOption = "$NodeDeallocationOption"
    case dedicatedAlias = "$TargetDedicated"
    case lowPriorityAlias = "$TargetLowPriority"

    /// The other name of the same number, which counts as long as the formula does not assign this one.
    var other: AutoscaleTarget {
        switch self {
        case .dedicated: .dedicatedAlias
        case .lowPriority: .lowPriorityAlias
        case .deallocationOption: .deallocationOption
        case .dedicatedAlias: .dedicated
        case .lowPriorityAlias: .lowPriority
        }
    }
}

extension AutoscaleEvaluator {
    static let taskSlotsPerNode = "$TaskSlotsPerNode"
    static let currentDedicated = "$CurrentDedicated"
    /// Variables of the service that are neither measured nor assigned.
    static let readOnly: Set<String> = [taskSlotsPerNode, currentDedicated]

    func load(_ name: String, at place: AutoscalePosition) throws(AutoscaleError) -> AutoscaleValue {
        if let variable = variables[name] { return variable.value }
        if let target = AutoscaleTarget(rawValue: name) { return value(of: target) }
        if let constant = AutoscaleValue.constants[name] { return constant }
        if let metric = AutoscaleMetric(rawValue: name) {
            guard let count = count(of: metric) else {
                throw .evaluation(place, "The variable has samples and no value of its own: \(name)")
            }
            return .number(Double(count))
        }
        switch (name, environment.names) {
        case (Self.taskSlotsPerNode, _): return .number(Double(environment.taskSlotsPerNode))
        case (Self.currentDedicated, .dedicatedOnly): return .number(Double(environment.current.dedicatedNodes))
        default: throw .evaluation(place, "Undefined symbol: \(name)")
        }
    }

    /// The number of nodes that a variable has without one of its methods.
    private func count(of metric: AutoscaleMetric) -> Int? {
        switch metric {
        case .currentDedicatedNodes, .currentLowPriorityNodes, .preemptedNodeCount, .usableNodeCount:
            metric.value(in: environment.current)
        default: nil
        }
    }

    private func value(of target: AutoscaleTarget) -> AutoscaleValue {
        if let variable = variables[target.rawValue] ?? variables[target.other.rawValue] { return variable.value }
        switch target {
        case .dedicated, .dedicatedAlias: return .number(Double(environment.targetDedicated))
        case .lowPriority, .lowPriorityAlias: return .number(Double(environment.targetLowPriority))
        case .deallocationOption: return .removal(.requeue)
        }
    }
}

extension AutoscaleEvaluator {
    /// What came of a run to the end.
    ///
    /// - Throws: An ``AutoscaleError`` when a target is no number of nodes.
    func evaluation() throws(AutoscaleError) -> AutoscaleEvaluation {
        evaluation(
            dedicated: try nodes(of: .dedicated), lowPriority: try nodes(of: .lowPriority), removal: removal, nil)
    }

    /// What came of a run that failed. Targets that are no number of nodes are shown as those of the pool.
    func evaluation(of error: AutoscaleError) -> AutoscaleEvaluation {
        evaluation(
            dedicated: (try? nodes(of: .dedicated)) ?? environment.targetDedicated,
            lowPriority: (try? nodes(of: .lowPriority)) ?? environment.targetLowPriority, removal: removal, error)
    }

    private func evaluation(
        dedicated: Int, lowPriority: Int, removal: NodeRemoval, _ error: AutoscaleError?
    ) -> AutoscaleEvaluation {
        var results =
            switch environment.names {
            case .current:
                ["\(AutoscaleTarget.dedicated.rawValue)=\(dedicated)", "$TargetLowPriorityNodes=\(lowPriority)"]
            case .dedicatedOnly: ["\(AutoscaleTarget.dedicatedAlias.rawValue)=\(dedicated)"]
            }
        results.append("\(AutoscaleTarget.deallocationOption.rawValue)=\(removal.rawValue)")
        let own = variables.filter { AutoscaleTarget(rawValue: $0.key) == nil }
        // By bytes, so that names with a dollar sign come first.
        for (name, variable) in own.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            results.append("\(name)=\(AutoscaleText.value(variable.value))")
        }
        return AutoscaleEvaluation(
            targetDedicated: dedicated, targetLowPriority: lowPriority, removal: removal,
            results: results.joined(separator: ";"), error: error)
    }

    private var removal: NodeRemoval {
        guard case .removal(let removal) = value(of: .deallocationOption) else { return .requeue }
        return removal
    }

    /// A target as a number of nodes. A fraction of a node is none.
    private func nodes(of target: AutoscaleTarget) throws(AutoscaleError) -> Int {
        guard case .number(let number) = value(of: target) else { return 0 }
        guard let nodes = Int32(exactly: number.rounded(.towardZero)), nodes >= 0 else {
            let position = (variables[target.rawValue] ?? variables[target.other.rawValue])?.position
            throw AutoscaleError(
                .evaluation, at: position, "No number of nodes: \(target.rawValue) = \(AutoscaleText.number(number))")
        }
        return Int(nodes)
    }
}

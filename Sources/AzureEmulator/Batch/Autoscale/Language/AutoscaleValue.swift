/// A value of the language.
enum AutoscaleValue: Sendable, Hashable {
    case number(Double)
    case vector([Double])
    case text(String)
    case time(AutoscaleTime)
    /// In units of 100 nanoseconds.
    case interval(Int64)
    /// A node deallocation option.
    case removal(NodeRemoval)

    /// The name of its type.
    var type: String {
        switch self {
        case .number: "double"
        case .vector: "doubleVec"
        case .text: "string"
        case .time: "timestamp"
        case .interval: "timeinterval"
        case .removal: "nodeDeallocationOption"
        }
    }

    /// How many numbers it has, for what an operation costs.
    var size: Int {
        guard case .vector(let values) = self else { return 1 }
        return values.count
    }
}

extension AutoscaleValue {
    /// The names that stand for a value in every formula.
    static let constants: [String: AutoscaleValue] = {
        let second = AutoscaleTime.ticksPerSecond
        let intervals: [String: Int64] = [
            "Zero": 0, "100ns": 1, "Microsecond": 10, "Millisecond": 10_000, "Second": second, "Minute": 60 * second,
            "Hour": 3600 * second, "Day": 86_400 * second, "Week": 7 * 86_400 * second,
            "Year": 365 * 86_400 * second,
        ]
        var constants: [String: AutoscaleValue] = [:]
        for (name, ticks) in intervals { constants["TimeInterval_" + name] = .interval(ticks) }
        for removal in [NodeRemoval.requeue, .terminate, .taskCompletion, .retainedData] {
            constants[removal.rawValue] = .removal(removal)
        }
        return constants
    }()
}

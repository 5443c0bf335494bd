extension AutoscaleValue {
    /// What an operator makes of two values; nil when it does not take them.
    ///
    /// - Throws: An ``AutoscaleError`` when the result is out of range.
    static func operate(
        _ symbol: AutoscaleOperator, _ left: AutoscaleValue, _ right: AutoscaleValue, at place: AutoscalePosition
    ) throws(AutoscaleError) -> AutoscaleValue? {
        switch (left, right) {
        case (.number(let left), .number(let right)):
            return arithmetic(symbol, left, right).map { .number($0) } ?? comparison(symbol, left, right)
        case (.vector(let left), .number(let right)):
            return vector(symbol, left) { _ in right }
        case (.vector(let left), .vector(let right)):
            guard left.count == right.count else {
                throw AutoscaleError.evaluation(
                    place, "Vectors of different length: \(left.count) and \(right.count)")
            }
            return vector(symbol, left) { right[$0] }
        case (.text(let left), .text(let right)): return comparison(symbol, left, right)
        default: return try temporal(symbol, left, right, at: place)
        }
    }

    /// Operators on times and intervals.
    private static func temporal(
        _ symbol: AutoscaleOperator, _ left: AutoscaleValue, _ right: AutoscaleValue, at place: AutoscalePosition
    ) throws(AutoscaleError) -> AutoscaleValue? {
        switch (left, symbol, right) {
        case (.number(let factor), .times, .interval(let ticks)), (.interval(let ticks), .times, .number(let factor)):
            return try interval(Double(ticks) * factor, at: place)
        case (.interval(let ticks), .over, .number(let divisor)):
            return try interval(Double(ticks) / divisor, at: place)
        case (.interval(let left), .plus, .interval(let right)):
            return try interval(left.addingReportingOverflow(right), at: place)
        case (.interval(let left), .minus, .interval(let right)):
            return try interval(left.subtractingReportingOverflow(right), at: place)
        case (.interval(let ticks), .plus, .time(let time)), (.time(let time), .plus, .interval(let ticks)):
            guard let sum = time.advanced(by: ticks) else {
                throw AutoscaleError.evaluation(place, "The timestamp is out of range")
            }
            return .time(sum)
        case (.time(let left), .minus, .time(let right)):
            return try interval(left.ticks.subtractingReportingOverflow(right.ticks), at: place)
        case (.interval(let left), _, .interval(let right)): return comparison(symbol, left, right)
        case (.time(let left), _, .time(let right)): return comparison(symbol, left, right)
        default: return nil
        }
    }

    private static func interval(_ ticks: Double, at place: AutoscalePosition) throws(AutoscaleError) -> AutoscaleValue
    {
        guard let whole = Int64(exactly: ticks.rounded()) else {
            throw AutoscaleError.evaluation(place, "The timeinterval is out of range")
        }
        return .interval(whole)
    }

    private static func interval(
        _ ticks: (partialValue: Int64, overflow: Bool), at place: AutoscalePosition
    ) throws(AutoscaleError) -> AutoscaleValue {
        guard !ticks.overflow else { throw AutoscaleError.evaluation(place, "The timeinterval is out of range") }
        return .interval(ticks.partialValue)
    }

    private static func vector(
        _ symbol: AutoscaleOperator, _ left: [Double], _ right: (Int) -> Double
    ) -> AutoscaleValue? {
        // Whether the operator takes vectors does not depend on what is in them.
        guard arithmetic(symbol, 1, 1) != nil else { return nil }
        return .vector(left.indices.map { arithmetic(symbol, left[$0], right($0)) ?? .nan })
    }

    private static func arithmetic(_ symbol: AutoscaleOperator, _ left: Double, _ right: Double) -> Double? {
        switch symbol {
        case .plus: left + right
        case .minus: left - right
        case .times: left * right
        case .over: left / right
        default: nil
        }
    }

    /// 1 or 0.
    private static func comparison<Value: Comparable>(
        _ symbol: AutoscaleOperator, _ left: Value, _ right: Value
    ) -> AutoscaleValue? {
        let isTrue: Bool? =
            switch symbol {
            case .less: left < right
            case .lessOrEqual: left <= right
            case .equal: left == right
            case .greaterOrEqual: left >= right
            case .greater: left > right
            case .notEqual: left != right
            default: nil
            }
        return isTrue.map { .number($0 ? 1 : 0) }
    }

    /// The value with the other sign; nil for what has none.
    var negated: AutoscaleValue? {
        switch self {
        case .number(let number): .number(-number)
        case .interval(let ticks): ticks == .min ? nil : .interval(-ticks)
        default: nil
        }
    }
}

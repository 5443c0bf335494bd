import Foundation

/// The functions of the language.
enum AutoscaleFunction: String, Sendable, Hashable, CaseIterable {
    case avg, ceil, floor, len, lg, ln, log, max, min, norm, percentile, rand, range, round, std, stop, sum, time
    case val, vec
}

extension AutoscaleFunction {
    /// What a function of numbers makes of its arguments; nil for the functions that need more than those.
    ///
    /// - Throws: An ``AutoscaleError`` when it does not take them.
    func apply(
        to arguments: [AutoscaleValue], at place: AutoscalePosition
    ) throws(AutoscaleError) -> AutoscaleValue? {
        switch self {
        case .avg, .len, .max, .min, .norm, .range, .std, .sum:
            return .number(try reduce(try Self.list(arguments, of: self, at: place), at: place))
        case .vec: return .vector(try Self.list(arguments, of: self, at: place))
        case .ceil, .floor, .lg, .ln, .log, .round:
            if arguments.count == 1, case .number(let number) = arguments[0] { return .number(map(number)) }
            return .vector(try Self.list(arguments, of: self, at: place).map(map))
        case .percentile, .val:
            guard arguments.count == 2, case .vector(let values) = arguments[0], case .number(let number) = arguments[1]
            else { throw wrongArguments(arguments, at: place) }
            return .number(try element(of: values, number, at: place))
        case .rand, .stop, .time: return nil
        }
    }

    func wrongArguments(_ arguments: [AutoscaleValue], at place: AutoscalePosition) -> AutoscaleError {
        let types = arguments.map(\.type).joined(separator: ", ")
        return .evaluation(place, "Incorrect arguments: \(rawValue)(\(types))")
    }

    /// Numbers and vectors in a row, as one vector.
    private static func list(
        _ arguments: [AutoscaleValue], of function: AutoscaleFunction, at place: AutoscalePosition
    ) throws(AutoscaleError) -> [Double] {
        var list: [Double] = []
        for argument in arguments {
            switch argument {
            case .number(let number): list.append(number)
            case .vector(let values): list += values
            default: throw function.wrongArguments(arguments, at: place)
            }
        }
        return list
    }

    private func reduce(_ values: [Double], at place: AutoscalePosition) throws(AutoscaleError) -> Double {
        let sum = values.reduce(0, +)
        let count = Double(values.count)
        switch self {
        case .len: return count
        case .sum: return sum
        case .norm: return values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        default: break
        }
        guard let least = values.min(), let most = values.max() else {
            throw .evaluation(place, "No values: \(rawValue)()")
        }
        switch self {
        case .avg: return sum / count
        case .max: return most
        case .min: return least
        case .range: return most - least
        default:
            // One value does not deviate.
            guard values.count > 1 else { return 0 }
            let mean = sum / count
            return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot()
        }
    }

    private func map(_ value: Double) -> Double {
        switch self {
        case .ceil: value.rounded(.up)
        case .floor: value.rounded(.down)
        case .lg: Foundation.log2(value)
        case .ln: Foundation.log(value)
        case .log: Foundation.log10(value)
        default: value.rounded(.toNearestOrAwayFromZero)
        }
    }

    /// The element at a place, or the least one that so many percent of all are not above.
    private func element(
        of values: [Double], _ number: Double, at place: AutoscalePosition
    ) throws(AutoscaleError) -> Double {
        guard self == .percentile else {
            guard let index = Int(exactly: number.rounded(.towardZero)), values.indices.contains(index) else {
                throw .evaluation(
                    place, "Index out of range: \(AutoscaleText.number(number)) of \(values.count)")
            }
            return values[index]
        }
        guard (0...100).contains(number), !values.isEmpty else {
            throw .evaluation(
                place, "Percentile out of range: \(AutoscaleText.number(number)) of \(values.count)")
        }
        let rank = (number / 100 * Double(values.count)).rounded(.up)
        return values.sorted()[Int(Swift.max(rank, 1)) - 1]
    }
}

extension AutoscaleEvaluator {
    /// The percentage of samples that must be there unless the formula says another.
    static let defaultPercentage = 10.0

    /// Calls a method of a variable of the service.
    func call(
        _ method: String, of variable: String, _ arguments: [AutoscaleValue], at place: AutoscalePosition
    ) throws(AutoscaleError) -> AutoscaleValue {
        guard let metric = AutoscaleMetric(rawValue: variable) else {
            throw .evaluation(place, "No such method: \(variable).\(method)()")
        }
        switch (method, arguments.count) {
        case ("GetSample", 1...3): return try samples(of: metric, arguments, at: place)
        case ("GetSamplePercent", 1...2):
            guard let first = time(arguments[0]), let last = arguments.count == 1 ? environment.now : time(arguments[1])
            else { throw wrongArguments(method, arguments, at: place) }
            return .number(values(of: metric, between: first, and: last).percentage)
        case ("GetSamplePeriod", 0): return .interval(AutoscaleHistory.period)
        case ("Count", 0): return .number(metric.isRetired ? 0 : Double(environment.history.samples.count))
        case ("HistoryBeginTime", 0):
            guard !metric.isRetired, let first = environment.history.samples.first else {
                throw insufficient(metric, wanted: 100, received: 0, at: place)
            }
            return .time(first.time)
        default: throw wrongArguments(method, arguments, at: place)
        }
    }

    /// `GetSample(count)`, `GetSample(start[, percentage])` and `GetSample(start, end[, percentage])`.
    private func samples(
        of metric: AutoscaleMetric, _ arguments: [AutoscaleValue], at place: AutoscalePosition
    ) throws(AutoscaleError) -> AutoscaleValue {
        if arguments.count == 1, case .number(let count) = arguments[0] {
            return .vector(try latest(count, of: metric, at: place))
        }
        var rest = arguments[...]
        var wanted = Self.defaultPercentage
        if case .number(let percentage)? = rest.last {
            wanted = percentage
            rest.removeLast()
        }
        guard let first = rest.first.flatMap(time), rest.count <= 2,
            let last = rest.count == 1 ? environment.now : time(rest[1])
        else { throw wrongArguments("GetSample", arguments, at: place) }
        let (values, received) = values(of: metric, between: first, and: last)
        guard received >= wanted else { throw insufficient(metric, wanted: wanted, received: received, at: place) }
        return .vector(values)
    }

    /// The samples that were taken last; fewer when there are not as many.
    private func latest(
        _ count: Double, of metric: AutoscaleMetric, at place: AutoscalePosition
    ) throws(AutoscaleError) -> [Double] {
        guard count >= 1 else {
            throw .evaluation(place, "No number of samples: \(AutoscaleText.number(count))")
        }
        // No more are kept than the limit says.
        let most = Int(min(count, Double(AutoscaleHistory.limit)))
        return environment.history.samples.suffix(most).compactMap { metric.value(in: $0.values).map(Double.init) }
    }

    /// The samples between two moments, whichever is the earlier.
    private func values(
        of metric: AutoscaleMetric, between first: AutoscaleTime, and last: AutoscaleTime
    ) -> (values: [Double], percentage: Double) {
        let (samples, percentage) = environment.history.samples(after: min(first, last), upTo: max(first, last))
        let values = samples.compactMap { metric.value(in: $0.values).map(Double.init) }
        return (values, values.isEmpty ? 0 : percentage)
    }

    /// A moment, or the one that lies an interval before now; one before the year 1 is that year's beginning.
    private func time(_ value: AutoscaleValue) -> AutoscaleTime? {
        switch value {
        case .time(let time): time
        case .interval(let ticks):
            environment.now.advanced(by: ticks == .min ? .max : -ticks) ?? (ticks < 0 ? .latest : .earliest)
        default: nil
        }
    }

    private func insufficient(
        _ metric: AutoscaleMetric, wanted: Double, received: Double, at place: AutoscalePosition
    ) -> AutoscaleError {
        AutoscaleError(
            .insufficientSamples, at: place,
            "Insufficient data from data set: \(metric.rawValue) wanted \(AutoscaleText.number(wanted))%, "
                + "received \(AutoscaleText.number(received.rounded(.down)))%")
    }

    private func wrongArguments(
        _ method: String, _ arguments: [AutoscaleValue], at place: AutoscalePosition
    ) -> AutoscaleError {
        let types = arguments.map(\.type).joined(separator: ", ")
        return .evaluation(place, "Incorrect arguments: \(method)(\(types))")
    }
}

/// Durations as the service writes them: `P7D`, `PT15M`, `PT1.5S`.
enum BatchDuration {
    /// The longest duration, which stands for no limit.
    static let unlimited = "P10675199DT2H48M5.4775807S"
    /// How long a task's files are kept unless told otherwise.
    static let week = "P7D"

    /// Reads a duration of weeks, days, hours, minutes and seconds; nil when the text is none.
    static func parse(_ text: some StringProtocol) -> Duration? {
        var rest = text[...]
        let isNegative = rest.hasPrefix("-")
        if isNegative { rest.removeFirst() }
        guard rest.hasPrefix("P") else { return nil }
        rest.removeFirst()
        let days = rest.prefix { $0 != "T" }
        let clock = rest[days.endIndex...]
        guard let dayPart = parts(days, units: [("W", 604_800), ("D", 86_400)]),
            let clockPart = parts(clock.dropFirst(), units: [("H", 3600), ("M", 60), ("S", 1)]),
            dayPart.count + clockPart.count > 0, clock.isEmpty || clockPart.count > 0
        else { return nil }
        let sum = (dayPart + clockPart).reduce(Duration.zero, +)
        return isNegative ? .zero - sum : sum
    }

    /// Numbers with their units, which come in order.
    private static func parts(_ text: some StringProtocol, units: [(Character, Int64)]) -> [Duration]? {
        var result: [Duration] = []
        var units = units[...]
        var rest = text[...]
        while !rest.isEmpty {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard let unit = rest[number.endIndex...].first, let index = units.firstIndex(where: { $0.0 == unit }),
                let value = duration(number, seconds: units[index].1)
            else { return nil }
            result.append(value)
            units = units[(index + 1)...]
            rest = rest[number.endIndex...].dropFirst()
        }
        return result
    }

    private static func duration(_ number: some StringProtocol, seconds: Int64) -> Duration? {
        let pieces = number.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = pieces.first.flatMap({ Int64($0) }), whole <= 1_000_000_000_000 / seconds else { return nil }
        var result = Duration.seconds(whole * seconds)
        guard pieces.count > 1 else { return result }
        guard pieces.count == 2, seconds == 1, !pieces[1].isEmpty, pieces[1].count <= 18,
            let fraction = Int64(pieces[1] + String(repeating: "0", count: 18 - pieces[1].count))
        else { return nil }
        result += Duration(secondsComponent: 0, attosecondsComponent: fraction)
        return result
    }
}

/// Durations as the service writes them: `P7D`, `PT15M`, `PT1.5S`.
enum BatchDuration {
    /// The longest duration, which stands for no limit.
    static let unlimited = "P10675199DT2H48M5.4775807S"
    /// How long a task's files are kept unless told otherwise.
    static let week = "P7D"

    /// A part of a duration: its letter, how many seconds it has, and how many more twelve of them have.
    private typealias Unit = (letter: Character, seconds: Int64, extra: Int64)

    private static let dateUnits: [Unit] = [
        ("Y", 365 * 86_400, 0), ("M", 30 * 86_400, 5 * 86_400), ("W", 604_800, 0), ("D", 86_400, 0),
    ]
    private static let clockUnits: [Unit] = [("H", 3600, 0), ("M", 60, 0), ("S", 1, 0)]

    /// Reads a duration; nil when the text is none.
    ///
    /// As for .NET, in which the service is written, a year and twelve months have 365 days, and any other month has 30.
    static func parse(_ text: some StringProtocol) -> Duration? {
        var rest = text[...]
        let isNegative = rest.hasPrefix("-")
        if isNegative { rest.removeFirst() }
        guard rest.hasPrefix("P") else { return nil }
        rest.removeFirst()
        let days = rest.prefix { $0 != "T" }
        let clock = rest[days.endIndex...]
        guard let dayPart = parts(days, units: dateUnits),
            let clockPart = parts(clock.dropFirst(), units: clockUnits),
            dayPart.count + clockPart.count > 0, clock.isEmpty || clockPart.count > 0
        else { return nil }
        let sum = (dayPart + clockPart).reduce(Duration.zero, +)
        return isNegative ? .zero - sum : sum
    }

    /// Writes a duration that is not negative, in days, hours, minutes and seconds with up to seven digits behind the point.
    static func format(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        func part(_ number: Int64, _ unit: String) -> String { number == 0 ? "" : "\(number)\(unit)" }
        let ticks = String(attoseconds / 100_000_000_000)
        var fraction = String(repeating: "0", count: max(0, 7 - ticks.count)) + ticks
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let end = fraction.isEmpty ? part(seconds % 60, "S") : "\(seconds % 60).\(fraction)S"
        let clock = part(seconds / 3600 % 24, "H") + part(seconds / 60 % 60, "M") + end
        let days = part(seconds / 86_400, "D")
        return days.isEmpty && clock.isEmpty ? "PT0S" : "P" + days + (clock.isEmpty ? "" : "T" + clock)
    }

    /// A duration as the service writes it, however a client did: `PT1H` for `PT60M`. Negative ones stay as they are.
    static func normal(_ text: String) -> String? {
        parse(text).map { $0 < .zero ? text : format($0) }
    }

    /// Numbers with their units, which come in order.
    private static func parts(_ text: some StringProtocol, units: [Unit]) -> [Duration]? {
        var result: [Duration] = []
        var units = units[...]
        var rest = text[...]
        while !rest.isEmpty {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard let unit = rest[number.endIndex...].first, let index = units.firstIndex(where: { $0.letter == unit }),
                let value = duration(number, units[index])
            else { return nil }
            result.append(value)
            units = units[(index + 1)...]
            rest = rest[number.endIndex...].dropFirst()
        }
        return result
    }

    private static func duration(_ number: some StringProtocol, _ unit: Unit) -> Duration? {
        let pieces = number.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = pieces.first.flatMap({ Int64($0) }), whole <= 1_000_000_000_000 / unit.seconds else {
            return nil
        }
        var result = Duration.seconds(whole * unit.seconds + whole / 12 * unit.extra)
        guard pieces.count > 1 else { return result }
        guard pieces.count == 2, unit.seconds == 1, !pieces[1].isEmpty, pieces[1].count <= 18,
            let fraction = Int64(pieces[1] + String(repeating: "0", count: 18 - pieces[1].count))
        else { return nil }
        result += Duration(secondsComponent: 0, attosecondsComponent: fraction)
        return result
    }
}

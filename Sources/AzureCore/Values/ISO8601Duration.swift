/// Durations as JSON bodies have them: `PT30S`, `P1DT2H`, `P10675199DT2H48M5.4775807S`.
///
/// Days count 24 hours. Years and months, which have no fixed length, are not accepted.
public enum ISO8601Duration {
    /// Writes a duration; zero is `PT0S`.
    ///
    /// Fractions of a second are written to the 100 nanoseconds that the services know; the rest is dropped.
    public static func format(_ duration: Duration) -> String {
        let (whole, attoseconds) = duration.components
        let seconds = whole.magnitude
        let ticks = Int(attoseconds.magnitude / 100_000_000_000)
        guard seconds > 0 || ticks > 0 else { return "PT0S" }
        let days = seconds / 86_400
        let (hours, minutes, rest) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60)
        var time = ""
        if hours > 0 { time += "\(hours)H" }
        if minutes > 0 { time += "\(minutes)M" }
        if rest > 0 || ticks > 0 { time += "\(rest)\(ticks.asDecimals)S" }
        let date = days > 0 ? "\(days)D" : ""
        return "\(duration < .zero ? "-" : "")P\(date)\(time.isEmpty ? "" : "T\(time)")"
    }

    /// Reads a duration, or returns nil when the text is none or does not fit.
    public static func parse(_ text: some StringProtocol) -> Duration? {
        var scanner = Scanner(rest: text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }[...])
        let isNegative = scanner.skip("-")
        guard scanner.skip("p") else { return nil }
        var total = Duration.zero
        var parts = 0
        func add(_ units: [(letter: Character, seconds: Int64)]) -> Bool {
            for unit in units {
                guard let number = scanner.number(before: unit.letter) else { continue }
                guard number.attoseconds == 0 || unit.letter == "s" else { return false }
                let (seconds, overflow) = number.whole.multipliedReportingOverflow(by: unit.seconds)
                let (sum, sumOverflow) = seconds.addingReportingOverflow(total.components.seconds)
                guard !overflow, !sumOverflow else { return false }
                total = Duration(secondsComponent: sum, attosecondsComponent: number.attoseconds)
                parts += 1
            }
            return true
        }
        guard add([("w", 604_800), ("d", 86_400)]) else { return nil }
        if scanner.skip("t") {
            let before = parts
            guard add([("h", 3600), ("m", 60), ("s", 1)]), parts > before else { return nil }
        }
        guard parts > 0, scanner.rest.isEmpty else { return nil }
        return isNegative ? .zero - total : total
    }

    /// Reads from the front of a text, which is in lower case.
    private struct Scanner {
        var rest: ArraySlice<UInt8>

        mutating func skip(_ character: Character) -> Bool {
            guard rest.first == character.asciiValue else { return false }
            rest.removeFirst()
            return true
        }

        /// A number that has this letter behind it; otherwise nothing is taken.
        mutating func number(before letter: Character) -> (whole: Int64, attoseconds: Int64)? {
            let isDigit: (UInt8) -> Bool = { (48...57).contains($0) }
            let whole = rest.prefix(while: isDigit)
            var behind = rest[whole.endIndex...]
            var fraction: ArraySlice<UInt8> = []
            if let point = behind.first, point == UInt8(ascii: ".") || point == UInt8(ascii: ",") {
                fraction = behind.dropFirst().prefix(while: isDigit)
                guard !fraction.isEmpty else { return nil }
                behind = rest[fraction.endIndex...]
            }
            guard behind.first == letter.asciiValue, !whole.isEmpty || !fraction.isEmpty,
                let value = whole.isEmpty ? 0 : Int64(String(decoding: whole, as: UTF8.self))
            else { return nil }
            let digits = fraction.prefix(18) + Array(repeating: 48, count: max(0, 18 - fraction.count))
            rest = behind.dropFirst()
            return (value, fraction.isEmpty ? 0 : Int64(String(decoding: digits, as: UTF8.self)) ?? 0)
        }
    }
}

extension Int {
    /// A number of 100 nanoseconds as the decimals of a second: `.5`, `.4775807`; nothing for 0.
    var asDecimals: String {
        guard self > 0 else { return "" }
        var digits = padded(7)
        while digits.hasSuffix("0") { digits.removeLast() }
        return ".\(digits)"
    }
}

/// Durations as JSON bodies have them: `PT30S`, `P1DT2H`, `P10675199DT2H48M5.4775807S`.
///
/// Days count 24 hours. Years and months, which have no fixed length, are read as .NET reads them, in which the Batch
/// service is written: a year has 365 days, as have twelve months, and any other month has 30. They are not written.
public enum ISO8601Duration {
    /// Writes a duration; zero is `PT0S`.
    ///
    /// Fractions of a second are written to the 100 nanoseconds that the services know; the rest is dropped.
    public static func format(_ duration: Duration) -> String {
        let (whole, attoseconds) = duration.boundedComponents
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
        var total = Total()
        guard total.add([.years, .months, .weeks, .days], from: &scanner) else { return nil }
        if scanner.skip("t") {
            let before = total.parts
            guard total.add([.hours, .minutes, .seconds], from: &scanner), total.parts > before else { return nil }
        }
        guard total.parts > 0, scanner.rest.isEmpty else { return nil }
        return isNegative ? .zero - total.duration : total.duration
    }

    /// A part of a duration.
    private struct Unit {
        let letter: Character
        /// So many of them in seconds; nil when they do not fit.
        let seconds: @Sendable (Int64) -> Int64?

        static let years = Unit(letter: "y") { times($0, 365 * 86_400) }
        static let months = Unit(letter: "m") { count in
            times(count / 12, 365 * 86_400).flatMap { years in
                let (sum, isTooMuch) = years.addingReportingOverflow(count % 12 * 30 * 86_400)
                return isTooMuch ? nil : sum
            }
        }
        static let weeks = Unit(letter: "w") { times($0, 604_800) }
        static let days = Unit(letter: "d") { times($0, 86_400) }
        static let hours = Unit(letter: "h") { times($0, 3600) }
        static let minutes = Unit(letter: "m") { times($0, 60) }
        static let seconds = Unit(letter: "s") { $0 }

        private static func times(_ count: Int64, _ seconds: Int64) -> Int64? {
            let (product, isTooMuch) = count.multipliedReportingOverflow(by: seconds)
            return isTooMuch ? nil : product
        }
    }

    /// The sum of the parts that were read.
    private struct Total {
        private(set) var duration = Duration.zero
        private(set) var parts = 0

        /// Adds the parts that there are, in their order; false when one does not fit.
        mutating func add(_ units: [Unit], from scanner: inout Scanner) -> Bool {
            for unit in units {
                guard let number = scanner.number(before: unit.letter) else { continue }
                guard number.attoseconds == 0 || unit.letter == "s", let seconds = unit.seconds(number.whole) else {
                    return false
                }
                let (sum, isTooMuch) = seconds.addingReportingOverflow(duration.components.seconds)
                guard !isTooMuch else { return false }
                duration = Duration(secondsComponent: sum, attosecondsComponent: number.attoseconds)
                parts += 1
            }
            return true
        }
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

extension Duration {
    /// The whole number of seconds that this is; nil where it is none, or where it does not fit into 64 bits.
    package var wholeSeconds: Int64? {
        let (seconds, attoseconds) = boundedComponents
        return attoseconds == 0 && self == .seconds(seconds) ? seconds : nil
    }

    /// Seconds and what is left of one. `components` ends the process where the seconds do not fit into 64 bits; here
    /// they are the nearest that do.
    package var boundedComponents: (seconds: Int64, attoseconds: Int64) {
        if self >= .seconds(Int64.max) + .seconds(1) { return (.max, 0) }
        return self <= .seconds(Int64.min) - .seconds(1) ? (.min, 0) : components
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

public import struct Foundation.Date

/// Dates as JSON and XML bodies, queries and signatures have them: `2026-01-02T03:04:05.1234567Z`.
public enum ISO8601Date {
    /// Writes a date in UTC, with the fraction of the second when there is one.
    ///
    /// The fraction has the fewest digits, at most seven, that read back as the same date. A `Date` counts in floating
    /// point from 2001: for 17 years on either side it holds all seven digits of the services, beyond them to within
    /// one unit of the last one (until 2035; two units until 2069), and always whole microseconds.
    public static func format(_ date: Date) -> String {
        let time = shortest(civil(date), for: date)
        return "\(whole(time))\(time.ticks.asDecimals)Z"
    }

    /// Writes a date in UTC without the fraction of the second, as signatures have it.
    public static func formatSeconds(_ date: Date) -> String {
        "\(whole(civil(date)))Z"
    }

    /// Reads a date, or returns nil when the text is none.
    ///
    /// Any number of decimals is accepted; those beyond the seventh are dropped. The offset is `Z` or `±hh:mm`. The
    /// year is one from 1 to 9999, in UTC too. A leap second counts as the second before it.
    public static func parse(_ text: some StringProtocol) -> Date? {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[range] {
                guard (48...57).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 48)
            }
            return value
        }
        guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
        else { return nil }
        var index = 19
        var ticks = 0
        if bytes[index] == UInt8(ascii: ".") {
            let start = index + 1
            index = bytes[start...].firstIndex { !(48...57).contains($0) } ?? bytes.count
            guard index > start, let value = number(start..<min(index, start + 7)) else { return nil }
            ticks = value
            for _ in min(index, start + 7)..<(start + 7) { ticks *= 10 }
        }
        let time = CivilTime(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second, ticks: ticks)
        guard time.isValid, let offset = offset(bytes[index...]) else { return nil }
        guard offset != 0 else { return time.date }
        let date = time.date.addingTimeInterval(Double(-offset))
        return CivilTime(date) == nil ? nil : date
    }

    /// Seconds east of Greenwich.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
        if bytes.count == 1, bytes[bytes.startIndex] | 0x20 == UInt8(ascii: "z") { return 0 }
        let text = Array(bytes)
        guard text.count == 6, text[0] == UInt8(ascii: "+") || text[0] == UInt8(ascii: "-"),
            text[3] == UInt8(ascii: ":")
        else { return nil }
        let digits = [text[1], text[2], text[4], text[5]].map { Int($0) - 48 }
        guard digits.allSatisfy((0...9).contains) else { return nil }
        let (hours, minutes) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
        guard hours < 24, minutes < 60 else { return nil }
        return (hours * 60 + minutes) * (text[0] == UInt8(ascii: "+") ? 60 : -60)
    }

    /// The time with the fewest decimals that is the same date. What floating point adds to `.3` is dropped so, but
    /// nothing that it can tell apart.
    private static func shortest(_ time: CivilTime, for date: Date) -> CivilTime {
        guard time.ticks != 0 else { return time }
        var unit = CivilTime.ticksPerSecond
        while unit > 1 {
            var shorter = time
            shorter.ticks = (time.ticks + unit / 2) / unit * unit
            // Rounding up to the next second changes no date that has a fraction left.
            if shorter.ticks < CivilTime.ticksPerSecond, shorter.date == date { return shorter }
            unit /= 10
        }
        return time
    }

    /// The moment, or the nearest one that has four digits for its year.
    private static func civil(_ date: Date) -> CivilTime {
        CivilTime(date)
            ?? (date.timeIntervalSince1970 < 0
                ? CivilTime(year: 1, month: 1, day: 1)
                : CivilTime(year: 9999, month: 12, day: 31, hour: 23, minute: 59, second: 59))
    }

    private static func whole(_ time: CivilTime) -> String {
        "\(time.year.padded(4))-\(time.month.padded(2))-\(time.day.padded(2))"
            + "T\(time.hour.padded(2)):\(time.minute.padded(2)):\(time.second.padded(2))"
    }
}

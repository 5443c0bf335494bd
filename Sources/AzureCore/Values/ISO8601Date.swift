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
        var text = String(text)
        return text.withUTF8 { ISO8601Text($0)?.time.date }
    }

    /// The time with the fewest decimals that is the same date. What floating point adds to `.3` is dropped so, but
    /// nothing that it can tell apart.
    static func shortest(_ time: CivilTime, for date: Date) -> CivilTime {
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
    static func civil(_ date: Date) -> CivilTime {
        if let time = CivilTime(date) { return time }
        if date.timeIntervalSince1970 < 0 { return CivilTime(year: 1, month: 1, day: 1) }
        var last = CivilTime(year: 9999, month: 12, day: 31, hour: 23, minute: 59, second: 59)
        // For floating point the last moments of the year are the beginning of the next one.
        last.ticks = CivilTime.ticksPerSecond - 1
        if last.date != date { last.ticks = 0 }
        return last
    }

    static func whole(_ time: CivilTime) -> String {
        "\(time.year.padded(4))-\(time.month.padded(2))-\(time.day.padded(2))"
            + "T\(time.hour.padded(2)):\(time.minute.padded(2)):\(time.second.padded(2))"
    }
}

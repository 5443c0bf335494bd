public import struct Foundation.Date

/// Dates as HTTP header fields have them: `Fri, 02 Jan 2026 03:04:05 GMT`.
public enum RFC1123Date {
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Writes a date; fractions of a second are dropped.
    ///
    /// Dates outside the years 1 to 9999, which have no such form, give the nearest one that has.
    public static func format(_ date: Date) -> String {
        let time =
            CivilTime(date)
            ?? (date.timeIntervalSince1970 < 0
                ? CivilTime(year: 1, month: 1, day: 1)
                : CivilTime(year: 9999, month: 12, day: 31, hour: 23, minute: 59, second: 59))
        return "\(weekdays[time.weekday]), \(time.day.padded(2)) \(months[time.month - 1]) \(time.year.padded(4)) "
            + "\(time.hour.padded(2)):\(time.minute.padded(2)):\(time.second.padded(2)) GMT"
    }

    /// Reads a date, or returns nil when the text is none.
    public static func parse(_ text: some StringProtocol) -> Date? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[0].hasSuffix(","), weekdays.contains(String(parts[0].dropLast())),
            ["GMT", "UTC", "Z"].contains(parts[5]),
            let day = number(parts[1], digits: 1...2), let month = months.firstIndex(of: String(parts[2])),
            let year = number(parts[3], digits: 4...4)
        else { return nil }
        let clock = parts[4].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, let hour = number(clock[0], digits: 2...2),
            let minute = number(clock[1], digits: 2...2), let second = number(clock[2], digits: 2...2)
        else { return nil }
        let time = CivilTime(
            year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
        return time.isValid ? time.date : nil
    }

    private static func number(_ text: some StringProtocol, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }
}

public import struct Foundation.Date

/// Dates as JSON and XML bodies, queries and signatures have them: `2026-01-02T03:04:05.1234567Z`.
public enum ISO8601Date {
    /// Writes a date in UTC, with the fraction of the second when there is one.
    ///
    /// A `Date` counts in floating point, which holds the seven digits of the services for dates of this century to
    /// within one unit of the last of them.
    public static func format(_ date: Date) -> String {
        let time = civil(date)
        return "\(whole(time))\(time.ticks.asDecimals)Z"
    }

    /// Writes a date in UTC without the fraction of the second, as signatures have it.
    public static func formatSeconds(_ date: Date) -> String {
        "\(whole(civil(date)))Z"
    }

    /// Reads a date, or returns nil when the text is none.
    ///
    /// Any number of decimals is accepted; those beyond the seventh are dropped. The offset is `Z` or `±hh:mm`.
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
        return time.date.addingTimeInterval(Double(-offset))
    }

    /// Seconds east of Greenwich.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
        if bytes.count == 1, bytes[bytes.startIndex] | 0x20 == UInt8(ascii: "z") { return 0 }
        let digits = Array(bytes.dropFirst())
        guard digits.count == 5, digits[2] == UInt8(ascii: ":"), let sign = bytes.first, sign == 0x2B || sign == 0x2D,
            let hours = Int(String(decoding: digits[..<2], as: UTF8.self)), (0...23).contains(hours),
            let minutes = Int(String(decoding: digits[3...], as: UTF8.self)), (0...59).contains(minutes)
        else { return nil }
        return (hours * 60 + minutes) * (sign == 0x2B ? 60 : -60)
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

import struct Foundation.Date

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Moments as the service writes them: `2026-01-02T03:04:05.0060070Z`.
enum BatchTime {
    /// Writes a moment, with seven digits of a second as the service mostly does.
    static func format(_ date: Date) -> String {
        // Dates outside the years 1 to 9999 have no such form; the nearest that has one stands for them.
        let interval = min(max(date.timeIntervalSince1970, -62_135_596_800), 253_402_300_799)
        var seconds = time_t(interval.rounded(.down))
        var ticks = Int(((interval - Double(seconds)) * 1e7).rounded())
        if ticks == 10_000_000 { (seconds, ticks) = (seconds + 1, 0) }
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func digits(_ number: Int, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return digits(Int(parts.tm_year) + 1900, 4) + "-" + digits(Int(parts.tm_mon) + 1, 2) + "-"
            + digits(Int(parts.tm_mday), 2) + "T" + digits(Int(parts.tm_hour), 2) + ":"
            + digits(Int(parts.tm_min), 2) + ":" + digits(Int(parts.tm_sec), 2) + "." + digits(ticks, 7) + "Z"
    }

    /// Reads a moment with a time zone, or a day alone; nil when the text is neither.
    static func parse(_ text: some StringProtocol) -> Date? {
        var reader = DigitReader(text)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var (hour, minute, second, fraction, zone) = (0, 0, 0, 0.0, 0)
        if !reader.isAtEnd {
            guard reader.take("T") || reader.take("t") || reader.take(" "), let readHour = reader.number(2),
                reader.take(":"), let readMinute = reader.number(2), reader.take(":"),
                let readSecond = reader.number(2), readHour < 24, readMinute < 60, readSecond < 61
            else { return nil }
            (hour, minute, second) = (readHour, readMinute, readSecond)
            if reader.take(".") {
                guard let read = reader.fraction() else { return nil }
                fraction = read
            }
            guard let read = reader.zone() else { return nil }
            zone = read
        }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (Int32(year - 1900), Int32(month - 1), Int32(day))
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (Int32(hour), Int32(minute), Int32(second))
        let seconds = timegm(&parts)
        guard reader.isAtEnd, parts.tm_mday == Int32(day) || second == 60 else { return nil }
        return Date(timeIntervalSince1970: Double(Int(seconds) - zone * 60) + fraction)
    }
}

/// Reads numbers of a fixed width out of a text.
private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: some StringProtocol) {
        rest = Substring(text).utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(_ width: Int) -> Int? {
        let digits = rest.prefix(width)
        guard digits.count == width, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        rest.removeFirst(width)
        return Int(Substring(digits))
    }

    mutating func fraction() -> Double? {
        let digits = rest.prefix { (48...57).contains($0) }
        guard !digits.isEmpty, digits.count <= 12 else { return nil }
        rest = rest[digits.endIndex...]
        return Double("0." + String(Substring(digits)))
    }

    /// `Z`, or the offset in minutes.
    mutating func zone() -> Int? {
        if take("Z") || take("z") { return 0 }
        let sign = take("+") ? 1 : take("-") ? -1 : 0
        guard sign != 0, let hours = number(2), take(":"), let minutes = number(2) else { return nil }
        return sign * (hours * 60 + minutes)
    }
}

import Foundation

/// Times as the services write them in XML and in shared access signatures, with code of the emulator's own.
enum ServiceTime {
    /// The times that have a year of four digits, from 1 to 9999.
    static let writable = Date(timeIntervalSince1970: -62_135_596_800)..<Date(timeIntervalSince1970: 253_402_300_799)

    /// Writes a time like `2026-01-02T03:04:05.1234567Z`; one that cannot be written as the nearest that can.
    static func format(_ date: Date) -> String {
        let date =
            writable.contains(date) ? date : date < writable.lowerBound ? writable.lowerBound : writable.upperBound
        var seconds = date.timeIntervalSince1970.rounded(.down)
        var ticks = Int(((date.timeIntervalSince1970 - seconds) * 10_000_000).rounded())
        if ticks == 10_000_000 { (seconds, ticks) = (seconds + 1, 0) }
        let digits = String(ticks)
        return parts(of: seconds) + "." + String(repeating: "0", count: 7 - digits.count) + digits + "Z"
    }

    /// Writes a time that is given in units of 100 ns since the year 1, to the last of them.
    static func format(ticks: Int64) -> String {
        let ticks = min(max(ticks, 0), 3_155_378_975_999_999_999)
        let digits = String(ticks % 10_000_000)
        return parts(of: Double(ticks / 10_000_000 - 62_135_596_800)) + "."
            + String(repeating: "0", count: 7 - digits.count) + digits + "Z"
    }

    private static func parts(of seconds: Double) -> String {
        var clock = time_t(seconds)
        var time = tm()
        gmtime_r(&clock, &time)
        let numbers = [
            (Int(time.tm_year) + 1900, 4), (Int(time.tm_mon) + 1, 2), (Int(time.tm_mday), 2),
            (Int(time.tm_hour), 2),
            (Int(time.tm_min), 2), (Int(time.tm_sec), 2),
        ].map { number, width in
            String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
        }
        return numbers[0...2].joined(separator: "-") + "T" + numbers[3...5].joined(separator: ":")
    }

    /// Reads the forms that shared access signatures may have: a day, a minute, a second or a fraction, in UTC.
    static func parse(_ text: String) -> Date? {
        let halves = text.split(separator: "T", omittingEmptySubsequences: false)
        guard halves.count <= 2, let day = numbers(halves[0], separator: "-", widths: [4, 2, 2]) else { return nil }
        var time = tm()
        time.tm_year = Int32(day[0] - 1900)
        time.tm_mon = Int32(day[1] - 1)
        time.tm_mday = Int32(day[2])
        var fraction = 0.0
        if halves.count == 2 {
            guard halves[1].hasSuffix("Z") else { return nil }
            let clock = halves[1].dropLast().split(separator: ".", omittingEmptySubsequences: false)
            guard clock.count <= 2,
                let parts = numbers(clock[0], separator: ":", widths: [2, 2, 2])
                    ?? numbers(clock[0], separator: ":", widths: [2, 2])
            else { return nil }
            if clock.count == 2 {
                guard parts.count == 3, (1...7).contains(clock[1].count), clock[1].allSatisfy(\.isWholeNumber),
                    let value = Double("0." + clock[1])
                else { return nil }
                fraction = value
            }
            guard parts[0] < 24, parts[1] < 60, parts.count < 3 || parts[2] < 60 else { return nil }
            time.tm_hour = Int32(parts[0])
            time.tm_min = Int32(parts[1])
            time.tm_sec = parts.count == 3 ? Int32(parts[2]) : 0
        }
        let month = time.tm_mon
        let seconds = timegm(&time)
        // timegm turns 31 February into March; then there is no such day.
        guard time.tm_mon == month, Int(time.tm_mday) == day[2] else { return nil }
        return Date(timeIntervalSince1970: Double(seconds) + fraction)
    }

    private static func numbers(_ text: Substring, separator: Character, widths: [Int]) -> [Int]? {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.count == widths.count else { return nil }
        var numbers: [Int] = []
        for (part, width) in zip(parts, widths) {
            guard part.utf8.count == width, part.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(part)
            else { return nil }
            numbers.append(number)
        }
        return numbers
    }
}

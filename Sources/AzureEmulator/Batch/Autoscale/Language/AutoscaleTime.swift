import AzureCore
import Foundation

/// A moment of the years 1 to 9999, in units of 100 nanoseconds since the beginning of 1970.
struct AutoscaleTime: Sendable, Hashable, Comparable {
    static let ticksPerSecond: Int64 = 10_000_000
    private static let years: ClosedRange<Int64> = -621_355_968_000_000_000...2_534_023_007_999_999_999

    static let earliest = AutoscaleTime(years.lowerBound)
    static let latest = AutoscaleTime(years.upperBound)

    let ticks: Int64

    private init(_ ticks: Int64) {
        self.ticks = ticks
    }

    /// The moment, unless it lies outside the years that dates have.
    init?(ticks: Int64) {
        guard Self.years.contains(ticks) else { return nil }
        self.ticks = ticks
    }

    /// The moment of a date; those outside the years that dates have become the nearest.
    init(_ date: Date) {
        // `Date` counts seconds from 2001, with a fraction that is good to a microsecond in our times.
        let interval = date.timeIntervalSinceReferenceDate
        let whole = interval.rounded(.down)
        guard let seconds = Int64(exactly: whole), seconds.magnitude < 1_000_000_000_000 else {
            ticks = interval < 0 ? Self.years.lowerBound : Self.years.upperBound
            return
        }
        let exact = (seconds + 978_307_200) * Self.ticksPerSecond + Int64(((interval - whole) * 1e6).rounded()) * 10
        ticks = min(max(exact, Self.years.lowerBound), Self.years.upperBound)
    }

    static func < (left: AutoscaleTime, right: AutoscaleTime) -> Bool { left.ticks < right.ticks }

    /// The moment so much later, unless it lies outside the years that dates have.
    func advanced(by interval: Int64) -> AutoscaleTime? {
        let (sum, overflow) = ticks.addingReportingOverflow(interval)
        return overflow ? nil : AutoscaleTime(ticks: sum)
    }
}

extension AutoscaleTime {
    /// The calendar and the clock of UTC.
    private var parts: tm {
        // Before 1970 the division rounds up.
        var seconds = time_t(ticks / Self.ticksPerSecond - (ticks % Self.ticksPerSecond < 0 ? 1 : 0))
        var parts = tm()
        gmtime_r(&seconds, &parts)
        return parts
    }

    /// A part of the date or of the time of day; nil when there is none of that name. Sunday is day 0 of the week.
    func member(_ name: String) -> Int? {
        switch name {
        case "year": Int(parts.tm_year) + 1900
        case "month": Int(parts.tm_mon) + 1
        case "day": Int(parts.tm_mday)
        case "weekday": Int(parts.tm_wday)
        case "hour": Int(parts.tm_hour)
        case "minute": Int(parts.tm_min)
        case "second": Int(parts.tm_sec)
        default: nil
        }
    }

    /// The moment with milliseconds, as the service shows it: `2016-10-13T19:18:47.805Z`.
    var text: String {
        let parts = parts
        let remainder = ticks % Self.ticksPerSecond
        let milliseconds = (remainder < 0 ? remainder + Self.ticksPerSecond : remainder) / 10_000
        func digits(_ number: Int, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        let date = [(Int(parts.tm_year) + 1900, 4), (Int(parts.tm_mon) + 1, 2), (Int(parts.tm_mday), 2)]
        let clock = [(Int(parts.tm_hour), 2), (Int(parts.tm_min), 2), (Int(parts.tm_sec), 2)]
        return date.map(digits).joined(separator: "-") + "T" + clock.map(digits).joined(separator: ":") + "."
            + digits(Int(milliseconds), 3) + "Z"
    }
}

extension AutoscaleTime {
    /// Reads a date in one of the forms of W3C-DTF, with at most seven digits of a second, or of RFC 1123.
    init?(parsing text: String) {
        if let date = RFC1123Date.parse(text) {
            self.init(date)
            return
        }
        let halves = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        let fields = halves[0].split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(fields.count), let year = Self.number(fields[0], 4), (1...9999).contains(year),
            let month = fields.count > 1 ? Self.number(fields[1], 2) : 1, (1...12).contains(month),
            let day = fields.count > 2 ? Self.number(fields[2], 2) : 1, (1...31).contains(day)
        else { return nil }
        guard let clock = halves.count == 1 ? 0 : fields.count == 3 ? Self.clock(halves[1]) : nil else { return nil }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (Int32(year - 1900), Int32(month - 1), Int32(day))
        let seconds = timegm(&parts)
        guard parts.tm_mday == Int32(day) else { return nil }
        self.init(ticks: Int64(seconds) * Self.ticksPerSecond + clock)
    }

    /// The ticks of `hh:mm[:ss[.fraction]]` and its time zone.
    private static func clock(_ text: Substring) -> Int64? {
        guard let zoneStart = text.firstIndex(where: { "Z+-".contains($0) }), let zone = zone(text[zoneStart...]) else {
            return nil
        }
        let fields = text[..<zoneStart].split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(fields.count), let hour = number(fields[0], 2), hour < 24,
            let minute = number(fields[1], 2), minute < 60
        else { return nil }
        var ticks = Int64(hour * 60 + minute - zone) * 60 * ticksPerSecond
        guard fields.count == 3 else { return ticks }
        let second = fields[2].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = number(second[0], 2), whole < 60 else { return nil }
        ticks += Int64(whole) * ticksPerSecond
        guard second.count == 2 else { return ticks }
        guard (1...7).contains(second[1].count), let fraction = number(second[1], second[1].count) else { return nil }
        return ticks + (0..<7 - second[1].count).reduce(Int64(fraction)) { value, _ in value * 10 }
    }

    /// The minutes that a zone is ahead of UTC.
    private static func zone(_ text: Substring) -> Int? {
        if text == "Z" { return 0 }
        let fields = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count == 2, let hours = number(fields[0], 2), let minutes = number(fields[1], 2), hours < 24,
            minutes < 60
        else { return nil }
        return (text.first == "-" ? -1 : 1) * (hours * 60 + minutes)
    }

    private static func number(_ text: Substring, _ width: Int) -> Int? {
        guard text.utf8.count == width, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }
}

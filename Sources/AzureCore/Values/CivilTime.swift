import struct Foundation.Date

/// A moment as calendar and clock of UTC show it, in the Gregorian calendar, without the cost of `Calendar`.
struct CivilTime: Sendable, Hashable {
    var year: Int
    var month: Int
    var day: Int
    var hour: Int
    var minute: Int
    var second: Int
    /// In units of 100 nanoseconds.
    var ticks: Int

    static let ticksPerSecond = 10_000_000
    /// From the beginning of 1970 to that of 2001, in seconds.
    private static let referenceDate = 978_307_200

    init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, ticks: Int = 0) {
        (self.year, self.month, self.day) = (year, month, day)
        (self.hour, self.minute, self.second, self.ticks) = (hour, minute, second, ticks)
    }

    /// The moment of a date, rounded to 100 nanoseconds; nil outside the years 1 to 9999.
    init?(_ date: Date) {
        // `Date` counts from 2001; counting from 1970 would cost a binary digit of the fraction.
        let interval = date.timeIntervalSinceReferenceDate
        guard interval > -63_113_904_001, interval < 252_423_993_600 else { return nil }
        var whole = interval.rounded(.down)
        var ticks = Int(((interval - whole) * Double(Self.ticksPerSecond)).rounded())
        if ticks == Self.ticksPerSecond { (whole, ticks) = (whole + 1, 0) }
        self.init(secondsSince1970: Int(whole) + Self.referenceDate, ticks: ticks)
        guard (1...9999).contains(year) else { return nil }
    }

    /// The moment so many times 100 nanoseconds after the beginning of 1970; nil outside the years 1 to 9999.
    init?(ticksSince1970 count: Int64) {
        // From the beginning of year 1 to the end of year 9999.
        guard (-621_355_968_000_000_000..<2_534_023_008_000_000_000).contains(count) else { return nil }
        let unit = Int64(Self.ticksPerSecond)
        let rest = (count % unit + unit) % unit
        self.init(secondsSince1970: Int((count - rest) / unit), ticks: Int(rest))
    }

    private init(secondsSince1970 seconds: Int, ticks: Int) {
        let days = seconds >= 0 ? seconds / 86_400 : -((86_399 - seconds) / 86_400)
        let rest = seconds - days * 86_400
        // Days are counted from 1 March of year 0, in eras of 400 years, so that leap days come last.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.init(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1,
            hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60, ticks: ticks)
    }

    /// Whether there is such a moment; a leap second counts as the last second of its minute.
    var isValid: Bool {
        guard (1...9999).contains(year), (1...12).contains(month) else { return false }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let length =
            switch month {
            case 2: leap ? 29 : 28
            case 4, 6, 9, 11: 30
            default: 31
            }
        return (1...length).contains(day) && (0...23).contains(hour) && (0...59).contains(minute)
            && (0...60).contains(second) && (0..<Self.ticksPerSecond).contains(ticks)
    }

    /// Days since 1 January 1970.
    var daysSince1970: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// 0 is Sunday.
    var weekday: Int { Self.weekday(days: daysSince1970) }

    static func weekday(days: Int) -> Int {
        ((days + 4) % 7 + 7) % 7
    }

    /// In whole seconds since the beginning of 1970.
    private var secondsSince1970: Int {
        daysSince1970 * 86_400 + hour * 3600 + minute * 60 + min(second, 59)
    }

    /// In units of 100 nanoseconds since the beginning of 1970. The years 1 to 9999 take 62 bits.
    var ticksSince1970: Int64 {
        Int64(secondsSince1970) * Int64(Self.ticksPerSecond) + Int64(ticks)
    }

    /// The same moment, told by a clock that is so many seconds slow; nil outside the years 1 to 9999.
    func subtracting(seconds: Int) -> CivilTime? {
        seconds == 0
            ? self
            // An offset has less than a day.
            : CivilTime(ticksSince1970: ticksSince1970 - Int64(seconds) * Int64(Self.ticksPerSecond))
    }

    var date: Date {
        Date(
            timeIntervalSinceReferenceDate: Double(secondsSince1970 - Self.referenceDate)
                + Double(ticks) / Double(Self.ticksPerSecond))
    }
}

extension Int {
    /// With leading zeros.
    func padded(_ width: Int) -> String {
        guard self >= 0 else { return String(self) }
        // Short enough to need no memory of its own.
        return String(unsafeUninitializedCapacity: Swift.max(width, 20)) { buffer in
            var (rest, count) = (self, 0)
            while rest > 0 || count < width {
                buffer[count] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
                count += 1
            }
            var digits = buffer[..<count]
            digits.reverse()
            return count
        }
    }
}

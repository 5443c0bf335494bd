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
        format(ISO8601Date.civil(date))
    }

    /// Writes a moment without its fraction of a second.
    static func format(_ time: CivilTime) -> String {
        "\(weekdays[time.weekday]), \(time.day.padded(2)) \(months[time.month - 1]) \(time.year.padded(4)) "
            + "\(time.hour.padded(2)):\(time.minute.padded(2)):\(time.second.padded(2)) GMT"
    }

    /// Reads a date, or returns nil when the text is none.
    public static func parse(_ text: some StringProtocol) -> Date? {
        var text = String(text)
        return text.withUTF8 { parse(utf8: $0) }
    }

    /// Reads a date from the bytes of its text.
    package static func parse(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Date? {
        read(bytes)?.date
    }

    /// Reads a date from the bytes of its text.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> CivilTime? {
        var scanner = Scanner(bytes: bytes[...])
        guard scanner.name(among: weekdayBytes) != nil, scanner.skip(","), scanner.skip(" "),
            let day = scanner.number(digits: 1...2), scanner.skip(" "),
            let month = scanner.name(among: monthBytes), scanner.skip(" "),
            let year = scanner.number(digits: 4...4), scanner.skip(" "),
            let hour = scanner.number(digits: 2...2), scanner.skip(":"),
            let minute = scanner.number(digits: 2...2), scanner.skip(":"),
            let second = scanner.number(digits: 2...2), scanner.skip(" "),
            zones.contains(where: { scanner.isRest($0) })
        else { return nil }
        let time = CivilTime(
            year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
        return time.isValid ? time : nil
    }

    private static let weekdayBytes = weekdays.map(bytes)
    private static let monthBytes = months.map(bytes)

    private static func bytes(of name: String) -> (UInt8, UInt8, UInt8) {
        let bytes = Array(name.utf8)
        return (bytes[0], bytes[1], bytes[2])
    }

    private static let zones: [StaticString] = ["GMT", "UTC", "Z"]

    /// Takes the parts of a date from the front of a text.
    private struct Scanner {
        var bytes: Slice<UnsafeBufferPointer<UInt8>>

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard bytes.first == UInt8(ascii: character) else { return false }
            bytes.removeFirst()
            return true
        }

        /// Which of several names of three letters stands next.
        mutating func name(among names: [(UInt8, UInt8, UInt8)]) -> Int? {
            guard bytes.count >= 3 else { return nil }
            let start = bytes.startIndex
            let (first, second, third) = (bytes[start], bytes[start + 1], bytes[start + 2])
            guard let index = names.firstIndex(where: { $0 == (first, second, third) }) else { return nil }
            bytes.removeFirst(3)
            return index
        }

        mutating func number(digits: ClosedRange<Int>) -> Int? {
            var (value, count) = (0, 0)
            while count < digits.upperBound, let byte = bytes.first, (48...57).contains(byte) {
                value = value * 10 + Int(byte - 48)
                count += 1
                bytes.removeFirst()
            }
            return digits.contains(count) ? value : nil
        }

        func isRest(_ text: StaticString) -> Bool {
            bytes.elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }
    }
}

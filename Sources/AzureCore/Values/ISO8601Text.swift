/// A date of ISO 8601, read from its text.
struct ISO8601Text {
    /// The moment, in UTC.
    let time: CivilTime
    /// How many decimals the second has; those beyond the seventh are not in `time`.
    let decimals: Int
    /// Whether ``ISO8601Date`` would write the text so, with this number of decimals.
    let isCanonical: Bool

    /// Reads `2026-01-02T03:04:05.1234567Z`, with any number of decimals and any offset; nil when the text is none.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let read = Self.read(bytes, second: 17..<19) else { return nil }
        self = read
    }

    /// Reads the shorter forms that signatures and access policies may have as well: `2026-01-02`, which is the
    /// beginning of that day, and `2026-01-02T03:04Z`.
    init?(short bytes: UnsafeBufferPointer<UInt8>) {
        if bytes.count == 10, let day = Self.day(bytes), day.isValid {
            self.init(time: day)
        } else if let read = Self.read(bytes, second: nil) {
            self.init(time: read.time)
        } else {
            return nil
        }
    }

    private init(time: CivilTime, decimals: Int = 0, isCanonical: Bool = false) {
        (self.time, self.decimals, self.isCanonical) = (time, decimals, isCanonical)
    }

    private static func read(_ bytes: UnsafeBufferPointer<UInt8>, second: Range<Int>?) -> ISO8601Text? {
        var index = second?.upperBound ?? 16
        var decimals = 0
        guard index < bytes.count, var time = day(bytes), bytes[10] | 0x20 == UInt8(ascii: "t"),
            bytes[13] == UInt8(ascii: ":"), let hour = number(bytes, 11..<13),
            let minute = number(bytes, 14..<16)
        else { return nil }
        (time.hour, time.minute) = (hour, minute)
        if let second {
            guard bytes[16] == UInt8(ascii: ":"), let value = number(bytes, second) else { return nil }
            time.second = value
            if bytes[index] == UInt8(ascii: ".") {
                index += 1
                let start = index
                while index < bytes.count, (48...57).contains(bytes[index]) { index += 1 }
                guard index > start, let value = number(bytes, start..<min(index, start + 7)) else { return nil }
                time.ticks = value
                for _ in min(index, start + 7)..<(start + 7) { time.ticks *= 10 }
                decimals = index - start
            }
        }
        guard time.isValid, let offset = offset(bytes[index...]), let utc = time.subtracting(seconds: offset)
        else { return nil }
        return ISO8601Text(
            time: utc, decimals: decimals,
            isCanonical: bytes[10] == UInt8(ascii: "T") && bytes[index] == UInt8(ascii: "Z") && decimals <= 7
                && time.second < 60)
    }

    private static func day(_ bytes: UnsafeBufferPointer<UInt8>) -> CivilTime? {
        guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = number(bytes, 0..<4), let month = number(bytes, 5..<7), let day = number(bytes, 8..<10)
        else { return nil }
        return CivilTime(year: year, month: month, day: day)
    }

    /// A number of at most seven digits.
    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
        guard range.upperBound <= bytes.count else { return nil }
        var value = 0
        for index in range {
            guard (48...57).contains(bytes[index]) else { return nil }
            value = value * 10 + Int(bytes[index] - 48)
        }
        return value
    }

    /// Seconds east of Greenwich.
    private static func offset(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        let start = bytes.startIndex
        if bytes.count == 1, bytes[start] | 0x20 == UInt8(ascii: "z") { return 0 }
        guard bytes.count == 6, bytes[start] == UInt8(ascii: "+") || bytes[start] == UInt8(ascii: "-"),
            bytes[start + 3] == UInt8(ascii: ":"), let hours = number(bytes.base, start + 1..<start + 3),
            let minutes = number(bytes.base, start + 4..<start + 6), hours < 24, minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (bytes[start] == UInt8(ascii: "+") ? 60 : -60)
    }
}

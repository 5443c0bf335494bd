import Foundation

/// Points in time as queries write them: year, month, day, minute, second or a fraction of it, with `Z` or an offset.
enum SQLTimestamp {
    static func parse(_ text: String) -> Date? {
        let halves = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        let day = halves[0].split(separator: "-", omittingEmptySubsequences: false)
        let widths = [4, 2, 2]
        guard (1...3).contains(day.count) else { return nil }
        var numbers = [0, 1, 1]
        for (index, part) in day.enumerated() {
            guard let number = number(part, width: widths[index]) else { return nil }
            numbers[index] = number
        }
        var time = tm()
        time.tm_year = Int32(numbers[0] - 1900)
        time.tm_mon = Int32(numbers[1] - 1)
        time.tm_mday = Int32(numbers[2])
        let month = time.tm_mon
        let seconds = timegm(&time)
        // timegm turns 31 February into March; then there is no such day.
        guard time.tm_mon == month, Int(time.tm_mday) == numbers[2] else { return nil }
        guard halves.count == 2, !halves[1].isEmpty else { return Date(timeIntervalSince1970: Double(seconds)) }
        guard day.count == 3, let rest = secondsOfDay(halves[1]) else { return nil }
        return Date(timeIntervalSince1970: Double(seconds) + rest)
    }

    /// The seconds of a time of day with its offset.
    private static func secondsOfDay(_ text: Substring) -> Double? {
        guard let mark = text.firstIndex(where: { "Z+-".contains($0) }) else { return nil }
        let halves = text[..<mark].split(separator: ".", omittingEmptySubsequences: false)
        let clock = halves[0].split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count <= 2, (2...3).contains(clock.count), let hour = number(clock[0], width: 2), hour < 24,
            let minute = number(clock[1], width: 2), minute < 60
        else { return nil }
        var seconds = Double(hour * 3600 + minute * 60)
        if clock.count == 3 {
            guard let second = number(clock[2], width: 2), second < 60 else { return nil }
            seconds += Double(second)
        }
        if halves.count == 2 {
            guard clock.count == 3, number(halves[1], width: halves[1].count) != nil,
                let fraction = Double("0." + halves[1])
            else { return nil }
            seconds += fraction
        }
        return offset(text[mark...]).map { seconds - Double($0) }
    }

    private static func offset(_ text: Substring) -> Int? {
        if text == "Z" { return 0 }
        let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, text.first != "Z", let hours = number(parts[0], width: 2),
            let minutes = number(parts[1], width: 2), hours < 24, minutes < 60
        else { return nil }
        return (text.first == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    private static func number(_ text: Substring, width: Int) -> Int? {
        guard text.utf8.count == width, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return width <= 18 ? Int(text) : 0
    }
}

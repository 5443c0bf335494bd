extension RFC1123Date {
    /// Reads a date that has exactly the form in which ``format(_:)`` writes it; nil for every other one.
    ///
    /// Long lists have three with each entry: nothing is searched for where its place is known, and the days are counted
    /// once.
    ///
    /// - Returns: The moment in units of 100 nanoseconds since the beginning of 1970.
    static func readCanonical(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard bytes.count == 29, hasSeparators(bytes),
            let month = index(of: bytes, at: 8, among: monthNames, count: 12),
            let day = number(bytes, 5), let century = number(bytes, 12), let year = number(bytes, 14),
            let hour = number(bytes, 17), let minute = number(bytes, 20), let second = number(bytes, 23)
        else { return nil }
        let time = CivilTime(
            year: century * 100 + year, month: month + 1, day: day, hour: hour, minute: minute, second: second)
        guard time.isValid, second < 60 else { return nil }
        let days = time.daysSince1970
        let weekday = CivilTime.weekday(days: days)
        guard names(weekdayNames, weekday, at: 0, in: bytes) else { return nil }
        // The years 1 to 9999 take 62 bits.
        return Int64(days * 86_400 + hour * 3600 + minute * 60 + second) * Int64(CivilTime.ticksPerSecond)
    }

    private static let monthNames: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"
    private static let weekdayNames: StaticString = "SunMonTueWedThuFriSat"

    private static func hasSeparators(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let space = UInt8(ascii: " ")
        return bytes[3] == UInt8(ascii: ",") && bytes[4] == space && bytes[7] == space && bytes[11] == space
            && bytes[16] == space && bytes[19] == UInt8(ascii: ":") && bytes[22] == UInt8(ascii: ":")
            && bytes[25] == space && bytes[26] == UInt8(ascii: "G") && bytes[27] == UInt8(ascii: "M")
            && bytes[28] == UInt8(ascii: "T")
    }

    /// A number of two digits.
    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        let (tens, ones) = (bytes[index], bytes[index + 1])
        guard (48...57).contains(tens), (48...57).contains(ones) else { return nil }
        return Int(tens - 48) * 10 + Int(ones - 48)
    }

    /// Which of several names of three letters stands at a place.
    private static func index(
        of bytes: UnsafeBufferPointer<UInt8>, at place: Int, among names: StaticString, count: Int
    ) -> Int? {
        for index in 0..<count where Self.names(names, index, at: place, in: bytes) { return index }
        return nil
    }

    /// Whether the name of this index stands at a place.
    private static func names(
        _ names: StaticString, _ index: Int, at place: Int, in bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let names = names.utf8Start
        return names[3 * index] == bytes[place] && names[3 * index + 1] == bytes[place + 1]
            && names[3 * index + 2] == bytes[place + 2]
    }
}

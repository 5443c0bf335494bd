/// Numbers of which small ones have few bytes: 7 bits a byte, the lowest first, and a bit that says whether another follows.
enum VariableLengthNumber {
    static func append(_ number: UInt64, to bytes: inout some RangeReplaceableCollection<UInt8>) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Reads a number.
    ///
    /// - Parameter next: Gives the next byte.
    /// - Returns: The number; nil when it is larger than 64 bits are.
    static func read(_ next: () throws -> UInt8) rethrows -> UInt64? {
        var (number, shift): (UInt64, UInt64) = (0, 0)
        while true {
            let byte = try next()
            guard shift < 63 || (shift == 63 && byte <= 1) else { return nil }
            number |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return number }
            shift += 7
        }
    }
}

/// A range of bytes of a file.
public struct BatchFileRange: Sendable, Hashable {
    /// The first byte, from 0.
    public var offset: Int64
    /// The number of bytes; nil for all up to the end.
    public var length: Int64?

    /// Creates a range.
    public init(offset: Int64, length: Int64? = nil) {
        self.offset = offset
        self.length = length
    }

    /// Creates a range from offsets, as in `.bytes(0..<100)`.
    public static func bytes(_ range: Range<Int64>) -> BatchFileRange {
        // More than fits begins before the file, which every operation refuses.
        let (length, isTooMuch) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
        return BatchFileRange(offset: range.lowerBound, length: isTooMuch ? .max : length)
    }

    /// Creates a range from an offset to the end of the file.
    public static func from(_ offset: Int64) -> BatchFileRange {
        BatchFileRange(offset: offset)
    }
}

import AzureCore

/// A part of a blob.
public struct BlobRange: Sendable, Hashable, CustomStringConvertible {
    /// The first byte.
    public var offset: Int64
    /// How many bytes; nil for all from there to the end.
    public var length: Int64?

    /// Describes a part of a blob.
    ///
    /// - Parameters:
    ///   - offset: The first byte, from 0.
    ///   - length: How many bytes, at least 1; nil for all from there to the end.
    public init(offset: Int64, length: Int64? = nil) {
        self.offset = offset
        self.length = length
    }

    /// Describes a part of a blob by its first byte and the one after its last.
    public init(_ range: Range<Int64>) {
        let (length, overflows) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
        // Only ranges that begin far before the blob are so long, and operations refuse those.
        self.init(offset: range.lowerBound, length: overflows ? .max : length)
    }

    /// The value of the `x-ms-range` header. An end that no blob can have is written as the last one that a number can
    /// name.
    public var description: String {
        guard let length else { return "bytes=\(offset)-" }
        let (end, isBehind) = offset.addingReportingOverflow(length &- 1)
        return "bytes=\(offset)-\(isBehind ? .max : end)"
    }

    /// Refuses what is no range.
    func check() throws {
        guard offset >= 0 else {
            throw AzureError.invalidArgument("A range cannot begin before the blob, at \(offset).")
        }
        guard let length else { return }
        guard length > 0 else {
            throw AzureError.invalidArgument("A range has at least one byte; this one has \(length).")
        }
        guard length <= Int64.max - offset else {
            throw AzureError.invalidArgument("The range from \(offset) with \(length) bytes has no end.")
        }
    }
}

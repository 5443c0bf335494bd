/// What sort of blob it is.
public struct BlobType: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Wraps a value as the service spells it; one that this version does not know is fine.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Made of blocks; the usual sort.
    public static let blockBlob = BlobType(rawValue: "BlockBlob")
    /// Grows at its end only.
    public static let appendBlob = BlobType(rawValue: "AppendBlob")
    /// Written in pages of 512 bytes, anywhere.
    public static let pageBlob = BlobType(rawValue: "PageBlob")

    public var description: String { rawValue }
}

/// The type of the blob.
public struct BlobType: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a value from the service's spelling, which may be unknown to this version.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A block blob.
    public static let blockBlob = BlobType(rawValue: "BlockBlob")
    /// An append blob.
    public static let appendBlob = BlobType(rawValue: "AppendBlob")
    /// A page blob.
    public static let pageBlob = BlobType(rawValue: "PageBlob")

    public var description: String { rawValue }
}

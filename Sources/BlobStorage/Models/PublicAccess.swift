/// What anonymous callers may read of a container.
public struct PublicAccess: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Wraps a value as the service spells it; one that this version does not know is fine.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Its blobs and the list of them.
    public static let container = PublicAccess(rawValue: "container")
    /// Its blobs, but not the list of them.
    public static let blob = PublicAccess(rawValue: "blob")

    public var description: String { rawValue }
}

/// The level of public access to a container.
public struct PublicAccess: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a value from the service's spelling, which may be unknown to this version.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Its blobs and the list of them.
    public static let container = PublicAccess(rawValue: "container")
    /// Its blobs, but not the list of them.
    public static let blob = PublicAccess(rawValue: "blob")

    public var description: String { rawValue }
}

/// The version of a resource, as the service names it. It changes with every change of the resource.
///
/// Kept exactly as received, quotation marks included.
public struct ETag: RawRepresentable, Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    public let rawValue: String

    /// Wraps a version as the service gave it.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Wraps a version as the service gave it.
    public init(_ rawValue: String) {
        self.init(rawValue: rawValue)
    }

    public init(stringLiteral value: String) {
        self.init(rawValue: value)
    }

    /// Stands for any version in a condition: `If-Match: *` asks that the resource exists, `If-None-Match: *` that
    /// it does not.
    public static let any = ETag(rawValue: "*")

    public var description: String { rawValue }

    /// Whether both name one version, however each is written: header fields have quotation marks, lists have none, and
    /// a gateway on the way may mark a version as weak.
    package func namesSameVersion(as other: ETag) -> Bool {
        opaque == other.opaque
    }

    private var opaque: Substring {
        var text = rawValue.hasPrefix("W/") ? rawValue.dropFirst(2) : rawValue[...]
        if text.utf8.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") { text = text.dropFirst().dropLast() }
        return text
    }
}

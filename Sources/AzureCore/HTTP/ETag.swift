/// The version of a resource, as the service names it. It changes with every change of the resource.
///
/// The text is kept as received. Two of them are equal when they name the same version, however each is written:
/// header fields have quotation marks, lists have none, and a gateway on the way may mark a version as weak.
public struct ETag: RawRepresentable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
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

    /// The text as conditions of a request need it: in quotation marks, and without the mark of weakness, which is not the
    /// service's and would match nothing (RFC 9110, section 13.1.1).
    package var headerValue: String {
        rawValue == "*" || rawValue.isEmpty ? rawValue : "\"\(opaque)\""
    }

    /// The text without quotation marks and mark of weakness.
    private var opaque: Substring {
        var text = rawValue.hasPrefix("W/") ? rawValue.dropFirst(2) : rawValue[...]
        if text.utf8.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") { text = text.dropFirst().dropLast() }
        return text
    }
}

extension ETag: Hashable {
    public static func == (left: ETag, right: ETag) -> Bool {
        left.rawValue == right.rawValue || left.opaque == right.opaque
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(opaque)
    }
}

extension ETag: Codable {
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

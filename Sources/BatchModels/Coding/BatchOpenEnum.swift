/// An enum to which the service may add values at any time.
///
/// A value that this version does not know is kept as received. Values compare without regard to case, because the
/// service's answers are not always written as documented (`Spread` for `spread`).
public protocol BatchOpenEnum: RawRepresentable, Codable, Hashable, Sendable, CustomStringConvertible
where RawValue == String {
    /// Creates a value from the service's spelling.
    init(rawValue: String)

    /// The values of the API version that this package was generated from.
    static var knownValues: [Self] { get }
}

extension BatchOpenEnum {
    /// Whether the value is one of ``knownValues``.
    public var isKnown: Bool { Self.knownValues.contains(self) }

    /// The service's spelling.
    public var description: String { rawValue }

    /// Whether two values are the same but for case.
    public static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue || left.rawValue.lowercased() == right.rawValue.lowercased()
    }

    /// Whether two values differ in more than case.
    public static func != (left: Self, right: Self) -> Bool { !(left == right) }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(rawValue.lowercased())
    }

    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

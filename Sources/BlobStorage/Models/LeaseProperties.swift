/// Where a lease stands in its life.
public struct LeaseState: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Wraps a value as the service spells it; one that this version does not know is fine.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// There is none; it can be acquired.
    public static let available = LeaseState(rawValue: "available")
    /// Somebody holds it.
    public static let leased = LeaseState(rawValue: "leased")
    /// Its time is over.
    public static let expired = LeaseState(rawValue: "expired")
    /// It was broken and ends soon.
    public static let breaking = LeaseState(rawValue: "breaking")
    /// It was broken.
    public static let broken = LeaseState(rawValue: "broken")

    public var description: String { rawValue }
}

/// Whether a lease locks the resource.
public struct LeaseStatus: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Wraps a value as the service spells it; one that this version does not know is fine.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Only the holder may write.
    public static let locked = LeaseStatus(rawValue: "locked")
    /// Nobody is kept out.
    public static let unlocked = LeaseStatus(rawValue: "unlocked")

    public var description: String { rawValue }
}

/// How long a lease holds.
public struct LeaseDurationKind: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Wraps a value as the service spells it; one that this version does not know is fine.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Until it is released or broken.
    public static let infinite = LeaseDurationKind(rawValue: "infinite")
    /// For a fixed time, unless renewed.
    public static let fixed = LeaseDurationKind(rawValue: "fixed")

    public var description: String { rawValue }
}

/// The lease of a container or blob, as seen from outside.
public struct LeaseProperties: Sendable, Hashable {
    /// Whether it locks the resource.
    public var status: LeaseStatus?
    /// Where it stands in its life.
    public var state: LeaseState?
    /// How long it holds, while somebody holds it.
    public var duration: LeaseDurationKind?

    /// Describes a lease.
    public init(status: LeaseStatus? = nil, state: LeaseState? = nil, duration: LeaseDurationKind? = nil) {
        self.status = status
        self.state = state
        self.duration = duration
    }
}

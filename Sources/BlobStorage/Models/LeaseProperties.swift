/// The state of a lease.
public struct LeaseState: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a value from the service's spelling, which may be unknown to this version.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// There is no lease; one can be acquired.
    public static let available = LeaseState(rawValue: "available")
    /// Somebody holds it.
    public static let leased = LeaseState(rawValue: "leased")
    /// It has expired.
    public static let expired = LeaseState(rawValue: "expired")
    /// It was broken and ends soon.
    public static let breaking = LeaseState(rawValue: "breaking")
    /// It was broken.
    public static let broken = LeaseState(rawValue: "broken")

    public var description: String { rawValue }
}

/// The status of a lease.
public struct LeaseStatus: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a value from the service's spelling, which may be unknown to this version.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Locked: only requests with the id of the lease may write.
    public static let locked = LeaseStatus(rawValue: "locked")
    /// Unlocked.
    public static let unlocked = LeaseStatus(rawValue: "unlocked")

    public var description: String { rawValue }
}

/// The kind of a lease's duration.
public struct LeaseDurationKind: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a value from the service's spelling, which may be unknown to this version.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Until it is released or broken.
    public static let infinite = LeaseDurationKind(rawValue: "infinite")
    /// For a fixed time, unless renewed.
    public static let fixed = LeaseDurationKind(rawValue: "fixed")

    public var description: String { rawValue }
}

/// The state of the lease of a container or blob.
public struct LeaseProperties: Sendable, Hashable {
    /// Its status.
    public var status: LeaseStatus?
    /// Its state.
    public var state: LeaseState?
    /// The kind of its duration, while it is held.
    public var duration: LeaseDurationKind?

    /// Describes a lease.
    public init(status: LeaseStatus? = nil, state: LeaseState? = nil, duration: LeaseDurationKind? = nil) {
        self.status = status
        self.state = state
        self.duration = duration
    }
}

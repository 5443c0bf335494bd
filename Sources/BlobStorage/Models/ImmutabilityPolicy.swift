public import AzureCore

public import struct Foundation.Date

/// The mode of an immutability policy.
public struct ImmutabilityPolicyMode: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a value from the service's spelling, which may be unknown to this version.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// It can be shortened and removed.
    public static let unlocked = ImmutabilityPolicyMode(rawValue: "Unlocked")
    /// It can only be made longer.
    public static let locked = ImmutabilityPolicyMode(rawValue: "Locked")
    /// It does not hold yet.
    public static let mutable = ImmutabilityPolicyMode(rawValue: "Mutable")

    public var description: String { rawValue }
}

/// The time until which a blob cannot be changed or deleted, and the mode of the policy.
public struct ImmutabilityPolicy: Sendable, Hashable {
    /// The end of the policy.
    public var expiresOn: AzureTimestamp?
    /// Its mode.
    public var mode: ImmutabilityPolicyMode?

    /// Describes a policy.
    public init(expiresOn: AzureTimestamp?, mode: ImmutabilityPolicyMode?) {
        self.expiresOn = expiresOn
        self.mode = mode
    }

    /// Describes a policy that ends at a date; fractions of a second are dropped.
    public init(expiresOn: Date, mode: ImmutabilityPolicyMode?) {
        self.init(expiresOn: AzureTimestamp(expiresOn), mode: mode)
    }
}

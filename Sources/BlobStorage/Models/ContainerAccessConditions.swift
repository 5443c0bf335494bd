public import AzureCore
import HTTPTypes
import StorageCore

/// Conditions for an operation on a container. Conditions that are nil are not checked.
///
/// A condition that an operation does not support is refused with ``AzureCore/AzureErrorCode/invalidArgument``.
public struct ContainerAccessConditions: Sendable, Hashable {
    /// The container was changed since then. Fractions of a second are dropped.
    public var ifModifiedSince: AzureTimestamp?
    /// The container was not changed since then. Fractions of a second are dropped.
    public var ifUnmodifiedSince: AzureTimestamp?
    /// The id of the lease that the caller holds.
    public var leaseID: String?

    /// Creates conditions. By default there are none.
    public init(
        ifModifiedSince: AzureTimestamp? = nil, ifUnmodifiedSince: AzureTimestamp? = nil, leaseID: String? = nil
    ) {
        self.ifModifiedSince = ifModifiedSince
        self.ifUnmodifiedSince = ifUnmodifiedSince
        self.leaseID = leaseID
    }

    /// Which conditions an operation knows.
    struct Support: OptionSet {
        let rawValue: Int

        static let modified = Support(rawValue: 1 << 0)
        static let unmodified = Support(rawValue: 1 << 1)
        static let lease = Support(rawValue: 1 << 2)
        static let all: Support = [.modified, .unmodified, .lease]
    }

    /// Adds these to a request.
    func apply(to fields: inout HTTPFields, supporting support: Support = .all) throws {
        func check(_ isAsked: Bool, _ needed: Support, _ name: String) throws {
            guard !isAsked || support.contains(needed) else {
                throw AzureError.invalidArgument("This operation does not know the condition '\(name)'.")
            }
        }
        try check(ifModifiedSince != nil, .modified, "ifModifiedSince")
        try check(ifUnmodifiedSince != nil, .unmodified, "ifUnmodifiedSince")
        try check(leaseID != nil, .lease, "leaseID")
        try fields.set(.ifModifiedSince, ifModifiedSince)
        try fields.set(.ifUnmodifiedSince, ifUnmodifiedSince)
        try fields.set(.leaseID, leaseID)
    }
}

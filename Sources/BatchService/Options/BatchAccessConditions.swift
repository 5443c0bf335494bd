public import AzureCore

/// Conditions for an operation on a resource. When one does not hold, the operation throws an error with
/// `AzureErrorCode.conditionNotMet`.
public struct BatchAccessConditions: Sendable, Hashable {
    /// An ETag that the resource must have; `*` for any.
    public var ifMatch: ETag?
    /// An ETag that the resource must not have; `*` for any.
    public var ifNoneMatch: ETag?
    /// A time after which the resource must have been changed.
    public var ifModifiedSince: AzureTimestamp?
    /// A time after which the resource must not have been changed.
    public var ifUnmodifiedSince: AzureTimestamp?

    /// Creates conditions.
    public init(
        ifMatch: ETag? = nil, ifNoneMatch: ETag? = nil, ifModifiedSince: AzureTimestamp? = nil,
        ifUnmodifiedSince: AzureTimestamp? = nil
    ) {
        self.ifMatch = ifMatch
        self.ifNoneMatch = ifNoneMatch
        self.ifModifiedSince = ifModifiedSince
        self.ifUnmodifiedSince = ifUnmodifiedSince
    }
}

/// Conditions for an operation on a file. When one does not hold, the operation throws an error with
/// `AzureErrorCode.conditionNotMet`.
public struct BatchModifiedConditions: Sendable, Hashable {
    /// A time after which the file must have been changed.
    public var ifModifiedSince: AzureTimestamp?
    /// A time after which the file must not have been changed.
    public var ifUnmodifiedSince: AzureTimestamp?

    /// Creates conditions.
    public init(ifModifiedSince: AzureTimestamp? = nil, ifUnmodifiedSince: AzureTimestamp? = nil) {
        self.ifModifiedSince = ifModifiedSince
        self.ifUnmodifiedSince = ifUnmodifiedSince
    }
}

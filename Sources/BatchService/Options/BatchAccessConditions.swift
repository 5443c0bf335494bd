public import AzureCore

/// What must hold for an operation to be done. When it does not, the operation throws an error with
/// `AzureErrorCode.conditionNotMet`.
public struct BatchAccessConditions: Sendable, Hashable {
    /// The resource has this ETag; `*` for any.
    public var ifMatch: ETag?
    /// The resource does not have this ETag; `*` for any.
    public var ifNoneMatch: ETag?
    /// The resource was changed after this time.
    public var ifModifiedSince: AzureTimestamp?
    /// The resource was not changed after this time.
    public var ifUnmodifiedSince: AzureTimestamp?

    /// Creates conditions. What is not given is not asked for.
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

/// What must hold for an operation on a file to be done. When it does not, the operation throws an error with
/// `AzureErrorCode.conditionNotMet`.
public struct BatchModifiedConditions: Sendable, Hashable {
    /// The file was changed after this time.
    public var ifModifiedSince: AzureTimestamp?
    /// The file was not changed after this time.
    public var ifUnmodifiedSince: AzureTimestamp?

    /// Creates conditions. What is not given is not asked for.
    public init(ifModifiedSince: AzureTimestamp? = nil, ifUnmodifiedSince: AzureTimestamp? = nil) {
        self.ifModifiedSince = ifModifiedSince
        self.ifUnmodifiedSince = ifUnmodifiedSince
    }
}

public import AzureCore
import HTTPTypes
import StorageCore

/// Conditions for an operation on a blob. Conditions that are nil are not checked.
///
/// When a condition does not hold the operation fails with ``AzureCore/AzureErrorCode/conditionNotMet``. A condition
/// that an operation does not support is refused with ``AzureCore/AzureErrorCode/invalidArgument``, never ignored.
public struct BlobAccessConditions: Sendable, Hashable {
    /// The blob has this ETag; ``AzureCore/ETag/any`` requires that it exists.
    public var ifMatch: ETag?
    /// The blob does not have this ETag; ``AzureCore/ETag/any`` requires that it does not exist.
    public var ifNoneMatch: ETag?
    /// The blob was changed since then. Fractions of a second are dropped.
    public var ifModifiedSince: AzureTimestamp?
    /// The blob was not changed since then. Fractions of a second are dropped.
    public var ifUnmodifiedSince: AzureTimestamp?
    /// The blob's tags satisfy this expression, such as `"status" = 'done'`.
    public var ifTags: String?
    /// The id of the lease that the caller holds.
    public var leaseID: String?

    /// Creates conditions. By default there are none.
    public init(
        ifMatch: ETag? = nil,
        ifNoneMatch: ETag? = nil,
        ifModifiedSince: AzureTimestamp? = nil,
        ifUnmodifiedSince: AzureTimestamp? = nil,
        ifTags: String? = nil,
        leaseID: String? = nil
    ) {
        self.ifMatch = ifMatch
        self.ifNoneMatch = ifNoneMatch
        self.ifModifiedSince = ifModifiedSince
        self.ifUnmodifiedSince = ifUnmodifiedSince
        self.ifTags = ifTags
        self.leaseID = leaseID
    }

    /// Which conditions an operation knows.
    struct Support: OptionSet {
        let rawValue: Int

        static let etag = Support(rawValue: 1 << 0)
        static let dates = Support(rawValue: 1 << 1)
        static let tags = Support(rawValue: 1 << 2)
        static let lease = Support(rawValue: 1 << 3)
        static let all: Support = [.etag, .dates, .tags, .lease]
    }

    /// Adds these to a request.
    func apply(to fields: inout HTTPFields, supporting support: Support = .all) throws {
        func check(_ isAsked: Bool, _ needed: Support, _ name: String) throws {
            guard !isAsked || support.contains(needed) else {
                throw AzureError.invalidArgument("This operation does not know the condition '\(name)'.")
            }
        }
        try check(ifMatch != nil, .etag, "ifMatch")
        try check(ifNoneMatch != nil, .etag, "ifNoneMatch")
        try check(ifModifiedSince != nil, .dates, "ifModifiedSince")
        try check(ifUnmodifiedSince != nil, .dates, "ifUnmodifiedSince")
        try check(ifTags != nil, .tags, "ifTags")
        try check(leaseID != nil, .lease, "leaseID")
        try fields.set(.ifMatch, ifMatch?.headerValue)
        try fields.set(.ifNoneMatch, ifNoneMatch?.headerValue)
        try fields.set(.ifModifiedSince, ifModifiedSince)
        try fields.set(.ifUnmodifiedSince, ifUnmodifiedSince)
        try fields.set(.ifTags, ifTags)
        try fields.set(.leaseID, leaseID)
    }

    /// Adds these to a request about the tags of a blob, where the usual names would be about the tags.
    func applyToBlobOfTags(_ fields: inout HTTPFields) throws {
        try fields.set(.blobIfMatch, ifMatch?.headerValue)
        try fields.set(.blobIfNoneMatch, ifNoneMatch?.headerValue)
        try fields.set(.blobIfModifiedSince, ifModifiedSince)
        try fields.set(.blobIfUnmodifiedSince, ifUnmodifiedSince)
        try fields.set(.ifTags, ifTags)
        try fields.set(.leaseID, leaseID)
    }

    /// Whether a condition asks about the version or age of the blob.
    var asksForVersion: Bool {
        ifMatch != nil || ifNoneMatch != nil || ifModifiedSince != nil || ifUnmodifiedSince != nil
    }
}

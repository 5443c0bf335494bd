public import AzureCore
import HTTPTypes
import StorageCore

/// The choices of creating an append blob or a page blob.
public struct BlobCreateOptions: Sendable {
    /// Whether a blob that exists is replaced by an empty one. The default is false: the call then fails with
    /// ``AzureCore/AzureErrorCode/blobAlreadyExists``. Conditions of your own about the version go before this.
    public var overwrite: Bool
    /// The header fields that the blob is served with.
    public var httpHeaders: BlobHTTPHeaders
    /// Names and values of your own.
    public var metadata: BlobMetadata
    /// Tags to find the blob by, at most 10.
    public var tags: [String: String]
    /// Until when the blob cannot be changed or deleted, and whether a legal hold keeps it.
    public var immutability: BlobProperties.Immutability
    /// Under which conditions to create.
    public var conditions: BlobAccessConditions
    /// How the service encrypts the blob.
    public var encryption: BlobEncryption
    /// The choices of this call.
    public var call: CallOptions

    /// Creates options.
    public init(
        overwrite: Bool = false,
        httpHeaders: BlobHTTPHeaders = BlobHTTPHeaders(),
        metadata: BlobMetadata = [:],
        tags: [String: String] = [:],
        immutability: BlobProperties.Immutability = BlobProperties.Immutability(),
        conditions: BlobAccessConditions = BlobAccessConditions(),
        encryption: BlobEncryption = BlobEncryption(),
        call: CallOptions = CallOptions()
    ) {
        self.overwrite = overwrite
        self.httpHeaders = httpHeaders
        self.metadata = metadata
        self.tags = tags
        self.immutability = immutability
        self.conditions = conditions
        self.encryption = encryption
        self.call = call
    }

    func apply(to fields: inout HTTPFields, endpoint: AzureEndpoint) throws {
        try httpHeaders.apply(to: &fields)
        try MetadataFields.apply(metadata, to: &fields)
        try TagFields.apply(tags, to: &fields)
        try immutability.apply(to: &fields)
        try conditions.apply(to: &fields)
        if refusesExisting { fields[.ifNoneMatch] = "*" }
        try encryption.apply(to: &fields, endpoint: endpoint)
    }

    /// Whether the service is asked to refuse when the blob exists.
    var refusesExisting: Bool { !overwrite && !conditions.asksForVersion }
}

extension BlobProperties.Immutability {
    /// Adds this to a request that creates a blob.
    func apply(to fields: inout HTTPFields) throws {
        guard policy == nil || policy?.expiresOn != nil else {
            throw AzureError.invalidArgument("An immutability policy needs the date when it ends.")
        }
        try fields.set(.immutabilityUntil, policy?.expiresOn)
        try fields.set(.immutabilityMode, policy?.mode?.rawValue)
        fields.set(.legalHold, hasLegalHold)
    }
}

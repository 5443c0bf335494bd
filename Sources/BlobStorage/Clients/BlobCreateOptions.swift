public import AzureCore
import HTTPTypes
import StorageCore

/// Options for creating an append blob or a page blob.
public struct BlobCreateOptions: Sendable {
    /// Whether an existing blob is replaced by an empty one. The default is false: the call then fails with
    /// ``AzureCore/AzureErrorCode/blobAlreadyExists``. Explicit conditions on the version take precedence.
    public var overwrite: Bool
    /// The header fields that the blob is served with.
    public var httpHeaders: BlobHTTPHeaders
    /// The metadata.
    public var metadata: BlobMetadata
    /// Tags to find the blob by, at most 10.
    public var tags: [String: String]
    /// The immutability policy and legal hold of the blob.
    public var immutability: BlobProperties.Immutability
    /// Under which conditions to create.
    public var conditions: BlobAccessConditions
    /// Server-side encryption.
    public var encryption: BlobEncryption
    /// Options of this call.
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

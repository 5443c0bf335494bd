import AzureAuth
public import AzureCore
import HTTPTypes
import StorageCore

public import struct Foundation.Data
public import struct Foundation.URL

/// The source of content that the service reads itself: another blob, a file share, or any public URL.
///
/// Descriptions of a source contain no signature, token or key.
public struct BlobCopySource: Sendable {
    /// The URL, percent-encoded, with a shared access signature where the source needs one. A source that was made of a
    /// client is a URL like any other when this is set.
    public var url: String {
        didSet { client = nil }
    }
    /// The part to take, for operations that take parts. The default is the whole source.
    public var range: BlobRange?
    /// Conditions on the source.
    public var conditions: BlobSourceConditions
    /// A token of Microsoft Entra ID for the source, without `Bearer`, in place of a signature in the URL. It is only
    /// sent over https.
    public var bearerToken: String?
    /// The intent of the request; required with ``bearerToken`` and Azure Files.
    public var fileRequestIntent: FileRequestIntent?
    /// The key that the source was encrypted with.
    public var customerKey: CustomerProvidedKey?
    /// The expected MD5 or CRC-64 of the content.
    public var checksum: ContentChecksum?
    /// The client that the source was made of: the operation that copies from it shows the service this client's
    /// credential.
    private(set) var client: BlobClient?

    /// Describes a source.
    public init(
        url: String, range: BlobRange? = nil, conditions: BlobSourceConditions = BlobSourceConditions(),
        bearerToken: String? = nil, fileRequestIntent: FileRequestIntent? = nil,
        customerKey: CustomerProvidedKey? = nil, checksum: ContentChecksum? = nil
    ) {
        self.url = url
        self.range = range
        self.conditions = conditions
        self.bearerToken = bearerToken
        self.fileRequestIntent = fileRequestIntent
        self.customerKey = customerKey
        self.checksum = checksum
    }

    /// Describes a source.
    public init(
        url: URL, range: BlobRange? = nil, conditions: BlobSourceConditions = BlobSourceConditions(),
        bearerToken: String? = nil, fileRequestIntent: FileRequestIntent? = nil,
        customerKey: CustomerProvidedKey? = nil, checksum: ContentChecksum? = nil
    ) {
        self.init(
            url: url.absoluteString, range: range, conditions: conditions, bearerToken: bearerToken,
            fileRequestIntent: fileRequestIntent, customerKey: customerKey, checksum: checksum)
    }

    /// A blob, its snapshot or its version, which the service reads with the client's own credential.
    ///
    /// - A client with a shared access signature has it in ``url``.
    /// - A client with the account's key signs the URL when the source is used, to read it for an hour; for
    ///   ``BlobClient/startCopy(from:options:)`` from another account for two weeks, after which the service gives up.
    /// - A client with a token sends its token beside the URL, over https. That is not known to
    ///   ``BlobClient/startCopy(from:options:)``, which needs nothing within one account, and for another one throws
    ///   ``AzureCore/AzureErrorCode/invalidArgument``.
    /// - What a client without a credential can read, everybody can.
    ///
    /// ``bearerToken`` takes precedence, and so does a ``url`` that is set.
    public init(_ blob: BlobClient) {
        var url = blob.address
        if let sas = blob.connection.credential.sasToken {
            url += (blob.versionQuery.isEmpty ? "?" : "&") + sas
        }
        self.init(url: url)
        client = blob
    }

    /// What an operation can say about its source.
    struct Support: OptionSet {
        let rawValue: Int

        static let range = Support(rawValue: 1 << 0)
        static let tags = Support(rawValue: 1 << 1)
        static let token = Support(rawValue: 1 << 2)
        static let key = Support(rawValue: 1 << 3)
        static let md5 = Support(rawValue: 1 << 4)
        static let crc64 = Support(rawValue: 1 << 5)
        static let conditions = Support(rawValue: 1 << 6)
    }

    /// Adds this to a request, with what shows that the service may read it.
    ///
    /// - Parameters:
    ///   - fields: The header fields of the request.
    ///   - target: The account that the request goes to.
    ///   - support: What the operation can say about its source.
    func apply(to fields: inout HTTPFields, of target: BlobConnection, supporting support: Support) async throws {
        try checkSupport(support)
        let source = try await authorized(for: target, withToken: support.contains(.token))
        try source.apply(to: &fields, endpoint: target.endpoint)
    }

    private func apply(to fields: inout HTTPFields, endpoint: AzureEndpoint) throws {
        guard !url.isEmpty else { throw AzureError.invalidArgument("The source of the copy has no URL.") }
        try fields.set(.copySource, url)
        try range?.check()
        try fields.set(.sourceRange, range?.description)
        try conditions.apply(to: &fields)
        if let bearerToken {
            guard endpoint.scheme == "https" else {
                throw AzureError.invalidArgument("A token for the source of a copy is only sent over https.")
            }
            try fields.set(.copySourceAuthorization, "Bearer \(bearerToken)")
        }
        try fields.set(.fileRequestIntent, fileRequestIntent?.rawValue)
        try customerKey?.apply(to: &fields, endpoint: endpoint, isSource: true)
        try checksum?.applyToSource(&fields)
    }

    private func checkSupport(_ support: Support) throws {
        func check(_ isAsked: Bool, _ needed: Support, _ name: String) throws {
            guard !isAsked || support.contains(needed) else {
                throw AzureError.invalidArgument("This operation does not know '\(name)' of its source.")
            }
        }
        try check(range != nil, .range, "range")
        try check(conditions != BlobSourceConditions(), .conditions, "conditions")
        try check(conditions.ifTags != nil, .tags, "conditions.ifTags")
        try check(bearerToken != nil, .token, "bearerToken")
        try check(fileRequestIntent != nil, .token, "fileRequestIntent")
        try check(customerKey != nil, .key, "customerKey")
        switch checksum?.kind {
        case .md5: try check(true, .md5, "checksum")
        case .crc64: try check(true, .crc64, "checksum")
        case .structuredBody, nil: break
        }
    }
}

extension BlobCopySource: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { StorageURL.shown(url) }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["url": description, "range": range as Any]) }
}

/// Conditions on the source of a copy. Conditions that are nil are not checked.
///
/// When a condition does not hold the operation fails with ``AzureCore/AzureErrorCode/sourceConditionNotMet``.
public struct BlobSourceConditions: Sendable, Hashable {
    /// The source has this ETag.
    public var ifMatch: ETag?
    /// The source does not have this ETag.
    public var ifNoneMatch: ETag?
    /// The source was changed since then. Fractions of a second are dropped.
    public var ifModifiedSince: AzureTimestamp?
    /// The source was not changed since then. Fractions of a second are dropped.
    public var ifUnmodifiedSince: AzureTimestamp?
    /// The source's tags satisfy this expression. Supported by asynchronous copies and by putting a blob from a URL.
    public var ifTags: String?

    /// Creates conditions. By default there are none.
    public init(
        ifMatch: ETag? = nil, ifNoneMatch: ETag? = nil, ifModifiedSince: AzureTimestamp? = nil,
        ifUnmodifiedSince: AzureTimestamp? = nil,
        ifTags: String? = nil
    ) {
        self.ifMatch = ifMatch
        self.ifNoneMatch = ifNoneMatch
        self.ifModifiedSince = ifModifiedSince
        self.ifUnmodifiedSince = ifUnmodifiedSince
        self.ifTags = ifTags
    }

    func apply(to fields: inout HTTPFields) throws {
        try fields.set(.sourceIfMatch, ifMatch?.headerValue)
        try fields.set(.sourceIfNoneMatch, ifNoneMatch?.headerValue)
        try fields.set(.sourceIfModifiedSince, ifModifiedSince)
        try fields.set(.sourceIfUnmodifiedSince, ifUnmodifiedSince)
        try fields.set(.sourceIfTags, ifTags)
    }
}

/// The intent of a request to a file share.
public struct FileRequestIntent: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Creates a value from the service's spelling, which may be unknown to this version.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The caller acts with the rights of a backup operator.
    public static let backup = FileRequestIntent(rawValue: "backup")

    public var description: String { rawValue }
}

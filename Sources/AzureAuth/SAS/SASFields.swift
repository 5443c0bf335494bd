import AzureCore

/// The version of the service whose SAS layout this package writes.
package let sasVersion = "2026-10-06"

/// Which protocols a SAS may be used with.
public struct SASProtocol: Sendable, Hashable, RawRepresentable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    /// HTTPS only.
    public static let https = SASProtocol(rawValue: "https")
    /// HTTPS and HTTP.
    public static let httpsAndHTTP = SASProtocol(rawValue: "https,http")
}

/// The headers that an answer to a request with a SAS has in place of those that were stored with the blob.
public struct SASResponseHeaders: Sendable, Hashable {
    /// `Cache-Control`.
    public var cacheControl: String?
    /// `Content-Disposition`.
    public var contentDisposition: String?
    /// `Content-Encoding`.
    public var contentEncoding: String?
    /// `Content-Language`.
    public var contentLanguage: String?
    /// `Content-Type`.
    public var contentType: String?

    /// Creates a set of headers; nil leaves one as it is stored.
    public init(
        cacheControl: String? = nil, contentDisposition: String? = nil, contentEncoding: String? = nil,
        contentLanguage: String? = nil, contentType: String? = nil
    ) {
        self.cacheControl = cacheControl
        self.contentDisposition = contentDisposition
        self.contentEncoding = contentEncoding
        self.contentLanguage = contentLanguage
        self.contentType = contentType
    }

    /// Names in the token and values, in the order in which they are signed.
    var fields: [(name: String, value: String?)] {
        [
            ("rscc", cacheControl), ("rscd", contentDisposition), ("rsce", contentEncoding),
            ("rscl", contentLanguage), ("rsct", contentType),
        ]
    }
}

extension AzureTimestamp {
    /// As signatures have it.
    var sasTime: String { text(for: .signature) }
}

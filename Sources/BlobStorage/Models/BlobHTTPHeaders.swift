import HTTPTypes
import StorageCore

public import struct Foundation.Data

/// The header fields that a blob is served with.
public struct BlobHTTPHeaders: Sendable, Hashable {
    /// The type of the content. The service takes `application/octet-stream` when there is none.
    public var contentType: String?
    /// The encoding of the content, such as `gzip`.
    public var contentEncoding: String?
    /// The language of the content.
    public var contentLanguage: String?
    /// The presentation in browsers, such as `attachment; filename="a.txt"`.
    public var contentDisposition: String?
    /// The caching of the content, as in `Cache-Control`.
    public var cacheControl: String?
    /// The MD5 of the whole content: 16 bytes. The service keeps it and does not compare it with the content, except
    /// for what is uploaded in one piece.
    public var contentMD5: Data?

    /// Creates a set of header fields.
    public init(
        contentType: String? = nil,
        contentEncoding: String? = nil,
        contentLanguage: String? = nil,
        contentDisposition: String? = nil,
        cacheControl: String? = nil,
        contentMD5: Data? = nil
    ) {
        self.contentType = contentType
        self.contentEncoding = contentEncoding
        self.contentLanguage = contentLanguage
        self.contentDisposition = contentDisposition
        self.cacheControl = cacheControl
        self.contentMD5 = contentMD5
    }

    /// Adds these to a request, as `x-ms-blob-…`.
    func apply(to fields: inout HTTPFields) throws {
        try fields.set(.blobContentType, contentType)
        try fields.set(.blobContentEncoding, contentEncoding)
        try fields.set(.blobContentLanguage, contentLanguage)
        try fields.set(.blobContentDisposition, contentDisposition)
        try fields.set(.blobCacheControl, cacheControl)
        if let contentMD5 {
            try Checks.md5(contentMD5)
            fields[.blobContentMD5] = contentMD5.base64EncodedString()
        }
    }
}

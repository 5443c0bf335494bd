public import AzureCore
import HTTPTypes

/// Properties of a file of a task or node, from the header fields of an answer.
public struct BatchFileProperties: Sendable, Hashable {
    /// The size in bytes. In the answer to a download of a range: the size of the range.
    public var contentLength: Int64?
    /// The media type.
    public var contentType: String?
    /// When the file was created; not known on Linux.
    public var creationTime: AzureTimestamp?
    /// When the file was last changed.
    public var lastModified: AzureTimestamp?
    /// Whether it is a directory.
    public var isDirectory: Bool
    /// The permissions in octal, such as `100644`; Linux only.
    public var mode: String?
    /// The URL of the file.
    public var url: String?
    /// The ETag of the file.
    public var etag: ETag?
    /// The id that the service gave the request; name it when asking Azure support.
    public var requestID: String?
    /// The id that this package gave the request, when the service repeats it.
    public var clientRequestID: String?

    /// Creates a value. Properties are nil unless given.
    public init(
        contentLength: Int64? = nil, contentType: String? = nil, creationTime: AzureTimestamp? = nil,
        lastModified: AzureTimestamp? = nil,
        isDirectory: Bool = false, mode: String? = nil, url: String? = nil, etag: ETag? = nil,
        requestID: String? = nil, clientRequestID: String? = nil
    ) {
        self.contentLength = contentLength
        self.contentType = contentType
        self.creationTime = creationTime
        self.lastModified = lastModified
        self.isDirectory = isDirectory
        self.mode = mode
        self.url = url
        self.etag = etag
        self.requestID = requestID
        self.clientRequestID = clientRequestID
    }

    init(_ head: HTTPResponse) {
        let (fields, info) = (head.headerFields, ResponseInfo(head))
        self.init(
            contentLength: fields[.contentLength].flatMap { Int64(digits: $0) }, contentType: fields[.contentType],
            creationTime: fields.timestamp(.ocpCreationTime),
            lastModified: fields.timestamp(.lastModified),
            isDirectory: fields[.fileIsDirectory]?.lowercased() == "true", mode: fields[.fileMode],
            url: fields[.fileURL].map { PercentEncoding.decode($0) ?? $0 }, etag: fields.etag,
            requestID: info.requestID, clientRequestID: info.clientRequestID)
    }
}

public import AzureCore
import HTTPTypes

/// The header fields of an answer about a resource that was created or changed.
public struct BatchResponseHeaders: Sendable, Hashable {
    /// The ETag of the resource, for conditions.
    public var etag: ETag?
    /// When the resource was last changed.
    public var lastModified: AzureTimestamp?
    /// The id that the service gave the request; name it when asking Azure support.
    public var requestID: String?
    /// The id that this package gave the request, when the service repeats it.
    public var clientRequestID: String?
    /// The URL of the resource, as `DataServiceId` has it.
    public var dataServiceID: String?

    /// Creates a value. Properties are nil unless given.
    public init(
        etag: ETag? = nil, lastModified: AzureTimestamp? = nil, requestID: String? = nil,
        clientRequestID: String? = nil,
        dataServiceID: String? = nil
    ) {
        self.etag = etag
        self.lastModified = lastModified
        self.requestID = requestID
        self.clientRequestID = clientRequestID
        self.dataServiceID = dataServiceID
    }

    init(_ head: HTTPResponse) {
        let (fields, info) = (head.headerFields, ResponseInfo(head))
        self.init(
            etag: fields.etag, lastModified: fields.timestamp(.lastModified),
            requestID: info.requestID, clientRequestID: info.clientRequestID,
            dataServiceID: fields[.dataServiceID])
    }
}

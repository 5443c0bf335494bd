public import AzureCore
public import HTTPTypes

/// What every answer of the service says about itself.
public struct BlobResponseInfo: Sendable, Hashable {
    /// The HTTP status.
    public var status: HTTPResponse.Status
    /// The id that the service gave the request; name it when asking Azure support.
    public var requestID: String?
    /// The id that this package or the caller gave the request.
    public var clientRequestID: String?
    /// The version of the service that answered.
    public var serviceVersion: BlobServiceVersion?
    /// When the service answered, by its own clock.
    public var date: AzureTimestamp?
    /// The type of the answer's body, such as `application/xml`.
    public var contentType: String?

    /// Reads the header fields of an answer, for instance in ``BlobCallOptions/onResponse``.
    public init(_ head: HTTPResponse) {
        status = head.status
        requestID = head.headerFields[.requestID]
        clientRequestID = head.headerFields[.clientRequestID]
        serviceVersion = head.headerFields.open(.version)
        date = head.headerFields.timestamp(.date)
        contentType = head.headerFields[.contentType]
    }
}

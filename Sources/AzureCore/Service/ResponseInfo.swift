public import HTTPTypes

/// The header fields that every response of a service has.
public struct ResponseInfo: Sendable, Hashable {
    /// The HTTP status.
    public var status: HTTPResponse.Status
    /// The id that the service gave the request; name it when asking Azure support.
    public var requestID: String?
    /// The id that this package or the caller gave the request, where the service repeats it.
    public var clientRequestID: String?
    /// The version of the interface that answered, where the service says it.
    public var serviceVersion: String?
    /// When the service answered, by its own clock.
    public var date: AzureTimestamp?
    /// The type of the answer's body, such as `application/xml`.
    public var contentType: String?

    /// Reads the header fields of an answer, for instance in ``CallOptions/onResponse``.
    public init(_ head: HTTPResponse) {
        status = head.status
        requestID = Self.first(of: ["x-ms-request-id", "request-id"], in: head.headerFields)
        clientRequestID = Self.first(of: ["x-ms-client-request-id", "client-request-id"], in: head.headerFields)
        serviceVersion = Self.first(of: ["x-ms-version"], in: head.headerFields)
        date = Self.first(of: ["date"], in: head.headerFields).map { AzureTimestamp($0) }
        contentType = Self.first(of: ["content-type"], in: head.headerFields)
    }

    /// The first of some fields that has a value. Azure's services have names of their own for the same things.
    private static func first(of names: [String], in fields: HTTPFields) -> String? {
        for name in names {
            if let name = HTTPField.Name(name), let value = fields.value(name), !value.isEmpty { return value }
        }
        return nil
    }
}

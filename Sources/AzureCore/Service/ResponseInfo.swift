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
        let fields = head.headerFields
        status = head.status
        requestID = Self.requestID(in: fields)
        clientRequestID = Self.clientRequestID(in: fields)
        serviceVersion = fields.text(.serviceVersion)
        date = fields.text(.date).map { AzureTimestamp($0) }
        contentType = fields.text(.contentType)
    }

    // Azure's services have names of their own for the same things.
    static func requestID(in fields: HTTPFields) -> String? {
        fields.text(.storageRequestID) ?? fields.text(.requestID)
    }

    static func clientRequestID(in fields: HTTPFields) -> String? {
        fields.text(.storageClientRequestID) ?? fields.text(.clientRequestID)
    }
}

extension HTTPFields {
    /// The value of a field, unless it is empty.
    fileprivate func text(_ name: HTTPField.Name) -> String? {
        value(name).flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension HTTPField.Name {
    fileprivate static let storageRequestID = HTTPField.Name("x-ms-request-id")!
    fileprivate static let requestID = HTTPField.Name("request-id")!
    fileprivate static let storageClientRequestID = HTTPField.Name("x-ms-client-request-id")!
    fileprivate static let clientRequestID = HTTPField.Name("client-request-id")!
    fileprivate static let serviceVersion = HTTPField.Name("x-ms-version")!
}

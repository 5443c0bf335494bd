public import HTTPTypes

/// An error of a call: what happened, to which resource, and the service's response.
///
/// ```swift
/// do {
///     try await container.create()
/// } catch let error as AzureError where error.code == .containerAlreadyExists {
///     …
/// }
/// ```
///
/// Neither the message nor any description holds a key, a token or a signature. Cancellation is not an `AzureError`:
/// it is thrown as `CancellationError`.
public struct AzureError: Error, Sendable {
    /// An additional detail of the service, such as the name of the offending property.
    public struct Detail: Sendable, Hashable {
        /// The name of the detail.
        public var key: String
        /// Its value.
        public var value: String

        /// Creates a detail.
        public init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }

    /// The service that was called; nil when the failure is not tied to one.
    public var service: AzureService?
    /// The code, to switch on: that of the service, or one of this package's own for failures on this side.
    public var code: AzureErrorCode
    /// The HTTP status; nil when no answer came.
    public var status: HTTPResponse.Status?
    /// What happened, in one or two sentences.
    public var message: String
    /// The operation, such as `Blob.Upload`.
    public var operation: String?
    /// The resource: the URL without its query.
    public var resource: String?
    /// The id that the service gave the request; name it when asking Azure support.
    public var requestID: String?
    /// The id that this package gave the request.
    public var clientRequestID: String?
    /// Additional details of the service.
    public var details: [Detail]
    /// The error underneath.
    public var underlying: (any Error)?
    /// Whether an earlier try of the call may have succeeded, since it ended without a response, as when the connection
    /// broke. "Exists already" and "not found" may then be the work of the call itself. The default is false.
    public var earlierTryMayHaveActed = false
    /// How many times the call was tried; nil when it did not come so far.
    public var tries: Int?
    /// The delay before another try that the service asks for, if any.
    public var retryAfter: Duration?

    /// Creates an error.
    public init(
        service: AzureService? = nil,
        code: AzureErrorCode,
        status: HTTPResponse.Status? = nil,
        message: String,
        operation: String? = nil,
        resource: String? = nil,
        requestID: String? = nil,
        clientRequestID: String? = nil,
        details: [Detail] = [],
        underlying: (any Error)? = nil
    ) {
        self.service = service
        self.code = code
        self.status = status
        self.message = message
        self.operation = operation
        self.resource = resource
        self.requestID = requestID
        self.clientRequestID = clientRequestID
        self.details = details
        self.underlying = underlying
    }

    /// An error about an argument, thrown before anything is sent.
    public static func invalidArgument(_ message: String) -> AzureError {
        AzureError(code: .invalidArgument, message: message)
    }
}

/// An Azure service. More may be added.
public struct AzureService: Sendable, Hashable, CustomStringConvertible {
    /// The service's name, as in `Blob`.
    public let name: String

    /// Names a service.
    public init(name: String) {
        self.name = name
    }

    /// Azure Blob Storage.
    public static let blob = AzureService(name: "Blob")
    /// Azure Batch.
    public static let batch = AzureService(name: "Batch")
    /// Microsoft Entra ID.
    public static let entra = AzureService(name: "Entra")

    public var description: String { name }
}

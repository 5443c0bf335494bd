public import HTTPTypes
public import Logging

/// The choices of a single call.
public struct BlobCallOptions: Sendable {
    /// How long the service may work on one try before it gives up with
    /// ``AzureCore/AzureErrorCode/operationTimedOut``; whole seconds. The default leaves that to the service.
    public var serverTimeout: Duration?
    /// How long nothing may move on the connection before a try fails; see
    /// ``AzureCore/HTTPTransportOptions/idleTimeout``. The default is that of the client.
    public var idleTimeout: Duration?
    /// The id of the request, at most 1 KiB, which the service keeps in its logs. The default is a new one.
    public var clientRequestID: String?
    /// Where the call is logged. The default is the logger of the client.
    public var logger: Logger?
    /// Whether the call may be retried even where sending it twice may act twice; only such calls look at this.
    /// The default is false.
    public var isSafeToRetry: Bool
    /// Called with the head of the answer, be it one of success or of an error: once for each page of a list and each
    /// part of a transfer, and not for tries that were repeated. The default does nothing.
    public var onResponse: (@Sendable (HTTPResponse) -> Void)?

    /// Creates options.
    public init(
        serverTimeout: Duration? = nil,
        idleTimeout: Duration? = nil,
        clientRequestID: String? = nil,
        logger: Logger? = nil,
        isSafeToRetry: Bool = false,
        onResponse: (@Sendable (HTTPResponse) -> Void)? = nil
    ) {
        self.serverTimeout = serverTimeout
        self.idleTimeout = idleTimeout
        self.clientRequestID = clientRequestID
        self.logger = logger
        self.isSafeToRetry = isSafeToRetry
        self.onResponse = onResponse
    }
}

public import HTTPTypes
public import Logging

/// Options of a single call, the same for every service.
///
/// Options that are not set are those of the client's ``PipelineOptions``.
public struct CallOptions: Sendable {
    /// The time after which the service gives up one try with ``AzureErrorCode/operationTimedOut``. Services count in
    /// whole seconds, so a fraction is rounded up. The default leaves the limit to the service.
    public var serverTimeout: Duration?
    /// The time without any data on the connection after which a try fails; see ``HTTPTransportOptions/idleTimeout``.
    /// The default is that of the client.
    public var idleTimeout: Duration?
    /// The id of the request, at most 1 KiB, which the service keeps in its logs. The default is a new UUID.
    public var clientRequestID: String?
    /// The time of the request, which is signed with it. The default is the time at which it is signed, as it always is of
    /// the later requests of a call that sends several: pages of lists, parts of transfers, looks at what became of a try.
    public var date: AzureTimestamp?
    /// The logger of the call. The default is that of the client.
    public var logger: Logger?
    /// When failed tries of this call are made again, and how long it may take with all of them. The default is what
    /// the client does.
    public var retry: RetryOptions?
    /// Whether the call may be retried even where sending it twice may act twice; only such calls look at this.
    /// The default is false.
    public var isSafeToRetry: Bool
    /// Called with the head of the answer, be it one of success or of an error: once for each page of a list and each
    /// part of a transfer, and not for tries that were repeated. The default does nothing.
    public var onResponse: (@Sendable (HTTPResponse) -> Void)?

    /// Where tries that the service refused are counted.
    package var refusals: Refusals?
    /// How fast the body of the request may go out; nil for no limit.
    package var bandwidth: BandwidthLimit?

    /// Creates options.
    public init(
        serverTimeout: Duration? = nil,
        idleTimeout: Duration? = nil,
        clientRequestID: String? = nil,
        date: AzureTimestamp? = nil,
        logger: Logger? = nil,
        retry: RetryOptions? = nil,
        isSafeToRetry: Bool = false,
        onResponse: (@Sendable (HTTPResponse) -> Void)? = nil
    ) {
        self.serverTimeout = serverTimeout
        self.idleTimeout = idleTimeout
        self.clientRequestID = clientRequestID
        self.date = date
        self.logger = logger
        self.retry = retry
        self.isSafeToRetry = isSafeToRetry
        self.onResponse = onResponse
    }
}

extension CallOptions {
    /// The same for a request that is one of several of a call, and is signed with a time of its own.
    package var withoutDate: CallOptions {
        var call = self
        call.date = nil
        return call
    }

    /// The whole seconds of ``serverTimeout``, as services take them.
    ///
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/invalidArgument`` for a time that is none, or longer than any
    ///   service can count.
    func serverTimeoutSeconds() throws -> Int64? {
        guard let serverTimeout else { return nil }
        let (seconds, attoseconds) = serverTimeout.boundedComponents
        guard seconds > 0 || attoseconds > 0, seconds < Int64(Int32.max) else {
            throw AzureError.invalidArgument(
                "The server timeout is \(serverTimeout); services count in whole seconds, from at least one second up.")
        }
        return attoseconds > 0 ? seconds + 1 : seconds
    }
}

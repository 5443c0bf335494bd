public import Logging

/// What all clients have in common: transport, retries, logs, policies of the caller's own.
public struct PipelineOptions: Sendable {
    /// What sends the requests. The default is one transport that the whole process shares.
    public var transport: any HTTPTransport
    /// When to try again.
    public var retry: RetryOptions
    /// The limits of each try.
    public var transportOptions: HTTPTransportOptions
    /// Where requests are logged, at debug level. The default is a logger labelled `azure-swift`.
    public var logger: Logger
    /// What may be logged.
    public var logging: LoggingOptions
    /// The caller's application, put in front of `User-Agent`; at most 24 characters are sent. The default is none.
    public var applicationID: String?
    /// Policies that see each call once, before retries.
    public var perCallPolicies: [any PipelinePolicy]
    /// Policies that see each try, after authorisation.
    public var perTryPolicies: [any PipelinePolicy]
    /// Where the time comes from.
    public var timeSource: TimeSource

    /// Creates options.
    public init(
        transport: any HTTPTransport = DefaultTransport.shared,
        retry: RetryOptions = RetryOptions(),
        transportOptions: HTTPTransportOptions = HTTPTransportOptions(),
        logger: Logger = Logger(label: "azure-swift"),
        logging: LoggingOptions = LoggingOptions(),
        applicationID: String? = nil,
        perCallPolicies: [any PipelinePolicy] = [],
        perTryPolicies: [any PipelinePolicy] = [],
        timeSource: TimeSource = .system
    ) {
        self.transport = transport
        self.retry = retry
        self.transportOptions = transportOptions
        self.logger = logger
        self.logging = logging
        self.applicationID = applicationID
        self.perCallPolicies = perCallPolicies
        self.perTryPolicies = perTryPolicies
        self.timeSource = timeSource
    }
}

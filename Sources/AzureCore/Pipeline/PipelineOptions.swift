public import Logging

/// Options that all clients have in common: transport, retries, logging, policies.
public struct PipelineOptions: Sendable {
    /// The transport. The default is one that the whole process shares.
    public var transport: any HTTPTransport
    /// The retry policy.
    public var retry: RetryOptions
    /// The limits of each try.
    public var transportOptions: HTTPTransportOptions
    /// The logger of requests: each at debug level, retries at info level, calls that are given up as warnings. The
    /// default is a logger labelled `azure-swift`.
    public var logger: Logger
    /// The logging options.
    public var logging: LoggingOptions
    /// The caller's application, put in front of `User-Agent`; at most 24 characters are sent. The default is none.
    public var applicationID: String?
    /// Policies that see each call once, before retries.
    public var perCallPolicies: [any PipelinePolicy]
    /// Policies that see each try, after authorisation.
    public var perTryPolicies: [any PipelinePolicy]
    /// The source of time.
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

public import HTTPTypes

/// The pipeline that every call of a client passes through.
///
/// The order, from the outside in:
///
/// | once a call | once a try |
/// |---|---|
/// | request id (`RequestIDPolicy`) | the request goes to the client's own host (`SingleHostPolicy`) |
/// | errors get their context (`ErrorContextPolicy`) | date and authorisation (the client's policy) |
/// | telemetry (`TelemetryPolicy`) | the caller's policies (``PipelineOptions/perTryPolicies``) |
/// | the caller's policies (``PipelineOptions/perCallPolicies``) | logging (`LoggingPolicy`) |
/// | retry (`RetryPolicy`) | buffering (`BufferingPolicy`), then the transport |
///
/// Buffering is innermost so that an answer which breaks off while it is read counts as a failed try.
public struct HTTPPipeline: Sendable {
    /// The policies in their order, without the transport.
    package let policies: [any PipelinePolicy]
    /// What `TelemetryPolicy` writes into requests that have no `User-Agent`.
    package let userAgent: String
    private let transport: TransportPolicy

    /// Builds the pipeline of a client.
    ///
    /// - Parameters:
    ///   - service: The service that the client calls.
    ///   - authority: The only host (and port) that requests may go to.
    ///   - requestIDHeader: The header that carries the id of a request.
    ///   - authentication: Date and authorisation.
    ///   - options: The options of the client.
    public init(
        service: AzureService,
        authority: String,
        requestIDHeader: HTTPField.Name,
        authentication: any PipelinePolicy,
        options: PipelineOptions
    ) {
        let telemetry = TelemetryPolicy(service: service, applicationID: options.applicationID)
        userAgent = telemetry.userAgent
        var policies: [any PipelinePolicy] = [
            RequestIDPolicy(header: requestIDHeader),
            ErrorContextPolicy(service: service, requestIDHeader: requestIDHeader),
            telemetry,
        ]
        policies += options.perCallPolicies
        policies.append(RetryPolicy(options: options.retry, timeSource: options.timeSource, logger: options.logger))
        policies.append(SingleHostPolicy(authority: authority))
        policies.append(authentication)
        policies += options.perTryPolicies
        policies.append(
            LoggingPolicy(options: options.logging, logger: options.logger, timeSource: options.timeSource))
        policies.append(BufferingPolicy())
        self.policies = policies
        transport = TransportPolicy(transport: options.transport, options: options.transportOptions)
    }

    /// Sends one call and returns the answer, whatever its status.
    ///
    /// - Throws: An ``AzureError`` when no answer came, `CancellationError` when the task was cancelled.
    public func send(_ request: PipelineRequest) async throws -> HTTPTransportResponse {
        try await PipelineNext(policies: policies[...], last: transport)(request)
    }
}

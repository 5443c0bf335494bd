public import HTTPTypes
public import Logging

/// A call that passes through the pipeline.
public struct PipelineRequest: Sendable {
    /// Whether a request may be sent again when the outcome of an earlier try is unknown.
    public enum RetrySafety: Sendable, Hashable {
        /// Sending it twice has the effect of sending it once.
        case idempotent
        /// Sending it twice may act twice. It is retried only when the service provably did not act.
        case unsafe
    }

    /// The handling of the response's body.
    public enum ResponseHandling: Sendable, Hashable {
        /// Read it into memory, at most so many bytes, as part of the try: a break while reading is retried.
        case buffered(limit: Int)
        /// Hand it to the caller as it arrives. Answers with an error status are buffered all the same.
        case streamed
    }

    /// Method, URL and header fields.
    public var request: HTTPRequest
    /// The body.
    public var body: HTTPBody?
    /// The operation's name, such as `Blob.Upload`, for logs, spans and errors.
    public var operation: String
    /// Whether it may be sent twice. By default what the method implies: POST and PATCH may not.
    public var retrySafety: RetrySafety
    /// The handling of the response's body. The default is to buffer up to 16 MiB.
    public var responseHandling: ResponseHandling
    /// The caller's logger; nil for that of the client.
    public var logger: Logger?
    /// How long nothing may move; nil for what the client has in ``PipelineOptions/transportOptions``.
    public var idleTimeout: Duration?
    /// When failed tries are made again; nil for what the client has in ``PipelineOptions/retry``.
    public var retry: RetryOptions?
    /// Where tries that the service refused are counted.
    package var refusals: Refusals?
    /// Which try this is, from 1. Set by the retry policy.
    public internal(set) var attempt: Int = 1

    /// The limit for answers that are read into memory.
    public static let defaultBufferLimit = 16 * 1024 * 1024

    /// Creates a call.
    public init(
        _ request: HTTPRequest,
        body: HTTPBody? = nil,
        operation: String,
        retrySafety: RetrySafety? = nil,
        responseHandling: ResponseHandling = .buffered(limit: defaultBufferLimit),
        logger: Logger? = nil,
        idleTimeout: Duration? = nil,
        retry: RetryOptions? = nil
    ) {
        self.request = request
        self.body = body
        self.operation = operation
        self.retrySafety =
            retrySafety ?? ([.post, .patch].contains(request.method) ? .unsafe : .idempotent)
        self.responseHandling = responseHandling
        self.logger = logger
        self.idleTimeout = idleTimeout
        self.retry = retry
    }
}

/// Options for logging. Values that are not listed are replaced by `REDACTED`.
public struct LoggingOptions: Sendable, Hashable {
    /// The header fields whose values are shown, in lower case. The default are those that hold no secret.
    public var allowedHeaders: Set<String>

    /// Creates options.
    public init(allowedHeaders: Set<String> = LoggingOptions.defaultAllowedHeaders) {
        self.allowedHeaders = allowedHeaders
    }

    /// The header fields that are shown unless told otherwise.
    public static let defaultAllowedHeaders: Set<String> = [
        "accept", "cache-control", "client-request-id", "content-length", "content-md5", "content-range",
        "content-type", "date", "etag", "if-match", "if-modified-since", "if-none-match", "if-unmodified-since",
        "last-modified", "ocp-date", "ocp-range", "request-id", "retry-after", "retry-after-ms", "server",
        "transfer-encoding", "user-agent", "x-ms-blob-type", "x-ms-client-request-id", "x-ms-date",
        "x-ms-error-code", "x-ms-range", "x-ms-request-id", "x-ms-retry-after-ms", "x-ms-version",
    ]
}

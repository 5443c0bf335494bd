/// Options for logging. Values that are not listed are replaced by `REDACTED`.
public struct LoggingOptions: Sendable, Hashable {
    /// The header fields whose values are shown, in lower case. The default are those that hold no secret.
    public var allowedHeaders: Set<String>

    /// Creates options.
    public init(allowedHeaders: Set<String> = LoggingOptions.defaultAllowedHeaders) {
        self.allowedHeaders = allowedHeaders
    }

    /// The header fields that are shown unless told otherwise: those of both services that hold neither a secret nor what
    /// a user has made up, such as metadata and tags. The official SDKs show the same ones.
    public static let defaultAllowedHeaders: Set<String> = [
        "accept", "accept-ranges", "access-control-allow-origin", "cache-control", "client-request-id", "connection",
        "content-disposition", "content-encoding", "content-language", "content-length", "content-md5", "content-range",
        "content-type", "dataserviceid", "date", "etag", "expires", "if-match", "if-modified-since", "if-none-match",
        "if-unmodified-since", "last-modified", "ms-cv", "ocp-batch-file-isdirectory", "ocp-batch-file-mode",
        "ocp-creation-time", "ocp-date", "ocp-range", "pragma", "range", "request-id", "retry-after", "retry-after-ms",
        "return-client-request-id", "server", "traceparent", "transfer-encoding", "user-agent", "vary",
        "www-authenticate", "x-ms-access-tier", "x-ms-access-tier-change-time", "x-ms-access-tier-if-modified-since",
        "x-ms-access-tier-if-unmodified-since", "x-ms-access-tier-inferred", "x-ms-account-kind", "x-ms-archive-status",
        "x-ms-blob-append-offset", "x-ms-blob-cache-control", "x-ms-blob-committed-block-count",
        "x-ms-blob-condition-appendpos", "x-ms-blob-condition-maxsize", "x-ms-blob-content-disposition",
        "x-ms-blob-content-encoding", "x-ms-blob-content-language", "x-ms-blob-content-length", "x-ms-blob-content-md5",
        "x-ms-blob-content-type", "x-ms-blob-if-match", "x-ms-blob-if-modified-since", "x-ms-blob-if-none-match",
        "x-ms-blob-if-unmodified-since", "x-ms-blob-public-access", "x-ms-blob-sealed", "x-ms-blob-sequence-number",
        "x-ms-blob-type", "x-ms-client-request-id", "x-ms-content-crc64", "x-ms-copy-action",
        "x-ms-copy-completion-time", "x-ms-copy-destination-snapshot", "x-ms-copy-id", "x-ms-copy-progress",
        "x-ms-copy-status", "x-ms-creation-time", "x-ms-date", "x-ms-default-encryption-scope", "x-ms-delete-snapshots",
        "x-ms-delete-type-permanent", "x-ms-deny-encryption-scope-override", "x-ms-encryption-algorithm",
        "x-ms-error-code", "x-ms-expiry-option", "x-ms-expiry-time", "x-ms-has-immutability-policy",
        "x-ms-has-legal-hold", "x-ms-if-sequence-number-eq", "x-ms-if-sequence-number-le", "x-ms-if-sequence-number-lt",
        "x-ms-immutability-policy-mode", "x-ms-immutability-policy-until-date", "x-ms-incremental-copy",
        "x-ms-is-current-version", "x-ms-is-hns-enabled", "x-ms-last-access-time", "x-ms-lease-action",
        "x-ms-lease-break-period", "x-ms-lease-duration", "x-ms-lease-id", "x-ms-lease-state", "x-ms-lease-status",
        "x-ms-lease-time", "x-ms-legal-hold", "x-ms-page-write", "x-ms-proposed-lease-id", "x-ms-range",
        "x-ms-range-get-content-md5", "x-ms-rehydrate-priority", "x-ms-request-id", "x-ms-request-server-encrypted",
        "x-ms-requires-sync", "x-ms-retry-after-ms", "x-ms-return-client-request-id", "x-ms-seal-blob",
        "x-ms-sequence-number-action", "x-ms-server-encrypted", "x-ms-sku-name", "x-ms-snapshot",
        "x-ms-source-content-md5", "x-ms-source-if-match", "x-ms-source-if-modified-since", "x-ms-source-if-none-match",
        "x-ms-source-if-unmodified-since", "x-ms-source-range", "x-ms-structured-body",
        "x-ms-structured-content-length", "x-ms-tag-count", "x-ms-version", "x-ms-version-id",
    ]
}

public import AzureCore

/// The properties of the Blob service of an account. In a change, properties that are nil are kept.
public struct BlobServiceProperties: Sendable, Hashable {
    /// The log of requests that Storage Analytics keeps in `$logs`.
    public var logging: Logging?
    /// Hourly metrics.
    public var hourMetrics: Metrics?
    /// Metrics per minute.
    public var minuteMetrics: Metrics?
    /// The CORS rules, at most five; an empty list for none.
    public var cors: [CORSRule]?
    /// The API version of requests that specify none.
    public var defaultServiceVersion: BlobServiceVersion?
    /// The retention of deleted blobs.
    public var deleteRetention: RetentionPolicy?
    /// The web site in `$web`.
    public var staticWebsite: StaticWebsite?
    /// The general header fields of the answer; nil in properties that the caller made.
    public var response: ResponseInfo?

    /// Creates properties. The default changes nothing.
    public init(
        logging: Logging? = nil,
        hourMetrics: Metrics? = nil,
        minuteMetrics: Metrics? = nil,
        cors: [CORSRule]? = nil,
        defaultServiceVersion: BlobServiceVersion? = nil,
        deleteRetention: RetentionPolicy? = nil,
        staticWebsite: StaticWebsite? = nil
    ) {
        self.logging = logging
        self.hourMetrics = hourMetrics
        self.minuteMetrics = minuteMetrics
        self.cors = cors
        self.defaultServiceVersion = defaultServiceVersion
        self.deleteRetention = deleteRetention
        self.staticWebsite = staticWebsite
    }

    /// A retention policy.
    public struct RetentionPolicy: Sendable, Hashable {
        /// Whether data is retained.
        public var isEnabled: Bool
        /// The number of days, 1 to 365; required when data is retained.
        public var days: Int?
        /// Whether deleted blobs may be deleted permanently before that. Only for deleted blobs.
        public var allowsPermanentDelete: Bool?

        /// Creates a policy.
        public init(isEnabled: Bool, days: Int? = nil, allowsPermanentDelete: Bool? = nil) {
            self.isEnabled = isEnabled
            self.days = days
            self.allowsPermanentDelete = allowsPermanentDelete
        }

        /// Retains nothing.
        public static let disabled = RetentionPolicy(isEnabled: false)

        /// Retains data for a number of days.
        public static func days(_ days: Int) -> RetentionPolicy { RetentionPolicy(isEnabled: true, days: days) }
    }

    /// The configuration of logs of Storage Analytics.
    public struct Logging: Sendable, Hashable {
        /// The version of Storage Analytics. The default is `1.0`.
        public var version: String
        /// Whether requests that delete are logged.
        public var logsDelete: Bool
        /// Whether requests that read are logged.
        public var logsRead: Bool
        /// Whether requests that write are logged.
        public var logsWrite: Bool
        /// The retention of the logs. When it is disabled they are kept until they are deleted.
        public var retention: RetentionPolicy

        /// Creates a configuration. The default logs nothing.
        public init(
            version: String = "1.0", logsDelete: Bool = false, logsRead: Bool = false, logsWrite: Bool = false,
            retention: RetentionPolicy = .disabled
        ) {
            self.version = version
            self.logsDelete = logsDelete
            self.logsRead = logsRead
            self.logsWrite = logsWrite
            self.retention = retention
        }
    }

    /// The configuration of metrics of Storage Analytics.
    public struct Metrics: Sendable, Hashable {
        /// The version of Storage Analytics. The default is `1.0`.
        public var version: String?
        /// Whether metrics are collected.
        public var isEnabled: Bool
        /// Whether metrics are collected for each operation; required when metrics are collected.
        public var includesOperations: Bool?
        /// The retention of the metrics.
        public var retention: RetentionPolicy?

        /// Creates a configuration.
        public init(
            version: String? = "1.0", isEnabled: Bool, includesOperations: Bool? = nil,
            retention: RetentionPolicy? = .disabled
        ) {
            self.version = version
            self.isEnabled = isEnabled
            self.includesOperations = includesOperations
            self.retention = retention
        }
    }

    /// A web site of static pages, served from the container `$web`.
    public struct StaticWebsite: Sendable, Hashable {
        /// Whether it is enabled.
        public var isEnabled: Bool
        /// The page of each directory, such as `index.html`.
        public var indexDocument: String?
        /// The path of the page for errors 404.
        public var errorDocument404Path: String?
        /// The path of the page that is shown for directories. Not together with ``indexDocument``.
        public var defaultIndexDocumentPath: String?

        /// Creates a configuration.
        public init(
            isEnabled: Bool, indexDocument: String? = nil, errorDocument404Path: String? = nil,
            defaultIndexDocumentPath: String? = nil
        ) {
            self.isEnabled = isEnabled
            self.indexDocument = indexDocument
            self.errorDocument404Path = errorDocument404Path
            self.defaultIndexDocumentPath = defaultIndexDocumentPath
        }
    }
}

/// A rule for cross-origin resource sharing (CORS).
public struct CORSRule: Sendable, Hashable {
    /// The origins, such as `https://example.com`, or `*`.
    public var allowedOrigins: [String]
    /// The HTTP methods, such as `GET`.
    public var allowedMethods: [String]
    /// The header fields that requests may have; `*` at the end of a name stands for any rest.
    public var allowedHeaders: [String]
    /// The header fields of responses that the page may read; `*` at the end of a name stands for any rest.
    public var exposedHeaders: [String]
    /// The time for which browsers may cache the rule; whole seconds. The default is zero.
    public var maxAge: Duration

    /// Creates a rule.
    public init(
        allowedOrigins: [String], allowedMethods: [String], allowedHeaders: [String] = [],
        exposedHeaders: [String] = [], maxAge: Duration = .zero
    ) {
        self.allowedOrigins = allowedOrigins
        self.allowedMethods = allowedMethods
        self.allowedHeaders = allowedHeaders
        self.exposedHeaders = exposedHeaders
        self.maxAge = maxAge
    }
}

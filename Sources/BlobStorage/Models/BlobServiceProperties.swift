public import AzureCore
import StorageCore

/// How the Blob service of an account behaves. In a change, what is nil stays as it is.
public struct BlobServiceProperties: Sendable, Hashable {
    /// The log of requests that Storage Analytics keeps in `$logs`.
    public var logging: Logging?
    /// Metrics by the hour.
    public var hourMetrics: Metrics?
    /// Metrics by the minute.
    public var minuteMetrics: Metrics?
    /// Which pages of other origins browsers may let in; at most five rules, an empty list for none.
    public var cors: [CORSRule]?
    /// The version with which requests are handled that name none.
    public var defaultServiceVersion: BlobServiceVersion?
    /// For how long deleted blobs are kept.
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

    /// For how long something is kept.
    public struct RetentionPolicy: Sendable, Hashable {
        /// Whether it is kept at all.
        public var isEnabled: Bool
        /// For how many days, 1 to 365; needed when it is kept.
        public var days: Int?
        /// Whether deleted blobs may be deleted for good before that. Only for deleted blobs.
        public var allowsPermanentDelete: Bool?

        /// Creates a policy.
        public init(isEnabled: Bool, days: Int? = nil, allowsPermanentDelete: Bool? = nil) {
            self.isEnabled = isEnabled
            self.days = days
            self.allowsPermanentDelete = allowsPermanentDelete
        }

        /// Keeps nothing.
        public static let disabled = RetentionPolicy(isEnabled: false)

        /// Keeps it for so many days.
        public static func days(_ days: Int) -> RetentionPolicy { RetentionPolicy(isEnabled: true, days: days) }
    }

    /// What Storage Analytics logs.
    public struct Logging: Sendable, Hashable {
        /// The version of Storage Analytics. The default is `1.0`.
        public var version: String
        /// Whether requests that delete are logged.
        public var logsDelete: Bool
        /// Whether requests that read are logged.
        public var logsRead: Bool
        /// Whether requests that write are logged.
        public var logsWrite: Bool
        /// For how long the logs are kept. When it is disabled they are kept until somebody deletes them.
        public var retention: RetentionPolicy

        /// Creates a choice. The default logs nothing.
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

    /// What Storage Analytics counts.
    public struct Metrics: Sendable, Hashable {
        /// The version of Storage Analytics. The default is `1.0`.
        public var version: String?
        /// Whether anything is counted.
        public var isEnabled: Bool
        /// Whether it is counted by operation; needed when anything is counted.
        public var includesOperations: Bool?
        /// For how long the figures are kept.
        public var retention: RetentionPolicy?

        /// Creates a choice.
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
        /// Whether it is served.
        public var isEnabled: Bool
        /// The page of each directory, such as `index.html`.
        public var indexDocument: String?
        /// The path of the page that is shown for what does not exist.
        public var errorDocument404Path: String?
        /// The path of the page that is shown for directories. Not together with ``indexDocument``.
        public var defaultIndexDocumentPath: String?

        /// Creates a choice.
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

/// Which web pages of other origins may use the account from a browser.
public struct CORSRule: Sendable, Hashable {
    /// The origins, such as `https://example.com`, or `*`.
    public var allowedOrigins: [String]
    /// The HTTP methods, such as `GET`.
    public var allowedMethods: [String]
    /// The header fields that requests may have; `*` at the end of a name stands for any rest.
    public var allowedHeaders: [String]
    /// The header fields of answers that the page may see; `*` at the end of a name stands for any rest.
    public var exposedHeaders: [String]
    /// For how long browsers may remember the rule; whole seconds. The default is zero.
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

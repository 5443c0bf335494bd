/// Options for creating many tasks. See `create(_:inJob:options:following:)` of ``BatchTasksClient``.
public struct BatchTaskSubmissionOptions: Sendable, Hashable {
    /// A reaction to a task whose id exists in the job.
    public struct ExistingTasks: Sendable, Hashable {
        private let isFailure: Bool
        var areAccepted: Bool { !isFailure }

        /// An existing task is a failure, unless an earlier try may have created it.
        public static let fail = ExistingTasks(isFailure: true)
        /// An existing task counts as created, as when an interrupted program is run again.
        public static let accept = ExistingTasks(isFailure: false)
    }

    /// The reaction to a task whose id exists in the job. The default is `fail`.
    public var existingTasks: ExistingTasks
    /// The largest number of concurrent requests. The default is 8. It is reduced while the service is busy.
    public var maxConcurrentRequests: Int
    /// How often a task is tried again when the service failed or the connection broke. The default is 8. It ends
    /// when the service asks to wait longer than `RetryOptions.overallDeadline`, which also limits each request.
    public var maxRetries: Int
    /// Whether a result is kept for each task. The default is true; false keeps memory flat for millions of tasks.
    public var keepsResults: Bool

    /// Creates options.
    public init(
        existingTasks: ExistingTasks = .fail, maxConcurrentRequests: Int = 8, maxRetries: Int = 8,
        keepsResults: Bool = true
    ) {
        self.existingTasks = existingTasks
        self.maxConcurrentRequests = maxConcurrentRequests
        self.maxRetries = maxRetries
        self.keepsResults = keepsResults
    }
}

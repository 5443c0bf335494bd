/// How many tasks are added at once. See `add(_:toJob:)` of ``BatchTasksClient``.
public struct BatchTaskAddOptions: Sendable, Hashable {
    /// What it means when the job has a task of that id already.
    public struct ExistingTasks: Sendable, Hashable {
        private let isFailure: Bool
        var areAccepted: Bool { !isFailure }

        /// It is a failure, unless a try before may have added the task.
        public static let fail = ExistingTasks(isFailure: true)
        /// It is a success: for going on after a program was interrupted.
        public static let accept = ExistingTasks(isFailure: false)
    }

    /// What it means when the job has a task of that id already. The default is `fail`.
    public var existingTasks: ExistingTasks
    /// The most requests at the same time. The default is 8. Fewer are made when the service asks for it.
    public var maxConcurrentRequests: Int
    /// How often a task is tried again when the service failed or the connection broke. The default is 8. The adding ends
    /// when the service asks to wait longer than `RetryOptions.overallDeadline`, which also limits each request.
    public var maxRetries: Int
    /// Whether a result is kept for each task. The default is true; false keeps memory flat for millions of tasks.
    public var keepsResults: Bool

    /// Creates options. What is not given has its default.
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

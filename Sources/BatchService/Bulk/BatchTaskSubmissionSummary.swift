public import AzureCore

/// The outcome of creating many tasks. Each of them is in the job.
public struct BatchTaskSubmissionSummary: Sendable, Hashable {
    /// The number of tasks.
    public var count: Int
    /// The tasks in the order in which they were given; empty when no results are kept.
    public var results: [BatchTaskSubmissionResult]

    /// Creates a value.
    public init(count: Int, results: [BatchTaskSubmissionResult]) {
        self.count = count
        self.results = results
    }
}

/// A task that was created.
public struct BatchTaskSubmissionResult: Sendable, Hashable {
    /// The id of the task.
    public var taskID: String
    /// Whether the answer was that there is a task of that id already: one that an earlier try had created, or any when
    /// `existingTasks` is `accept`.
    public var existed: Bool
    /// The ETag of the task; nil when it existed.
    public var etag: ETag?
    /// When the task was created; nil when it existed.
    public var lastModified: AzureTimestamp?
    /// The URL of the task.
    public var location: String?

    /// Creates a value.
    public init(
        taskID: String, existed: Bool = false, etag: ETag? = nil, lastModified: AzureTimestamp? = nil,
        location: String? = nil
    ) {
        self.taskID = taskID
        self.existed = existed
        self.etag = etag
        self.lastModified = lastModified
        self.location = location
    }
}

/// The progress of creating many tasks.
public struct BatchTaskSubmissionProgress: Sendable, Hashable {
    /// The number of tasks that were taken from the sequence.
    public var taken: Int
    /// The number of tasks that are in the job.
    public var created: Int
    /// The number of tasks that failed after all retries.
    public var failed: Int

    /// Creates a value.
    public init(taken: Int, created: Int, failed: Int) {
        self.taken = taken
        self.created = created
        self.failed = failed
    }
}

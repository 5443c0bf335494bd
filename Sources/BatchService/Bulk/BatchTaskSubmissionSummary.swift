public import AzureCore

/// What became of tasks that were added. Each of them is in the job.
public struct BatchTaskAddSummary: Sendable, Hashable {
    /// The number of tasks.
    public var count: Int
    /// The tasks in the order in which they were given; empty when no results are kept.
    public var results: [BatchTaskAddResult]

    /// Creates a value.
    public init(count: Int, results: [BatchTaskAddResult]) {
        self.count = count
        self.results = results
    }
}

/// A task that was added.
public struct BatchTaskAddResult: Sendable, Hashable {
    /// The id of the task.
    public var taskID: String
    /// Whether the answer was that there is a task of that id already: one that a try before had added, or any when
    /// `existingTasks` is `accept`.
    public var existed: Bool
    /// The version of the task; nil when it existed.
    public var etag: ETag?
    /// When the task was made; nil when it existed.
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

/// How far the adding of tasks is.
public struct BatchTaskAddProgress: Sendable, Hashable {
    /// The number of tasks that were taken from the sequence.
    public var taken: Int
    /// The number of tasks that are in the job.
    public var added: Int
    /// The number of tasks that failed for good.
    public var failed: Int

    /// Creates a value.
    public init(taken: Int, added: Int, failed: Int) {
        self.taken = taken
        self.added = added
        self.failed = failed
    }
}

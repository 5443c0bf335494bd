public import AzureCore
public import BatchModels

/// An error of creating many tasks: not all of them could be created.
///
/// Every task that was taken from the sequence is in exactly one of the four lists.
public struct BatchTaskSubmissionError: Error, Sendable, CustomStringConvertible {
    /// A task that was refused.
    public struct Failure: Sendable {
        /// The task.
        public var task: BatchTaskCreateOptions
        /// The reason.
        public var error: AzureError

        /// Creates a value.
        public init(task: BatchTaskCreateOptions, error: AzureError) {
            self.task = task
            self.error = error
        }
    }

    /// The tasks that were refused, or for which the service failed too often, in the order given.
    public var failed: [Failure]
    /// The tasks that were not sent, or that the service certainly did not get, in the order given. Of a collection
    /// all that are left are here, of any other sequence those that had been taken.
    public var unsent: [BatchTaskCreateOptions]
    /// The tasks that were sent without an answer, so that they may be in the job or not, in the order given. It is
    /// safe to create them again with `existingTasks` set to `accept`.
    public var uncertain: [BatchTaskCreateOptions]
    /// The tasks that are in the job, in the order given; empty when no results are kept.
    public var created: [BatchTaskSubmissionResult]
    /// The number of tasks that are in the job.
    public var createdCount: Int
    /// The reason why not all tasks were tried: an `AzureError`, a `CancellationError`, or what the sequence threw.
    /// Nil when all tasks were tried.
    public var cause: (any Error)?

    /// Creates a value.
    public init(
        failed: [Failure] = [], unsent: [BatchTaskCreateOptions] = [], uncertain: [BatchTaskCreateOptions] = [],
        created: [BatchTaskSubmissionResult] = [], createdCount: Int = 0, cause: (any Error)? = nil
    ) {
        self.failed = failed
        self.unsent = unsent
        self.uncertain = uncertain
        self.created = created
        self.createdCount = createdCount
        self.cause = cause
    }

    /// The number of tasks in each list, and the first reason.
    public var description: String {
        var text =
            "Not all tasks were created: \(createdCount) were, \(failed.count) failed, \(unsent.count) were not sent"
        if !uncertain.isEmpty { text += ", \(uncertain.count) may have been created or not" }
        text += "."
        if let cause { text += " It ended early: \(Redactor.text("\(cause)"))" }
        if let first = failed.first { text += " The first failure, task '\(first.task.id)': \(first.error)" }
        return text
    }
}

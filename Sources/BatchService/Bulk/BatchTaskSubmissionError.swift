public import AzureCore
public import BatchModels

/// Not all tasks could be added.
///
/// Every task that was taken from the sequence is in exactly one of the four lists.
public struct BatchTaskAddError: Error, Sendable, CustomStringConvertible {
    /// A task that was refused.
    public struct Failure: Sendable {
        /// The task.
        public var task: BatchTaskCreateOptions
        /// Why.
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
    /// safe to add them again with `existingTasks` set to `accept`.
    public var uncertain: [BatchTaskCreateOptions]
    /// The tasks that are in the job, in the order given; empty when no results are kept.
    public var added: [BatchTaskAddResult]
    /// The number of tasks that are in the job.
    public var addedCount: Int
    /// What ended the adding before all was tried: an `AzureError`, a `CancellationError`, or what the sequence threw.
    /// Nil when all tasks were tried.
    public var cause: (any Error)?

    /// Creates a value.
    public init(
        failed: [Failure] = [], unsent: [BatchTaskCreateOptions] = [], uncertain: [BatchTaskCreateOptions] = [],
        added: [BatchTaskAddResult] = [], addedCount: Int = 0, cause: (any Error)? = nil
    ) {
        self.failed = failed
        self.unsent = unsent
        self.uncertain = uncertain
        self.added = added
        self.addedCount = addedCount
        self.cause = cause
    }

    /// How many of each there are, and the first reason.
    public var description: String {
        var text = "Not all tasks were added: \(addedCount) were, \(failed.count) failed, \(unsent.count) were not sent"
        if !uncertain.isEmpty { text += ", \(uncertain.count) may have been added or not" }
        text += "."
        if let cause { text += " It ended early: \(Redactor.text("\(cause)"))" }
        if let first = failed.first { text += " The first failure, task '\(first.task.id)': \(first.error)" }
        return text
    }
}

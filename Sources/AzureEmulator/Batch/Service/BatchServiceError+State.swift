extension BatchServiceError {
    static let poolBeingResized = conflict("PoolBeingResized", "The specified pool is being resized.")
    static let jobBeingTerminated = conflict("JobBeingTerminated", "The specified job is being terminated.")
    static let jobCompleted = conflict("JobCompleted", "The specified job is already in a completed state.")
    static let jobNotActive = conflict("JobNotActive", "The specified job is not in active state.")
    static let jobNotDisabled = conflict(
        "OperationInvalidForCurrentState", "The specified job is not in a disabled state.")
    static let taskCompleted = conflict("TaskCompleted", "The specified task is already in a completed state.")
    static let taskNotCompleted = conflict("TaskNotCompleted", "The specified task is not in a completed state.")
    static let taskSucceeded = conflict(
        "TaskSucceeded", "The specified task has completed successfully and cannot be reactivated.")
    static let taskFilesUnavailable = conflict(
        "TaskFilesUnavailable", "The files of the specified task are not available, because it has not run yet.")
    static let taskFilesCleanedUp = conflict(
        "TaskFilesCleanedup",
        "The files of the specified task are no longer kept, or went with the node that it ran on.")
    static let dependenciesNotAllowed = BatchServiceError(
        400, "TaskDependenciesNotSpecifiedOnJob",
        "The task depends on others, but its job does not say that it uses task dependencies.")
    static let dependencyListTooLong = BatchServiceError(
        400, "TaskDependencyListTooLong",
        "The ids of the tasks that the task depends on have more than \(TaskDependencies.maxCharacters) characters. "
            + "Use ranges of ids instead.")
    static let dependencyRangesTooLong = BatchServiceError(
        400, "TaskDependencyRangesTooLong",
        "The task depends on more than \(TaskDependencies.maxRanges) ranges of ids.")
    static let packagesNotFound = conflict(
        "InvalidApplicationPackageReferences", "The account has no such application packages.")
}

/// Why a task failed, as the service tells it in `failureInfo`.
struct TaskFailure: Error, Sendable, Hashable {
    /// Whose fault it is.
    enum Category: String, Sendable {
        case user = "UserError"
        case server = "ServerError"
    }

    /// One more fact.
    struct Detail: Sendable, Hashable {
        let name: String
        let value: String
    }

    let category: Category
    let code: String
    let message: String
    let details: [Detail]

    init(_ category: Category, _ code: String, _ message: String, details: [Detail] = []) {
        self.category = category
        self.code = code
        self.message = message
        self.details = details
    }

    /// The program ended with a code other than 0.
    static let exitCode = TaskFailure(
        .user, "FailureExitCode", "The task exited with an exit code representing a failure",
        details: [Detail(name: "Message", value: "The task process exited with an unexpected exit code")])

    /// Somebody asked for the end of the task.
    static let endedByUser = TaskFailure(.user, "TaskEnded", "Task Was Ended by User Request")

    /// The task ran longer than it may.
    static let timedOut = TaskFailure(
        .server, "TaskEnded", "Task was ended because it exceeded its maximum wall clock time")

    /// No node of the pool can ever run the task.
    static let unschedulable = TaskFailure(
        .user, "TaskSchedulingConstraintFailed", "Task cannot be scheduled on the pool associated with the job",
        details: [Detail(name: "Message", value: "The task needs more slots than a node of the pool has")])

    static func programNotFound(_ program: String) -> TaskFailure {
        TaskFailure(
            .user, "CommandProgramNotFound", "The specified command program is not found",
            details: [Detail(name: "Program", value: program)])
    }

    static func launchFailed(_ reason: String) -> TaskFailure {
        TaskFailure(
            .user, "CommandLaunchFailed", "Failed to launch the specified command line",
            details: [Detail(name: "Message", value: reason)])
    }

    static func directoryFailed(_ reason: String) -> TaskFailure {
        TaskFailure(
            .server, "ResourceDirectoryCreateFailed", "Failure encountered creating resource directory for the task",
            details: [Detail(name: "Message", value: reason)])
    }
}

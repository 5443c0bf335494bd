import AzureCore
public import BatchModels

/// The reason why a task failed.
public struct BatchTaskFailure: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// The id of the task.
    public var taskID: String
    /// The exit code; nil when the command line could not be started.
    public var exitCode: Int?
    /// The failure as the service reports it: category, code, message and details.
    public var failureInfo: BatchTaskFailureInfo?
    /// The number of retries.
    public var retryCount: Int
    /// The end of the standard error of the task; nil when the file is gone or the task never ran.
    public var standardError: String?

    /// Creates a value.
    public init(
        taskID: String, exitCode: Int? = nil, failureInfo: BatchTaskFailureInfo? = nil, retryCount: Int = 0,
        standardError: String? = nil
    ) {
        self.taskID = taskID
        self.exitCode = exitCode
        self.failureInfo = failureInfo
        self.retryCount = retryCount
        self.standardError = standardError
    }

    /// A description of a few lines: exit code, code and message of the failure, and the last of the error output,
    /// without secrets.
    public var description: String {
        FailureText.describe(
            "Task '\(taskID)'", exitCode: exitCode, retryCount: retryCount, failureInfo: failureInfo,
            standardError: standardError)
    }

    /// The properties, without secrets.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "taskID": taskID, "exitCode": exitCode as Any, "failureInfo": failureInfo as Any,
                "retryCount": retryCount, "standardError": standardError.map { Redactor.text($0) } as Any,
            ])
    }
}

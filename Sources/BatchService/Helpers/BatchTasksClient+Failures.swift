public import AzureCore
import BatchModels
import HTTPTypes

extension BatchTasksClient {
    /// Returns the reason why a task failed.
    ///
    /// - Parameters:
    ///   - taskID: The task.
    ///   - jobID: Its job.
    ///   - stderrTail: The number of bytes of the end of `stderr.txt` to fetch. The default is 4096; 0 fetches none.
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    /// - Returns: The reason, or nil when the task has not failed.
    public func failure(
        ofTask taskID: String, inJob jobID: String, stderrTail: Int = 4096, call: CallOptions = .init()
    ) async throws -> BatchTaskFailure? {
        let tasks = BatchTasksClient(connection: connection.with(call))
        let task = try await tasks.get(taskID, inJob: jobID, options: .init(select: ["state", "executionInfo"]))
        return try await tasks.failure(of: task, inJob: jobID, stderrTail: stderrTail)
    }

    /// Returns the reason of each failed task of a job, in no particular order.
    ///
    /// - Parameters:
    ///   - jobID: The job.
    ///   - stderrTail: The number of bytes of the end of `stderr.txt` of each task to fetch. The default is 4096; 0
    ///     fetches none.
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    public func failures(
        inJob jobID: String, stderrTail: Int = 4096, call: CallOptions = .init()
    ) async throws -> [BatchTaskFailure] {
        let tasks = BatchTasksClient(connection: connection.with(call))
        let completed = tasks.list(
            inJob: jobID, options: .init(filter: "state eq 'completed'", select: ["id", "state", "executionInfo"]))
        var failures: [BatchTaskFailure] = []
        for try await task in completed {
            if let failure = try await tasks.failure(of: task, inJob: jobID, stderrTail: stderrTail) {
                failures.append(failure)
            }
        }
        return failures
    }

    private func failure(
        of task: BatchTask, inJob jobID: String, stderrTail: Int
    ) async throws -> BatchTaskFailure? {
        guard task.state == .completed, let info = task.executionInfo, info.hasFailed else { return nil }
        var failure = BatchTaskFailure(
            taskID: task.id, exitCode: info.exitCode, failureInfo: info.failureInfo, retryCount: info.retryCount ?? 0)
        if stderrTail > 0 {
            let files = BatchFilesClient(connection: connection)
            failure.standardError = try await BatchFilesClient.lastText(
                bytes: stderrTail,
                size: {
                    try await files.getTaskFileProperties("stderr.txt", ofTask: task.id, inJob: jobID).contentLength
                },
                file: { range in
                    try await files.downloadTaskFile(
                        "stderr.txt", ofTask: task.id, inJob: jobID, options: .init(range: range))
                })
        }
        return failure
    }
}

extension BatchTaskExecutionInfo {
    /// Whether the task failed; older answers have no `result`.
    fileprivate var hasFailed: Bool {
        result == .failure || failureInfo != nil || (result == nil && exitCode.map { $0 != 0 } == true)
    }
}

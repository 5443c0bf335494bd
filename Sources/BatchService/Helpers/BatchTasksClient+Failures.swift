import AzureCore
import BatchModels
import HTTPTypes

extension BatchTasksClient {
    /// Returns the reason why a task failed.
    ///
    /// - Parameters:
    ///   - taskID: The task.
    ///   - jobID: Its job.
    ///   - stderrTail: The number of bytes of the end of `stderr.txt` to fetch. The default is 4096; 0 fetches none.
    /// - Returns: The reason, or nil when the task has not failed.
    public func failure(
        ofTask taskID: String, inJob jobID: String, stderrTail: Int = 4096
    ) async throws -> BatchTaskFailure? {
        let task = try await get(taskID, inJob: jobID, options: .init(select: ["state", "executionInfo"]))
        return try await failure(of: task, inJob: jobID, stderrTail: stderrTail)
    }

    /// Returns the reason of each failed task of a job, in no particular order.
    ///
    /// - Parameters:
    ///   - jobID: The job.
    ///   - stderrTail: The number of bytes of the end of `stderr.txt` of each task to fetch. The default is 4096; 0
    ///     fetches none.
    public func failures(inJob jobID: String, stderrTail: Int = 4096) async throws -> [BatchTaskFailure] {
        let completed = list(
            inJob: jobID, options: .init(filter: "state eq 'completed'", select: ["id", "state", "executionInfo"]))
        var failures: [BatchTaskFailure] = []
        for try await task in completed {
            if let failure = try await failure(of: task, inJob: jobID, stderrTail: stderrTail) {
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
            failure.standardError = try await BatchFilesClient(connection: connection)
                .lastText(of: "stderr.txt", ofTask: task.id, inJob: jobID, bytes: stderrTail)
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

extension BatchFilesClient {
    /// The end of a text file; nil when the file is not there any more.
    fileprivate func lastText(
        of path: String, ofTask taskID: String, inJob jobID: String, bytes: Int
    ) async throws -> String? {
        do {
            let size =
                try await getTaskFileProperties(path, ofTask: taskID, inJob: jobID).contentLength ?? 0
            guard size > 0 else { return "" }
            let range = BatchFileRange.bytes(max(0, size - Int64(bytes))..<size)
            let file = try await downloadTaskFile(path, ofTask: taskID, inJob: jobID, options: .init(range: range))
            return String(decoding: try await file.collect(upTo: bytes), as: UTF8.self)
        } catch let error as AzureError where error.meansMissingFile {
            // The node is gone, or the task never got to run on one.
            return nil
        }
    }
}

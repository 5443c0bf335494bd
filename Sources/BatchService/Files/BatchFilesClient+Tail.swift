import AzureCore

extension BatchFilesClient {
    /// Follows a file of a task while the task writes it.
    ///
    /// ```swift
    /// for try await piece in batch.files.tail("stdout.txt", ofTask: "task-1", inJob: "job-1") {
    ///     print(String(decoding: piece, as: UTF8.self), terminator: "")
    /// }
    /// ```
    ///
    /// The sequence waits for the task to start and for the file to appear, gives what is new at each look, and ends
    /// when the task has completed and all was read. It throws:
    ///
    /// - `AzureErrorCode.taskNotFound` or `AzureErrorCode.jobNotFound` when the task or its job is deleted;
    /// - `AzureErrorCode.fileNotFound` when the task has completed and the file is not there, be it that it never was;
    /// - `AzureErrorCode.fileRewritten` when the file becomes shorter, or when another run of the task writes it,
    ///   unless ``BatchFileTailOptions/whenRewritten`` lets the sequence start over. The run is looked at once in an
    ///   interval, so that the last bytes before this may be of the new file.
    ///
    /// Looks take two requests, of which each is tried again as any other. There is no time limit: cancel the task that
    /// reads, which then gets a `CancellationError`.
    ///
    /// - Parameters:
    ///   - path: The file, relative to the task's root directory, such as `stdout.txt` or `wd/result.txt`.
    ///   - taskID: The task.
    ///   - jobID: Its job.
    ///   - options: Interval, first byte, and what to do when the file is rewritten.
    /// - Returns: The content in pieces of 1 MiB at most, which may end in the middle of a character.
    ///
    /// REST: `GET /jobs/{jobId}/tasks/{taskId}`, `HEAD` and `GET /jobs/{jobId}/tasks/{taskId}/files/{filePath}`.
    public func tail(
        _ path: String, ofTask taskID: String, inJob jobID: String, options: BatchFileTailOptions = .init()
    ) -> BatchFileTail {
        BatchFileTail(
            source: TailSource(
                connection: connection, path: path, taskID: taskID, jobID: jobID, call: options.call.withoutDate),
            options: options)
    }
}

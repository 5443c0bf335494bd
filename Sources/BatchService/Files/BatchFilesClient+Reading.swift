public import struct Foundation.Data

extension BatchFilesClient {
    /// Reads a file of a task into memory.
    ///
    /// - Parameters:
    ///   - path: The file, relative to the task's root directory, such as `stdout.txt` or `wd/result.txt`.
    ///   - taskID: The task.
    ///   - jobID: Its job.
    ///   - limit: The largest number of bytes to accept. The default is 16 MiB.
    ///   - options: The range of the file, conditions, and more.
    /// - Throws: An `AzureError` with `AzureErrorCode.bodyTooLarge` when there are more.
    ///
    /// REST: `GET /jobs/{jobId}/tasks/{taskId}/files/{filePath}`.
    public func readTaskFile(
        _ path: String, ofTask taskID: String, inJob jobID: String, upTo limit: Int = 16 * 1024 * 1024,
        options: DownloadTaskFileOptions = .init()
    ) async throws -> Data {
        try await downloadTaskFile(path, ofTask: taskID, inJob: jobID, options: options).collect(upTo: limit)
    }

    /// Reads a file of a node into memory.
    ///
    /// - Parameters:
    ///   - path: The file, relative to the node's root directory, such as `startup/stdout.txt`.
    ///   - nodeID: The node.
    ///   - poolID: Its pool.
    ///   - limit: The largest number of bytes to accept. The default is 16 MiB.
    ///   - options: The range of the file, conditions, and more.
    /// - Throws: An `AzureError` with `AzureErrorCode.bodyTooLarge` when there are more.
    ///
    /// REST: `GET /pools/{poolId}/nodes/{nodeId}/files/{filePath}`.
    public func readNodeFile(
        _ path: String, onNode nodeID: String, inPool poolID: String, upTo limit: Int = 16 * 1024 * 1024,
        options: DownloadNodeFileOptions = .init()
    ) async throws -> Data {
        try await downloadNodeFile(path, onNode: nodeID, inPool: poolID, options: options).collect(upTo: limit)
    }
}

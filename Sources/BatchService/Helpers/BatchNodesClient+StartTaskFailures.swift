public import AzureCore
import BatchModels

extension BatchNodesClient {
    /// Returns the reason why the start task of a node failed.
    ///
    /// - Parameters:
    ///   - nodeID: The node.
    ///   - poolID: Its pool.
    ///   - stderrTail: The number of bytes of the end of `startup/stderr.txt` to fetch. The default is 4096; 0 fetches
    ///     none.
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    /// - Returns: The reason, or nil when the start task has not failed, or is tried again.
    public func startTaskFailure(
        onNode nodeID: String, inPool poolID: String, stderrTail: Int = 4096, call: CallOptions = .init()
    ) async throws -> BatchStartTaskFailure? {
        let nodes = BatchNodesClient(connection: connection.with(call))
        let node = try await nodes.get(nodeID, inPool: poolID, options: .init(select: PoolCheck.nodeProperties))
        return try await nodes.startTaskFailure(of: node, inPool: poolID, stderrTail: stderrTail)
    }

    /// Returns the reason of each failed start task of a pool, in no particular order.
    ///
    /// - Parameters:
    ///   - poolID: The pool.
    ///   - stderrTail: The number of bytes of the end of `startup/stderr.txt` of each node to fetch. The default is 4096;
    ///     0 fetches none.
    ///   - call: Time limits, retries, an id, a logger, and more, for each request. The default is what the client does.
    public func startTaskFailures(
        inPool poolID: String, stderrTail: Int = 4096, call: CallOptions = .init()
    ) async throws -> [BatchStartTaskFailure] {
        let nodes = BatchNodesClient(connection: connection.with(call))
        var failures: [BatchStartTaskFailure] = []
        for try await node in nodes.list(inPool: poolID, options: .init(select: PoolCheck.nodeProperties)) {
            if let failure = try await nodes.startTaskFailure(of: node, inPool: poolID, stderrTail: stderrTail) {
                failures.append(failure)
            }
        }
        return failures
    }

    private func startTaskFailure(
        of node: BatchNode, inPool poolID: String, stderrTail: Int
    ) async throws -> BatchStartTaskFailure? {
        // Where nobody waits for its success, the node is idle although its start task failed.
        guard node.state == .startTaskFailed || node.startTaskInfo?.hasFailed == true else { return nil }
        var failure = BatchStartTaskFailure(node, poolID: poolID)
        failure.standardError = try await connection.standardError(of: failure, bytes: stderrTail)
        return failure
    }
}

extension BatchStartTaskInfo {
    /// Whether the last try has failed, and no other follows.
    fileprivate var hasFailed: Bool { state == .completed && (result == .failure || failureInfo != nil) }
}

extension BatchConnection {
    /// The end of what a start task that failed has written as errors.
    fileprivate func standardError(of failure: BatchStartTaskFailure, bytes: Int) async throws -> String? {
        guard bytes > 0 else { return nil }
        let (path, node, pool) = ("startup/stderr.txt", failure.nodeID, failure.poolID)
        let files = BatchFilesClient(connection: self)
        return try await BatchFilesClient.lastText(
            bytes: bytes,
            size: { try await files.getNodeFileProperties(path, onNode: node, inPool: pool).contentLength },
            file: { try await files.downloadNodeFile(path, onNode: node, inPool: pool, options: .init(range: $0)) })
    }

    /// An error of a wait, with the end of what the start task has written if it is about one that failed.
    ///
    /// - Throws: `CancellationError` only: that the output cannot be read is no news beside the failure itself.
    func withStandardError(_ error: AzureError) async throws -> AzureError {
        guard var failure = error.underlying as? BatchStartTaskFailure else { return error }
        let text: String?
        do {
            text = try await standardError(of: failure, bytes: 4096)
        } catch let error as CancellationError {
            throw error
        } catch {
            text = nil
        }
        failure.standardError = text
        var error = error
        error.underlying = failure
        if let line = text.flatMap(FailureText.lastLine) { error.message += "; its stderr.txt ends with: \(line)" }
        return error
    }
}

import AzureCore
public import BatchModels

/// The reason why the start task of a node failed.
///
/// Waits that end for it throw an `AzureError` with `AzureErrorCode.nodeStateUnusable`, and have this as `underlying`:
///
/// ```swift
/// do {
///     try await batch.pools.waitUntilNodesReady("pool")
/// } catch let error as AzureError {
///     if let failure = error.underlying as? BatchStartTaskFailure { print(failure) }
/// }
/// ```
public struct BatchStartTaskFailure: Error, Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// The pool.
    public var poolID: String
    /// The node.
    public var nodeID: String
    /// The exit code; nil when the command line could not be started.
    public var exitCode: Int?
    /// The failure as the service reports it: category, code, message and details.
    public var failureInfo: BatchTaskFailureInfo?
    /// The number of retries.
    public var retryCount: Int
    /// The end of the standard error of the start task (`startup/stderr.txt`); nil when the file is gone, the start task
    /// never ran, or it could not be read.
    public var standardError: String?

    /// Creates a value.
    public init(
        poolID: String, nodeID: String, exitCode: Int? = nil, failureInfo: BatchTaskFailureInfo? = nil,
        retryCount: Int = 0, standardError: String? = nil
    ) {
        self.poolID = poolID
        self.nodeID = nodeID
        self.exitCode = exitCode
        self.failureInfo = failureInfo
        self.retryCount = retryCount
        self.standardError = standardError
    }

    /// What a node tells of its start task.
    init(_ node: BatchNode, poolID: String) {
        self.init(
            poolID: poolID, nodeID: node.id, exitCode: node.startTaskInfo?.exitCode,
            failureInfo: node.startTaskInfo?.failureInfo, retryCount: node.startTaskInfo?.retryCount ?? 0)
    }

    /// A description of a few lines: exit code, code and message of the failure, and the last of the error output,
    /// without secrets.
    public var description: String {
        FailureText.describe(
            "The start task of node '\(nodeID)' of pool '\(poolID)'", exitCode: exitCode, retryCount: retryCount,
            failureInfo: failureInfo, standardError: standardError)
    }

    /// The properties, without secrets.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "poolID": poolID, "nodeID": nodeID, "exitCode": exitCode as Any, "failureInfo": failureInfo as Any,
                "retryCount": retryCount, "standardError": standardError.map { Redactor.text($0) } as Any,
            ])
    }
}

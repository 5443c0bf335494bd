public import AzureAuth
import AzureCore
import HTTPTypes

/// A Batch account.
///
/// ```swift
/// let key = try BatchSharedKey(accountName: "myaccount", key: "…")
/// let batch = try BatchClient(
///     endpoint: "https://myaccount.westeurope.batch.azure.com", credential: .sharedKey(key))
/// try await batch.jobs.create(.init(id: "job-1", poolInfo: .init(poolID: "pool-1")))
/// ```
///
/// The operations are grouped by what they are about. Clients are values: copying one is cheap, and all copies share
/// one pipeline. Operations throw `AzureError`, and `CancellationError` when the task is cancelled.
public struct BatchClient: Sendable {
    let connection: BatchConnection

    /// Creates a client.
    ///
    /// - Parameters:
    ///   - endpoint: The account's address, `https://ACCOUNT.REGION.batch.azure.com`, or that of an emulator.
    ///   - credential: What proves who the caller is.
    ///   - options: Version, transport, retries, logging.
    /// - Throws: An `AzureError` with `AzureErrorCode.invalidArgument` when the endpoint cannot be one.
    public init(endpoint: String, credential: BatchCredential, options: BatchClientOptions = .init()) throws {
        let endpoint = try AzureEndpoint(endpoint)
        connection = BatchConnection(
            endpoint: endpoint, authentication: credential.makePolicy(timeSource: options.pipeline.timeSource),
            options: options)
    }

    /// The account's address.
    public var endpoint: String { connection.endpoint.description }

    /// Pools of nodes.
    public var pools: BatchPoolsClient { BatchPoolsClient(connection: connection) }
    /// Jobs.
    public var jobs: BatchJobsClient { BatchJobsClient(connection: connection) }
    /// Schedules that make jobs.
    public var jobSchedules: BatchJobSchedulesClient { BatchJobSchedulesClient(connection: connection) }
    /// Tasks of jobs.
    public var tasks: BatchTasksClient { BatchTasksClient(connection: connection) }
    /// Nodes of pools.
    public var nodes: BatchNodesClient { BatchNodesClient(connection: connection) }
    /// Files of tasks and nodes.
    public var files: BatchFilesClient { BatchFilesClient(connection: connection) }
    /// Applications that can be installed on nodes.
    public var applications: BatchApplicationsClient { BatchApplicationsClient(connection: connection) }
    /// Images and figures of the account.
    public var account: BatchAccountClient { BatchAccountClient(connection: connection) }
}

/// What is done with pools. See ``BatchClient/pools``.
public struct BatchPoolsClient: Sendable {
    let connection: BatchConnection
}

/// What is done with jobs. See ``BatchClient/jobs``.
public struct BatchJobsClient: Sendable {
    let connection: BatchConnection
}

/// What is done with job schedules. See ``BatchClient/jobSchedules``.
public struct BatchJobSchedulesClient: Sendable {
    let connection: BatchConnection
}

/// What is done with tasks. See ``BatchClient/tasks``.
public struct BatchTasksClient: Sendable {
    let connection: BatchConnection
}

/// What is done with nodes. See ``BatchClient/nodes``.
public struct BatchNodesClient: Sendable {
    let connection: BatchConnection
}

/// What is done with files of tasks and nodes. See ``BatchClient/files``.
public struct BatchFilesClient: Sendable {
    let connection: BatchConnection
}

/// What is done with applications. See ``BatchClient/applications``.
public struct BatchApplicationsClient: Sendable {
    let connection: BatchConnection
}

/// What is asked of the account as a whole. See ``BatchClient/account``.
public struct BatchAccountClient: Sendable {
    let connection: BatchConnection
}

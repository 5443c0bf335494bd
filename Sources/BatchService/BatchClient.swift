public import AzureAuth
import AzureCore
import HTTPTypes

public import struct Foundation.URL

/// A client of a Batch account.
///
/// ```swift
/// let key = try BatchSharedKey(accountName: "myaccount", key: "…")
/// let batch = try BatchClient(
///     endpoint: "https://myaccount.westeurope.batch.azure.com", credential: .sharedKey(key))
/// try await batch.jobs.create(.init(id: "job-1", poolInfo: .init(poolID: "pool-1")))
/// ```
///
/// The operations are grouped by resource. Clients are values: copying one is cheap, and all copies share
/// one pipeline. Operations throw `AzureError`, and `CancellationError` when the task is cancelled.
public struct BatchClient: Sendable {
    let connection: BatchConnection

    /// Creates a client.
    ///
    /// - Parameters:
    ///   - endpoint: The account's address, `https://ACCOUNT.REGION.batch.azure.com`, or that of an emulator.
    ///   - credential: The credential, such as a shared key or a token credential.
    ///   - options: Version, transport, retries, logging.
    /// - Throws: An `AzureError` with `AzureErrorCode.invalidArgument` when the endpoint is not a valid one.
    public init(endpoint: String, credential: BatchCredential, options: BatchClientOptions = .init()) throws {
        self.init(endpoint: try AzureEndpoint(endpoint), credential, options)
    }

    /// Creates a client.
    ///
    /// - Parameters:
    ///   - endpoint: The account's address, `https://ACCOUNT.REGION.batch.azure.com`, or that of an emulator.
    ///   - credential: The credential, such as a shared key or a token credential.
    ///   - options: Version, transport, retries, logging.
    /// - Throws: An `AzureError` with `AzureErrorCode.invalidArgument` when the endpoint is not a valid one.
    public init(endpoint: URL, credential: BatchCredential, options: BatchClientOptions = .init()) throws {
        self.init(endpoint: try AzureEndpoint(endpoint), credential, options)
    }

    private init(endpoint: AzureEndpoint, _ credential: BatchCredential, _ options: BatchClientOptions) {
        connection = BatchConnection(
            endpoint: endpoint, account: credential.sharedKey?.accountName,
            authentication: credential.makePolicy(timeSource: options.pipeline.timeSource), options: options)
    }

    /// The endpoint of the account.
    public var endpoint: String { connection.endpoint.description }

    /// Operations on pools of nodes.
    public var pools: BatchPoolsClient { BatchPoolsClient(connection: connection) }
    /// Operations on jobs.
    public var jobs: BatchJobsClient { BatchJobsClient(connection: connection) }
    /// Operations on job schedules.
    public var jobSchedules: BatchJobSchedulesClient { BatchJobSchedulesClient(connection: connection) }
    /// Operations on tasks.
    public var tasks: BatchTasksClient { BatchTasksClient(connection: connection) }
    /// Operations on nodes of pools.
    public var nodes: BatchNodesClient { BatchNodesClient(connection: connection) }
    /// Operations on files of tasks and nodes.
    public var files: BatchFilesClient { BatchFilesClient(connection: connection) }
    /// Operations on applications, which can be installed on nodes.
    public var applications: BatchApplicationsClient { BatchApplicationsClient(connection: connection) }
    /// Operations on the account: supported images and node counts.
    public var account: BatchAccountClient { BatchAccountClient(connection: connection) }
}

/// Operations on pools. See ``BatchClient/pools``.
public struct BatchPoolsClient: Sendable {
    let connection: BatchConnection
}

/// Operations on jobs. See ``BatchClient/jobs``.
public struct BatchJobsClient: Sendable {
    let connection: BatchConnection
}

/// Operations on job schedules. See ``BatchClient/jobSchedules``.
public struct BatchJobSchedulesClient: Sendable {
    let connection: BatchConnection
}

/// Operations on tasks. See ``BatchClient/tasks``.
public struct BatchTasksClient: Sendable {
    let connection: BatchConnection
}

/// Operations on nodes. See ``BatchClient/nodes``.
public struct BatchNodesClient: Sendable {
    let connection: BatchConnection
}

/// Operations on files of tasks and nodes. See ``BatchClient/files``.
public struct BatchFilesClient: Sendable {
    let connection: BatchConnection
}

/// Operations on applications. See ``BatchClient/applications``.
public struct BatchApplicationsClient: Sendable {
    let connection: BatchConnection
}

/// Operations on the account as a whole. See ``BatchClient/account``.
public struct BatchAccountClient: Sendable {
    let connection: BatchConnection
}

import AzureAuth
import AzureCore
public import AzureEmulator
import BatchModels
public import BatchService
public import BlobStorage
public import SampleSupport

/// The accounts of an emulator that the test runs, for samples that find them in their environment as they would find
/// accounts of Azure.
public struct TestAccounts: Sendable {
    /// The emulator.
    public let emulator: RunningEmulator
    /// The storage account.
    public let storage: BlobServiceClient
    /// The Batch account.
    public let batch: BatchClient

    /// The environment that names the accounts.
    public var environment: [String: String] {
        [
            "AZURE_STORAGE_CONNECTION_STRING": emulator.blobConnectionString,
            "AZURE_BATCH_ACCOUNT": emulator.batchAccount,
            "AZURE_BATCH_ACCESS_KEY": emulator.batchKey,
            "AZURE_BATCH_ENDPOINT": emulator.batchEndpoint,
        ]
    }

    init(_ emulator: RunningEmulator) throws {
        self.emulator = emulator
        storage = try BlobServiceClient(connectionString: emulator.blobConnectionString)
        batch = try BatchClient(
            endpoint: emulator.batchEndpoint,
            credential: .sharedKey(BatchSharedKey(accountName: emulator.batchAccount, key: emulator.batchKey)))
    }

    /// The names of all containers.
    public func containers() async throws -> [String] {
        var names: [String] = []
        for try await container in storage.listContainers() { names.append(container.name) }
        return names
    }

    /// The names of the blobs of a container.
    public func blobs(in container: String) async throws -> [String] {
        var names: [String] = []
        for try await blob in storage.container(container).listBlobs() { names.append(blob.name) }
        return names
    }

    /// The ids of the jobs and pools that are not being deleted.
    public func jobsAndPools() async throws -> [String] {
        var ids: [String] = []
        for try await job in batch.jobs.list() where job.state != .deleting { ids.append(job.id) }
        for try await pool in batch.pools.list() where pool.state != .deleting { ids.append(pool.id) }
        return ids
    }
}

/// Runs a function with the accounts of an emulator.
public func withTestAccounts<Result>(
    _ configuration: EmulatorConfiguration = EmulatorConfiguration(), _ body: (TestAccounts) async throws -> Result
) async throws -> Result {
    try await withEmulator(configuration) { try await body(TestAccounts($0)) }
}

extension SampleTiming {
    /// For tests: looks often, and does not try again.
    public static let test = SampleTiming(
        pollInterval: .milliseconds(50), pipeline: PipelineOptions(retry: .none))
}

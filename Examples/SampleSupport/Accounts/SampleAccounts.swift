import AzureAuth
public import AzureCore
import AzureEmulator
public import BatchService
public import BlobStorage
import Foundation

/// The two clients that a sample works with.
public struct SampleAccounts: Sendable {
    /// The storage account.
    public var storage: BlobServiceClient
    /// The Batch account.
    public var batch: BatchClient
    /// Whether both are those of an emulator that ends with this program, and all that is in them.
    public var endWithProgram = false

    /// What nodes are told about the storage account: its name if it is one of the public cloud, else the URL of its
    /// blob endpoint.
    public var storageAddress: String {
        let address = storage.url.absoluteString
        guard let name = storage.accountName, address == "https://\(name).blob.core.windows.net" else {
            return address
        }
        return name
    }
}

extension SampleAccounts {
    /// Makes the clients of the accounts that the settings name.
    ///
    /// - Parameters:
    ///   - storage: How to reach Blob Storage.
    ///   - batch: How to reach Batch.
    ///   - pipeline: Retries and the like.
    /// - Throws: An `AzureError` when a key or an endpoint cannot be one.
    public init(
        storage: AccountSettings.Storage, batch: AccountSettings.Batch, pipeline: PipelineOptions = PipelineOptions()
    ) throws {
        self.storage = try storage.client(pipeline: pipeline)
        self.batch = try BatchClient(
            endpoint: batch.endpoint,
            credential: .sharedKey(BatchSharedKey(accountName: batch.account, key: batch.key)),
            options: BatchClientOptions(pipeline: pipeline))
    }
}

/// Runs a sample with the accounts that the settings name. For the emulator, starts it before and stops it after.
///
/// - Parameters:
///   - settings: Which accounts.
///   - console: Where it is said that there is an emulator.
///   - pipeline: Retries and the like.
///   - body: The sample.
public func withSampleAccounts<Result>(
    _ settings: AccountSettings, console: Console, pipeline: PipelineOptions = PipelineOptions(),
    _ body: (SampleAccounts) async throws -> Result
) async throws -> Result {
    switch settings {
    case .azure(let storage, let batch):
        return try await body(SampleAccounts(storage: storage, batch: batch, pipeline: pipeline))
    case .emulator:
        return try await withEmulator { emulator in
            console.print(
                "Working with an emulator inside this program: blobs at \(emulator.blobEndpoint), "
                    + "Batch at \(emulator.batchEndpoint).")
            var accounts = try SampleAccounts(
                storage: .connectionString(emulator.blobConnectionString),
                batch: AccountSettings.Batch(
                    account: emulator.batchAccount, key: emulator.batchKey, endpoint: emulator.batchEndpoint),
                pipeline: pipeline)
            accounts.endWithProgram = true
            return try await body(accounts)
        }
    }
}

import AzureAuth
public import AzureCore
import AzureEmulator
public import BlobStorage

extension AccountSettings.Storage {
    /// Reads from the environment which storage account a sample works with that needs no other.
    ///
    /// It is nil when the account is that of an emulator: when the environment names none. A connection string counts if
    /// both are set. An empty variable is not set.
    ///
    /// - Parameters:
    ///   - environment: The environment variables.
    ///   - usesEmulator: Whether to use the emulator whatever the environment says.
    /// - Throws: A ``SampleFailure`` when the account is set and its key is not, or the other way around.
    public init?(environment: [String: String], usesEmulator: Bool = false) throws {
        func value(_ variable: AccountSettings.Variable) -> String? {
            environment[variable.rawValue].flatMap { $0.isEmpty ? nil : $0 }
        }
        guard !usesEmulator else { return nil }
        if let text = value(.storageConnectionString) {
            self = .connectionString(text)
            return
        }
        switch (value(.storageAccount), value(.storageKey)) {
        case (nil, nil): return nil
        case (let name?, let key?): self = .account(name: name, key: key)
        default:
            throw SampleFailure(
                "AZURE_STORAGE_ACCOUNT and AZURE_STORAGE_KEY belong together, and only one of them is set. Set both, or "
                    + "AZURE_STORAGE_CONNECTION_STRING, or none (or --emulator) to use the emulator.")
        }
    }

    /// The client of the account.
    ///
    /// - Throws: An `AzureError` when a key or an endpoint cannot be one.
    func client(pipeline: PipelineOptions) throws -> BlobServiceClient {
        let options = BlobClientOptions(pipeline: pipeline)
        switch self {
        case .connectionString(let text):
            return try BlobServiceClient(connectionString: text, options: options)
        case .account(let name, let key):
            return try BlobServiceClient(
                endpoint: "https://\(name).blob.core.windows.net",
                credential: .sharedKey(StorageSharedKey(accountName: name, key: key)), options: options)
        }
    }
}

/// Runs a sample with the storage account that the settings name. For the emulator, starts it before and stops it after.
///
/// - Parameters:
///   - storage: The account; nil for the emulator.
///   - console: Where it is said that there is an emulator.
///   - pipeline: Retries and the like.
///   - body: The sample.
public func withSampleStorage<Result>(
    _ storage: AccountSettings.Storage?, console: Console, pipeline: PipelineOptions = PipelineOptions(),
    _ body: (BlobServiceClient) async throws -> Result
) async throws -> Result {
    if let storage { return try await body(storage.client(pipeline: pipeline)) }
    return try await withEmulator { emulator in
        console.print(
            "Working with an emulator inside this program, which ends with it: blobs at \(emulator.blobEndpoint).")
        return try await body(
            AccountSettings.Storage.connectionString(emulator.blobConnectionString).client(pipeline: pipeline))
    }
}

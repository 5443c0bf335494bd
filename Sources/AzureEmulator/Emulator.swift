import AzureCore

/// Runs the emulator of Blob Storage and Batch on ports of 127.0.0.1 while a function runs, then stops it.
///
/// ```swift
/// try await withEmulator { emulator in
///     let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
///     try await service.container("pictures").create()
/// }
/// ```
///
/// When this returns, no process of a task and no file of a node is left, whether the function returned, threw or was
/// cancelled. Everything is kept in memory and temporary files and ends with the emulator.
///
/// - Parameters:
///   - configuration: Ports, accounts, directories.
///   - body: Runs while both services accept requests.
/// - Throws: An `AzureError` when a port cannot be had, a key is not base64, or the package trait `Emulator` is off; what
///   the function throws.
public func withEmulator<Result>(
    _ configuration: EmulatorConfiguration = EmulatorConfiguration(),
    _ body: (_ emulator: RunningEmulator) async throws -> Result
) async throws -> Result {
    let blob = try BlobEmulator(
        account: configuration.storageAccount, key: configuration.storageKey,
        containerDeletionTime: configuration.containerDeletionTime,
        containerRetention: configuration.containerRetention,
        keepsVersions: configuration.keepsBlobVersions, tokens: configuration.acceptedTokens)
    let batch = try BatchEmulator(
        account: configuration.batchAccount, key: configuration.batchKey, nodeRoot: configuration.nodeRoot)
    let host = EmulatorServer.host
    let logger = configuration.logger
    return try await EmulatorServer.serve(blob, port: configuration.blobPort, logger: logger) { blobPort in
        try await EmulatorServer.serve(batch, port: configuration.batchPort, logger: logger) { batchPort in
            let emulator = RunningEmulator(
                blobEndpoint: "http://\(host):\(blobPort)/\(configuration.storageAccount)",
                blobAccount: configuration.storageAccount, blobKey: configuration.storageKey,
                batchEndpoint: "http://\(host):\(batchPort)", batchAccount: configuration.batchAccount,
                batchKey: configuration.batchKey)
            try await batch.start(endpoint: emulator.batchEndpoint)
            do {
                let result = try await body(emulator)
                await batch.stop()
                return result
            } catch {
                await batch.stop()
                throw error
            }
        }
    }
}

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
    let blob = try BlobEmulator(configuration)
    let batch = try BatchEmulator(configuration)
    let host = EmulatorServer.host
    let logger = configuration.logger
    let services = (
        blob: RequestLog(blob, name: "Blob", logger: logger), batch: RequestLog(batch, name: "Batch", logger: logger)
    )
    return try await EmulatorServer.serve(services.blob, port: configuration.blobPort, logger: logger) { blobPort in
        try await EmulatorServer.serve(services.batch, port: configuration.batchPort, logger: logger) { batchPort in
            let emulator = RunningEmulator(
                configuration, blobAuthority: "\(host):\(blobPort)", batchAuthority: "\(host):\(batchPort)")
            return try await batch.run(endpoint: emulator.batchEndpoint) { try await body(emulator) }
        }
    }
}

extension RunningEmulator {
    /// An emulator whose services are at these hosts and ports.
    init(_ configuration: EmulatorConfiguration, blobAuthority: String, batchAuthority: String) {
        self.init(
            blobEndpoint: "http://\(blobAuthority)/\(configuration.storageAccount)",
            blobAccount: configuration.storageAccount, blobKey: configuration.storageKey,
            batchEndpoint: "http://\(batchAuthority)", batchAccount: configuration.batchAccount,
            batchKey: configuration.batchKey)
    }
}

extension BlobEmulator {
    /// The service of a configuration.
    init(_ configuration: EmulatorConfiguration, time: TimeSource = .system) throws {
        try self.init(
            account: configuration.storageAccount, key: configuration.storageKey, time: time,
            containerDeletionTime: configuration.containerDeletionTime,
            containerRetention: configuration.containerRetention,
            keepsVersions: configuration.keepsBlobVersions, tokens: configuration.acceptedTokens)
    }
}

extension BatchEmulator {
    /// The service of a configuration.
    convenience init(
        _ configuration: EmulatorConfiguration, transport: any HTTPTransport = DefaultTransport.shared,
        time: TimeSource = .system
    ) throws {
        try self.init(
            account: configuration.batchAccount, key: configuration.batchKey, nodeRoot: configuration.nodeRoot,
            transport: transport, timeSource: time)
    }

    /// Runs while a function does.
    func run<Result>(endpoint: String, _ body: () async throws -> Result) async throws -> Result {
        try await start(endpoint: endpoint)
        do {
            let result = try await body()
            await stop()
            return result
        } catch {
            await stop()
            throw error
        }
    }
}

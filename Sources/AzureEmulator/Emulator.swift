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
/// - Throws: An `AzureError` when a port cannot be had, a key is not base64, a certificate cannot be read, or the package
///   trait `Emulator` is off; what the function throws.
public func withEmulator<Result>(
    _ configuration: EmulatorConfiguration = EmulatorConfiguration(),
    _ body: (_ emulator: RunningEmulator) async throws -> Result
) async throws -> Result {
    let logger = configuration.logger
    let blob = try BlobEmulator(configuration)
    let record = RequestRecord()
    let loggedBlob = RequestLog(blob, name: "Blob", record: record, logger: logger)
    let resourceFiles = LocalBlobTransport(
        blob: InProcessTransport(loggedBlob), elsewhere: DefaultTransport.shared)
    // Over TLS the nodes would have to trust the services' own authority, which not every transport can.
    let batch = try BatchEmulator(
        configuration, transport: configuration.tls == nil ? DefaultTransport.shared : resourceFiles)
    let loggedBatch = RequestLog(batch, name: "Batch", record: record, logger: logger)
    let host = EmulatorServer.host
    return try await CertificateFiles.with(configuration.tls) { certificate in
        try await EmulatorServer.serve(
            loggedBlob, port: configuration.blobPort, logger: logger, certificate: certificate
        ) { blobPort in
            resourceFiles.serve(at: "\(host):\(blobPort)")
            return try await EmulatorServer.serve(
                loggedBatch, port: configuration.batchPort, logger: logger, certificate: certificate
            ) { batchPort in
                let emulator = RunningEmulator(
                    configuration, blobAuthority: "\(host):\(blobPort)", batchAuthority: "\(host):\(batchPort)",
                    certificateAuthorityFile: certificate?.authority)
                return try await batch.run(emulator) { try await body(emulator) }
            }
        }
    }
}

extension RunningEmulator {
    /// An emulator whose services are at these hosts and ports.
    init(
        _ configuration: EmulatorConfiguration, blobAuthority: String, batchAuthority: String,
        certificateAuthorityFile: String? = nil
    ) {
        let scheme = configuration.tls == nil ? "http" : "https"
        self.init(
            blobEndpoint: "\(scheme)://\(blobAuthority)/\(configuration.storageAccount)",
            blobAccount: configuration.storageAccount, blobKey: configuration.storageKey,
            batchEndpoint: "\(scheme)://\(batchAuthority)", batchAccount: configuration.batchAccount,
            batchKey: configuration.batchKey, certificateAuthorityFile: certificateAuthorityFile)
    }
}

extension BlobEmulator {
    /// The service of a configuration.
    init(_ configuration: EmulatorConfiguration, time: TimeSource = .system) throws {
        try self.init(
            account: configuration.storageAccount, key: configuration.storageKey, time: time,
            containerDeletionTime: configuration.containerDeletionTime,
            containerRetention: configuration.containerRetention,
            keepsVersions: configuration.keepsBlobVersions, rehydrationTime: configuration.rehydrationTime,
            tokens: configuration.acceptedTokens)
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
            maxProcesses: configuration.maxProcesses, applicationPackages: configuration.applicationPackages,
            transport: transport, timeSource: time,
            nodeTimes: configuration.nodeTimes)
    }

    /// Runs while a function does, with the emulated storage account linked to it.
    func run<Result>(_ emulator: RunningEmulator, _ body: () async throws -> Result) async throws -> Result {
        try await start(
            endpoint: emulator.batchEndpoint,
            storage: (emulator.blobEndpoint, emulator.blobAccount, emulator.blobKey))
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

import AzureCore
import HTTPTypes

/// Both services of an emulator, with what stands before them.
struct EmulatorServices: Sendable {
    /// What answers on the port of the Blob service.
    let blob: RequestLog
    /// What answers on the port of the Batch service.
    let batch: RequestLog
    /// How nodes reach the Blob service; it is told where clients do.
    let resourceFiles: LocalBlobTransport
    private let accounts: BlobAccounts
    private let batchService: BatchEmulator

    /// - Parameters:
    ///   - configuration: One in which each account has a key.
    ///   - hosts: The hosts that requests may name; nil for services that are only reached in this process.
    ///   - canReset: Whether requests can have all removed.
    ///   - time: The clock of both services.
    ///   - data: Where everything is kept; nil where it ends with the process. Otherwise this blocks the thread.
    /// - Throws: An `AzureError` when a key is not base64, an application package has no proper name, or what is kept
    ///   cannot be had.
    private init(
        _ configuration: EmulatorConfiguration, hosts: HostNames?, canReset: Bool, time: TimeSource,
        data: DataDirectory?
    ) throws {
        let record = RequestRecord()
        func logged(_ service: any ManagedService, _ name: String) -> RequestLog {
            RequestLog(
                EmulatorFront(service: service, name: name, hosts: hosts, canReset: canReset), name: name,
                record: record, logger: configuration.logger, time: time)
        }
        accounts = try BlobAccounts(configuration, time: time, data: data)
        blob = logged(accounts, "Blob")
        resourceFiles = LocalBlobTransport(blob: InProcessTransport(blob), elsewhere: DefaultTransport.shared)
        // Over TLS the nodes would have to trust the services' own authority, which not every transport can.
        let isDirect = hosts == nil || configuration.tls != nil
        batchService = try BatchEmulator(
            configuration, data: data, transport: isDirect ? resourceFiles : DefaultTransport.shared, time: time)
        batch = logged(batchService, "Batch")
    }

    /// The services of a configuration, with what they have kept.
    static func open(
        _ configuration: EmulatorConfiguration, hosts: HostNames?, canReset: Bool, time: TimeSource = .system
    ) async throws -> EmulatorServices {
        var data: DataDirectory?
        if let path = configuration.dataDirectory { data = try await DataDirectory.take(path) }
        return try await BlockingIO.run { [data] in
            try EmulatorServices(configuration, hosts: hosts, canReset: canReset, time: time, data: data)
        }
    }

    /// Runs the Batch service while a function does, with the first storage account linked to it. Afterwards the services
    /// answer no more.
    func run<Result>(_ emulator: RunningEmulator, _ body: () async throws -> Result) async throws -> Result {
        try await batchService.start(
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

    private func stop() async {
        await batchService.stop()
        await accounts.close()
    }

    /// Removes all that clients have made. Tasks end first, since they may write blobs.
    @Sendable
    func reset() async throws {
        try await batchService.reset()
        try await accounts.reset()
    }
}

extension BatchEmulator {
    /// The service of a configuration.
    convenience init(
        _ configuration: EmulatorConfiguration, data: DataDirectory? = nil,
        transport: any HTTPTransport = DefaultTransport.shared, time: TimeSource = .system
    ) throws {
        try self.init(
            account: configuration.batchAccount,
            key: configuration.batchKey ?? EmulatorConfiguration.wellKnownBatchKey, nodeRoot: configuration.nodeRoot,
            data: data,
            maxProcesses: configuration.maxProcesses, applicationPackages: configuration.applicationPackages,
            transport: transport, timeSource: time,
            nodeTimes: configuration.nodeTimes)
    }
}

public import AzureCore
import HTTPTypes

/// Runs the emulator of Blob Storage and Batch in the process of its user while a function runs, then stops it: no
/// sockets, no ports, no package trait.
///
/// ```swift
/// try await withInProcessEmulator { emulator, transport in
///     let options = BlobClientOptions(pipeline: PipelineOptions(transport: transport))
///     let service = try BlobServiceClient(connectionString: emulator.blobConnectionString, options: options)
///     try await service.container("pictures").create()
/// }
/// ```
///
/// The addresses of the services lead somewhere for clients with this transport alone. Resource files of tasks that have
/// the address of the emulated Blob service come from there, others from where they are.
///
/// Tasks are processes, which cannot reach the services. In a build without the package trait `Emulator` none can be
/// started: a task then fails with `CommandLaunchFailed`, and a start task leaves its node unusable. Pools, nodes, jobs,
/// schedules of tasks and scaling are the same.
///
/// - Parameters:
///   - configuration: Accounts, directories. Its ports are not used.
///   - time: The clock of both services. The default is the machine's.
///   - body: Runs while both services answer. It gets what is to be known of them, and the transport to both.
/// - Throws: An `AzureError` when a key is not base64, or the nodes' directory cannot be had; what the function throws.
public func withInProcessEmulator<Result>(
    _ configuration: EmulatorConfiguration = EmulatorConfiguration(), time: TimeSource = .system,
    _ body: (_ emulator: RunningEmulator, _ transport: InProcessTransport) async throws -> Result
) async throws -> Result {
    // Those of the command, where something listens at all.
    let (blobAuthority, batchAuthority) = ("\(EmulatorServer.host):10000", "\(EmulatorServer.host):10100")
    let emulator = RunningEmulator(configuration, blobAuthority: blobAuthority, batchAuthority: batchAuthority)
    let blob = try BlobEmulator(configuration, time: time)
    let record = RequestRecord()
    let loggedBlob = RequestLog(blob, name: "Blob", record: record, logger: configuration.logger, time: time)
    let batch = try BatchEmulator(
        configuration,
        transport: LocalBlobTransport(
            blob: InProcessTransport(loggedBlob), elsewhere: DefaultTransport.shared, authority: blobAuthority),
        time: time)
    let services = EmulatedServices(
        blob: loggedBlob,
        batch: RequestLog(batch, name: "Batch", record: record, logger: configuration.logger, time: time),
        batchAuthority: batchAuthority)
    return try await batch.run(emulator) {
        try await body(emulator, InProcessTransport(services))
    }
}

/// Both services behind one transport.
private struct EmulatedServices: EmulatedService {
    let blob: RequestLog
    let batch: RequestLog
    let batchAuthority: String

    func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
        if request.authority == batchAuthority { return await batch.respond(to: request, body: body) }
        return await blob.respond(to: request, body: body)
    }
}

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
/// - Throws: An `AzureError` when a key is not base64 or a name none of an account, or the directory of the nodes or of the
///   data cannot be had; what the function throws.
public func withInProcessEmulator<Result>(
    _ configuration: EmulatorConfiguration = EmulatorConfiguration(), time: TimeSource = .system,
    _ body: (_ emulator: RunningEmulator, _ transport: InProcessTransport) async throws -> Result
) async throws -> Result {
    // Nothing listens, so nobody else reaches the accounts.
    let configuration = try configuration.completed(listeningOn: .loopback)
    let services = try await EmulatorServices.open(configuration, hosts: nil, canReset: true, time: time)
    // Those of the command, where something listens at all.
    let (blobAuthority, batchAuthority) = ("127.0.0.1:10000", "127.0.0.1:10100")
    services.resourceFiles.serve(at: [blobAuthority])
    let emulator = RunningEmulator(
        configuration, blobAuthority: blobAuthority, batchAuthority: batchAuthority, empty: services.reset)
    let both = BothServices(blob: services.blob, batch: services.batch, batchAuthority: batchAuthority)
    return try await services.run(emulator) {
        try await body(emulator, InProcessTransport(both))
    }
}

/// Both services behind one transport.
private struct BothServices: EmulatedService {
    let blob: RequestLog
    let batch: RequestLog
    let batchAuthority: String

    func respond(to request: HTTPRequest, body: HTTPByteStream) async -> HTTPTransportResponse {
        if request.authority == batchAuthority { return await batch.respond(to: request, body: body) }
        return await blob.respond(to: request, body: body)
    }
}

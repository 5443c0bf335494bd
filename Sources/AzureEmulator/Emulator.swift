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
/// cancelled. Everything ends with the emulator, unless the configuration names a data directory.
///
/// - Parameters:
///   - configuration: Address, ports, accounts, directories.
///   - body: Runs while both services accept requests.
/// - Throws: An `AzureError` when a port cannot be had, a key is not base64, an account that others reach has a well-known
///   key, a certificate cannot be read, or the package trait `Emulator` is off; what the function throws.
public func withEmulator<Result>(
    _ configuration: EmulatorConfiguration = EmulatorConfiguration(),
    _ body: (_ emulator: RunningEmulator) async throws -> Result
) async throws -> Result {
    let address = try configuration.address()
    let configuration = try configuration.completed(listeningOn: address)
    let hosts = try HostNames(listeningOn: address, others: configuration.hostNames)
    let services = try await EmulatorServices.open(configuration, hosts: hosts, canReset: address.isLoopback)
    let logger = configuration.logger
    let host = address.reachable.urlHost
    return try await CertificateFiles.with(configuration.tls, names: hosts.names) { certificate in
        try await EmulatorServer.serve(
            services.blob, host: address.text, port: configuration.blobPort, logger: logger, certificate: certificate
        ) { blobPort in
            services.resourceFiles.serve(at: hosts.authorities(port: blobPort))
            return try await EmulatorServer.serve(
                services.batch, host: address.text, port: configuration.batchPort, logger: logger,
                certificate: certificate
            ) { batchPort in
                let emulator = RunningEmulator(
                    configuration, blobAuthority: "\(host):\(blobPort)", batchAuthority: "\(host):\(batchPort)",
                    certificateAuthorityFile: certificate?.authority, empty: services.reset)
                return try await services.run(emulator) { try await body(emulator) }
            }
        }
    }
}

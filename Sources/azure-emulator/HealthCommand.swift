#if Emulator
import ArgumentParser
import AzureCore
import AzureEmulator
import Foundation

/// Asks whether an emulator answers, for whoever watches a container.
struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Says with the exit code 0 that an emulator answers on both ports, and with 1 that it does not.")

    @Option(help: "The address where it listens.")
    var address = "127.0.0.1"

    @Option(help: "The TCP port of the Blob service.")
    var blobPort = 10_000

    @Option(help: "The TCP port of the Batch service.")
    var batchPort = 10_100

    @Flag(help: "It speaks HTTPS. Then it is enough that it takes connections.")
    var tls = false

    mutating func run() async throws {
        let probe: HealthProbe
        do {
            probe = try HealthProbe(address: address)
        } catch let error as AzureError {
            throw ValidationError(error.message)
        }
        for port in [blobPort, batchPort] {
            guard let complaint = await probe.complaint(port: port, isEncrypted: tls) else { continue }
            FileHandle.standardError.write(Data("azure-emulator: \(complaint)\n".utf8))
            throw ExitCode.failure
        }
    }
}
#endif

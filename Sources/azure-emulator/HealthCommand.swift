#if Emulator
import ArgumentParser
import AzureCore
import AzureEmulator
import Foundation

/// Asks whether an emulator answers, for whoever watches a container.
struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Says with the exit code 0 that an emulator answers on both ports, and with 1 that it does not.",
        discussion: """
            It takes the options that the emulator was started with, of which address and ports count. Where it speaks \
            HTTPS, it is enough that it takes connections.
            """)

    /// What has the options: those of a command are its own, wherever they stand.
    @ParentCommand var emulator: AzureEmulatorCommand

    mutating func run() async throws {
        let probe: HealthProbe
        let configuration = try emulator.emulatorConfiguration
        do {
            probe = try HealthProbe(address: configuration.listenAddress)
        } catch let error as AzureError {
            throw ValidationError(error.message)
        }
        for port in [configuration.blobPort, configuration.batchPort] {
            guard let complaint = await probe.complaint(port: port, isEncrypted: configuration.tls != nil) else {
                continue
            }
            FileHandle.standardError.write(Data("azure-emulator: \(complaint)\n".utf8))
            throw ExitCode.failure
        }
    }
}
#endif

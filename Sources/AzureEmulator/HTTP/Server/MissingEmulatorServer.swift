#if !Emulator
import AzureCore
package import Logging

/// Stands in for the HTTP server where it was not built.
package enum EmulatorServer {
    /// Says that the HTTP server is not part of this build: the package trait `Emulator` is off.
    ///
    /// - Throws: Always an `AzureError` with `invalidArgument` that names the trait.
    package static func serve<Result>(
        _ service: any EmulatedService, host: String, port: Int, logger: Logger, certificate: CertificateFiles?,
        _ body: (_ port: Int) async throws -> Result
    ) async throws -> Result {
        throw AzureError.invalidArgument(
            EmulatorTrait.isMissing(for: "the emulator's HTTP server") + " `InProcessTransport` needs neither.")
    }
}

/// Stands in for the certificate of the HTTP server where that was not built.
package struct CertificateFiles: Sendable {
    let authority: String? = nil

    static func with<Result>(
        _ tls: EmulatorTLS?, names: Set<String>, _ body: (CertificateFiles?) async throws -> Result
    ) async throws -> Result {
        try await body(nil)
    }
}
#endif

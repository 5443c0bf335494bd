import ArgumentParser
import AzureCore
import BlobStorage
import Foundation
import Hummingbird
import Logging
import SampleSupport

/// Serves the photos of a container over HTTP, and takes new ones.
@main
struct PhotoService: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "PhotoService",
        abstract: "Lists, serves and takes photos, which are in a container of Azure Blob Storage.",
        discussion: """
            With AZURE_STORAGE_ACCOUNT and AZURE_STORAGE_KEY set, or AZURE_STORAGE_CONNECTION_STRING, it works on that \
            account. With none of them set it works with an emulator inside this program. Whoever reaches it may read and \
            write: it listens on this machine only unless told otherwise.
            """,
        version: PackageVersion.current)

    @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: "The TCP port; 0 for a free one.")
    var port = 8080

    @Option(help: ArgumentHelp("The container of the photos.", valueName: "name"))
    var container = "photos"

    @Option(help: ArgumentHelp("The largest photo that is taken.", valueName: "MiB"))
    var limit = 64

    @Option(help: ArgumentHelp("How long signed URLs are good for.", valueName: "minutes"))
    var linkMinutes = 15

    @Flag(help: "Use the emulator, whatever the environment says.")
    var emulator = false

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535.") }
        guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 1000000.") }
        guard (1...10_080).contains(linkMinutes) else {
            throw ValidationError("--link-minutes must be from 1 to 10080, which is a week.")
        }
    }

    func run() async throws {
        let console = Console.standard
        do {
            let storage = try AccountSettings.Storage(
                environment: ProcessInfo.processInfo.environment, usesEmulator: emulator)
            try await withSampleStorage(storage, console: console) { service in
                try await serve(service.container(container), console: console)
            }
        } catch {
            console.report(error)
            throw ExitCode.failure
        }
    }

    /// Serves until Ctrl-C or SIGTERM, which let answers under way come to their end.
    private func serve(_ photos: BlobContainerClient, console: Console) async throws {
        _ = try await SampleFailure.during("Creating container [\(photos.name)]") {
            try await photos.createIfNotExists(options: .init(metadata: SampleStorage.mark))
        }
        let routes = PhotoRoutes(
            photos: photos, sizeLimit: Int64(limit) << 20, linkLifetime: .seconds(linkMinutes * 60))
        try await PhotoServer.application(routes, host: host, port: port) { port in
            console.print("Serving container [\(photos.name)] at http://\(host):\(port)/photos, until Ctrl-C.")
        }.runService()
    }
}

/// The server around the routes.
enum PhotoServer {
    /// Makes a server that has not begun.
    ///
    /// - Parameters:
    ///   - routes: What it answers.
    ///   - host: The address to listen on.
    ///   - port: The port; 0 for a free one.
    ///   - isServing: Told of the port when it serves.
    static func application(
        _ routes: PhotoRoutes, host: String, port: Int, isServing: @escaping @Sendable (Int) async -> Void
    ) -> some ApplicationProtocol {
        var logger = Logger(label: "photo-service")
        logger.logLevel = .warning
        return Application(
            router: routes.router(), configuration: .init(address: .hostname(host, port: port)),
            onServerRunning: { await isServing($0.localAddress?.port ?? port) }, logger: logger)
    }
}

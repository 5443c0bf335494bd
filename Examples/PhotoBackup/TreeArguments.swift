import ArgumentParser
import BlobStorage
import Foundation
import SampleSupport

/// What both ways take: where the backup is, and how it moves.
struct TreeArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The container of the backup.", valueName: "name"))
    var container = "photo-backup"

    @Option(
        help: ArgumentHelp(
            "What the names of the blobs begin with, such as 2026/. The default is nothing.", valueName: "name/"))
    var prefix = ""

    @Flag(help: "Only say what would be done.")
    var dryRun = false

    @Flag(help: "Delete what the other side does not have.")
    var deletesExtra = false

    @Option(
        help: ArgumentHelp(
            "The bytes a second at most, such as 500K or 2M. The default is no limit.", valueName: "rate"))
    var bandwidth: ByteRate?

    @Option(
        help: ArgumentHelp(
            "Where it is noted how far large files are. The default is a directory with the caches of the user.",
            valueName: "dir"))
    var journals: String?

    @Flag(help: "Use the emulator, whatever the environment says.")
    var emulator = false

    func validate() throws {
        guard prefix.isEmpty || prefix.hasSuffix("/") else {
            throw ValidationError("--prefix must end with a slash.")
        }
    }

    /// What both ways need to know.
    func plan() throws -> TreePlan {
        let caches = FileManager.default.urls(for: .cachesDirectory, in: .userDomainMask).first
        guard let journals = journals ?? caches?.appending(path: "azure-swift-photo-backup").path else {
            throw SampleFailure("There is no directory for caches. Name one for the journals with --journals.")
        }
        return TreePlan(
            prefix: prefix, isDryRun: dryRun, deletesExtra: deletesExtra,
            bandwidth: bandwidth.map { BandwidthLimit(bytesPerSecond: $0.bytesPerSecond) },
            journals: LocalFile.absolute(journals))
    }

    /// Runs one way as a program, which ends with its exit code.
    func runProgram(_ body: (Console, [String: String], Signals) async -> Int32) async throws {
        let code = await body(.standard, ProcessInfo.processInfo.environment, .process)
        guard code == 0 else { throw ExitCode(code) }
    }

    /// Runs one way with the container that is meant.
    ///
    /// - Returns: The exit code; if it is not 0, the console says why.
    func run(
        console: Console, environment: [String: String], timing: SampleTiming,
        _ body: (BlobContainerClient) async throws -> Int32
    ) async -> Int32 {
        do {
            let storage = try AccountSettings.Storage(environment: environment, usesEmulator: emulator)
            return try await withSampleStorage(storage, console: console, pipeline: timing.pipeline) { service in
                try await body(service.container(container))
            }
        } catch {
            console.report(error)
            return 1
        }
    }
}

/// What a backup and a restoration need to know, besides their directory and container.
struct TreePlan: Sendable {
    /// What the names of the blobs begin with.
    var prefix: String
    /// Whether only to say what would be done.
    var isDryRun: Bool
    /// Whether what the other side does not have is deleted.
    var deletesExtra: Bool
    /// What all files share; nil for no limit.
    var bandwidth: BandwidthLimit?
    /// The directory for the journals.
    var journals: String
}

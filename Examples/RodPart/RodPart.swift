import ArgumentParser
import AzureCore
import BlobStorage
import Foundation
import HeatFlow

/// The program that runs on the nodes: computes one piece of the rod, or leads the others.
@main
struct RodPart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "RodPart",
        abstract: "Computes how heat flows through a rod, of which each node has a piece.",
        discussion: """
            The environment variable MEETING_URL is the URL of a blob, with a signature that may read and write: the one \
            that leads says there where it listens.
            """,
        version: PackageVersion.current,
        subcommands: [LeadCommand.self, PieceCommand.self])

    /// Runs a command. What it fails with is one line of standard error, where the Batch service keeps it.
    static func run(_ body: (MeetingPoint) async throws -> Void) async throws {
        do {
            let environment = ProcessInfo.processInfo.environment
            guard let url = environment[MeetingPoint.variable], !url.isEmpty else {
                throw RodFailure("\(MeetingPoint.variable) is not set")
            }
            try await body(MeetingPoint(blob: try BlobClient(url: url)))
        } catch {
            FileHandle.standardError.write(Data("RodPart: \(error)\n".utf8))
            throw ExitCode.failure
        }
    }
}

/// Leads: cuts the rod, has the pieces tell each other of their ends, and puts them together.
struct LeadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lead", abstract: "Leads the others, and prints what they have computed.")

    @Option(help: "How many others there are.")
    var pieces: Int

    @Option(help: "How many cells the rod has.")
    var cells: Int

    @Option(help: "How many steps are computed.")
    var steps: Int

    @Option(help: ArgumentHelp("How long to wait for the others.", valueName: "seconds"))
    var patience = 60

    @Option(help: ArgumentHelp("Where the temperatures go, one a line.", valueName: "file"))
    var output: String

    func validate() throws {
        guard pieces > 0, cells >= pieces, steps > 0, patience > 0 else {
            throw ValidationError("The pieces, cells, steps or seconds are none.")
        }
    }

    func run() async throws {
        try await RodPart.run { meeting in
            let lead = Lead(pieces: pieces, cells: cells, steps: steps, patience: .seconds(patience))
            let rod = try await lead.run(at: meeting)
            let lines = rod.map { "\($0)\n" }.joined()
            try Data(lines.utf8).write(to: URL(filePath: output))
        }
    }
}

/// Computes one piece.
struct PieceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "piece", abstract: "Computes one piece.")

    @Option(help: ArgumentHelp("How long to look for the one that leads.", valueName: "seconds"))
    var patience = 60

    func validate() throws {
        guard patience > 0 else { throw ValidationError("--patience must be at least 1.") }
    }

    func run() async throws {
        try await RodPart.run { meeting in
            let node = ProcessInfo.processInfo.environment["AZ_BATCH_NODE_ID"] ?? "unknown"
            try await Follower(node: node, patience: .seconds(patience)).run(at: meeting)
        }
    }
}

/// Why the program cannot go on, in one line.
struct RodFailure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}

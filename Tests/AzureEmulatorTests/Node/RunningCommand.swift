#if Emulator && os(Linux)
import AzureAuth
import AzureCore
import BatchModels
import BatchService
import Foundation
import Glibc
import Testing

@testable import AzureEmulator

/// The program azure-emulator while it runs, as anybody would start it.
struct RunningCommand {
    /// The built program, which lies beside the tests.
    static let program: String? = {
        let directory = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent()
        return [directory, Bundle.main.bundleURL].map { $0.appendingPathComponent("azure-emulator").path }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// Ends the process with the test, come what may.
    private final class Guardian {
        let process: Int32
        init(_ process: Int32) { self.process = process }
        deinit { if kill(process, 0) == 0 { kill(process, SIGKILL) } }
    }

    private let process: Process
    private let guardian: Guardian
    private let ended: AsyncStream<Void>
    /// What it said when it was ready, by the names before the colons.
    let lines: [String: String]

    /// Starts the program and waits until it is ready.
    ///
    /// - Parameters:
    ///   - environment: What is different in its environment.
    ///   - errors: Gets what it writes to standard error.
    init(
        _ arguments: [String] = ["--blob-port", "0", "--batch-port", "0", "--in-memory"],
        environment: [String: String] = [:], errors: Pipe? = nil
    ) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.program))
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        if let errors { process.standardError = errors }
        if !environment.isEmpty {
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        }
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
        self.process = process
        self.ended = ended
        guardian = Guardian(process.processIdentifier)
        try output.fileHandleForWriting.close()
        let handle = output.fileHandleForReading
        let text = try await BlockingIO.run {
            var text = Data()
            while !text.suffix(6).elementsEqual("ready\n".utf8) {
                guard let more = try handle.read(upToCount: 1), !more.isEmpty else { break }
                text += more
            }
            return String(decoding: text, as: UTF8.self)
        }
        var lines: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let colon = line.firstRange(of: ": ") else { continue }
            lines[String(line[..<colon.lowerBound])] = String(line[colon.upperBound...])
        }
        self.lines = lines
        #expect(text.hasSuffix("ready\n"), "\(text)")
    }

    /// Starts the program with a directory for its nodes.
    static func withNodes(in root: String, _ more: String...) async throws -> RunningCommand {
        try await RunningCommand(["--blob-port", "0", "--batch-port", "0", "--node-root", root] + more)
    }

    /// A client of its Batch service.
    func batch() throws -> BatchClient {
        let key = try BatchSharedKey(
            accountName: try #require(lines["batch account"]), key: try #require(lines["batch key"]))
        return try BatchClient(endpoint: try #require(lines["batch endpoint"]), credential: .sharedKey(key))
    }

    /// Has a new pool run command lines as the tasks of a job.
    func start(_ commandLines: [String], nodes: Int = 1, slots: Int = 1) async throws {
        let batch = try batch()
        let image = try await batch.account.newestVerifiedImage(
            publisher: "canonical", offer: "ubuntu-24_04-lts", skuPrefix: "server")
        let machine = VirtualMachineConfiguration(
            imageReference: image.imageReference, nodeAgentSKUID: image.nodeAgentSKUID)
        var pool = BatchPoolCreateOptions(
            id: "pool", vmSize: "standard_d2s_v3", virtualMachineConfiguration: machine, targetDedicatedNodes: nodes)
        pool.taskSlotsPerNode = slots
        try await batch.pools.create(pool)
        try await batch.jobs.create(BatchJobCreateOptions(id: "job", poolInfo: BatchPoolInfo(poolID: "pool")))
        let tasks = commandLines.enumerated().map { index, commandLine in
            BatchTaskCreateOptions(id: "task\(index)", commandLine: commandLine)
        }
        try await batch.tasks.create(tasks, inJob: "job")
    }

    /// Sends a signal and waits for the end of the process.
    ///
    /// - Returns: Its exit code.
    func end(with signal: Int32) async -> Int32 {
        kill(process.processIdentifier, signal)
        for await _ in ended {}
        return process.terminationStatus
    }
}

extension EmulatorInstance {
    /// The emulator whose nodes are in a directory, as it noted itself there.
    static func noted(in root: String) throws -> EmulatorInstance {
        let note = try String(contentsOfFile: "\(root)/.azure-emulator", encoding: .utf8)
        return try #require(EmulatorInstance(note.prefix { $0 != " " }))
    }

    /// Whether a process of one of its tasks is there.
    var hasProcesses: Bool { !ProcessTrace.instance(self).members(of: SystemProcess.all()).isEmpty }
}
#endif

#if Emulator && os(Linux)
import AzureCore
import BatchModels
import BatchService
import BlobStorage
import Foundation
import Glibc
import TestSupport
import Testing

@testable import AzureEmulator

@Suite(
    "The options of the command azure-emulator", .timeLimit(.minutes(5)), .enabled(if: RunningCommand.program != nil))
struct EmulatorCommandOptionTests {
    private static let ports = ["--blob-port", "0", "--batch-port", "0"]

    /// Runs the program to its end.
    private func run(
        _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> (status: Int32, output: String, errors: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(RunningCommand.program))
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        let (ends, ended) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in ended.finish() }
        try process.run()
        for await _ in ends {}
        func text(_ pipe: Pipe) -> String {
            String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        }
        return (process.terminationStatus, text(output), text(errors))
    }

    private func port(_ service: String, of running: RunningCommand) throws -> Int {
        let endpoint = try #require(running.lines["\(service) endpoint"])
        return try #require(URL(string: endpoint)?.port)
    }

    private static let wellKnown =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="

    @Test(
        "What would be dangerous or misunderstood is refused, with a reason",
        arguments: [
            (["--listen", "0.0.0.0", "--account", "devstoreaccount1=\(wellKnown)"], "well-known"),
            (["--blobHost", "0.0.0.0", "--account", "other=\(wellKnown)"], "'other'"),
            (["--listen", "example.com"], "'example.com' is no address"),
            (["--listen", "127.0.0.1", "--blobHost", "127.0.0.1"], "--blobHost"),
            (["--data", "a", "--location", "b"], "--location"),
            (["--inMemoryPersistence", "-l", "a"], "--in-memory"),
            (["--account", "name"], "NAME=KEY"), (["--account", "a=a2V5"], "'a' is no name"),
            (["--account", "abc=a2V5", "--account", "abc=a2V5"], "two storage accounts"),
            (["--host", "http://a"], "no name of a host"), (["--cert", "a.pem"], "--key"),
            (["--oauth", "basic"], "--oauth"), (["--cert", "a.pfx", "--pwd", "secret"], "--pwd"),
        ])
    func refused(arguments: [String], reason: String) async throws {
        let result = try await run(Self.ports + arguments)
        #expect(result.status != 0)
        #expect(result.errors.contains(reason), "\(result.errors)")
        #expect(!result.output.contains("ready") && !result.errors.contains(Self.wellKnown))
    }

    @Test("Accounts come from the environment, in the form of Azurite, and options outdo them")
    func environment() async throws {
        let environment = [
            "AZURE_EMULATOR_ACCOUNTS": "first:a2V5;second:a2V5:c2Vjb25k",
            "AZURE_EMULATOR_BATCH_ACCOUNT": "mine:YmF0Y2g=",
            "AZURITE_ACCOUNTS": "another:a2V5",
        ]
        let running = try await RunningCommand(Self.ports, environment: environment)
        #expect(running.lines["blob account"] == "first" && running.lines["blob key"] == "a2V5")
        #expect(running.lines["blob 2 account"] == "second" && running.lines["blob 2 second key"] == "c2Vjb25k")
        #expect(running.lines["batch account"] == "mine" && running.lines["batch key"] == "YmF0Y2g=")
        #expect(await running.end(with: SIGTERM) == 0)
        let other = try await RunningCommand(
            Self.ports + ["--account", "third=a2V5=", "--batch-account", "yours=YQ=="], environment: environment)
        #expect(other.lines["blob account"] == "third" && other.lines["blob key"] == "a2V5=")
        #expect(other.lines["blob 2 account"] == nil && other.lines["batch account"] == "yours")
        #expect(await other.end(with: SIGTERM) == 0)
        let wrong = try await run(Self.ports, environment: ["AZURE_EMULATOR_ACCOUNTS": "first"])
        #expect(wrong.status == 1 && wrong.errors.contains("AZURE_EMULATOR_ACCOUNTS"))
    }

    @Test("For others it makes keys, and requests have to name a host that it was given")
    func listen() async throws {
        let arguments = Self.ports + ["--listen", "0.0.0.0", "--host", "storage"]
        let running = try await RunningCommand(arguments)
        let key = try #require(running.lines["blob key"])
        #expect(Data(base64Encoded: key)?.count == 64 && running.lines["batch key"] != key)
        let port = try port("blob", of: running)
        for (host, status) in [("storage", "200"), ("storage.example", "400")] {
            let connection = try RawConnection(port: port)
            try await connection.write(
                "GET /__emulator/health HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
            #expect(try await connection.read().hasPrefix("HTTP/1.1 \(status)"))
        }
        #expect(await running.end(with: SIGTERM) == 0)
    }

    // The options are those that `azurite --help` of version 3.33 lists.
    @Test("The options of Azurite are understood: what changes nothing here is noted, and the log goes to its file")
    func azurite() async throws {
        try await withTemporaryDirectory { directory in
            let log = directory.appendingPathComponent("debug.log").path
            let arguments = [
                "--blobPort", "0", "--batch-port", "0", "--blobHost", "127.0.0.1", "--skipApiVersionCheck", "--loose",
                "--disableProductStyleUrl", "--disableTelemetry", "--inMemoryPersistence", "--extentMemoryLimit", "10",
                "--queuePort", "10001", "--tableHost", "0.0.0.0", "-d", log,
            ]
            let errors = Pipe()
            let running = try await RunningCommand(arguments, errors: errors)
            let service = try BlobServiceClient(
                connectionString: try #require(running.lines["blob connection string"]))
            try await service.container("box").create()
            #expect(await running.end(with: SIGTERM) == 0)
            try errors.fileHandleForWriting.close()
            let notes = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            for note in ["--loose changes nothing", "no Queue service", "no Table service", "--extentMemoryLimit"] {
                #expect(notes.contains(note), "\(notes)")
            }
            let text = try String(contentsOfFile: log, encoding: .utf8)
            let lines = text.split(separator: "\n").filter { $0.contains("Answered request") }
            #expect(lines.count == 1 && lines[0].contains("/devstoreaccount1/box?restype=container"))
        }
    }

    @Test("It tells of its health with its exit code")
    func health() async throws {
        let running = try await RunningCommand()
        let (blob, batch) = ("\(try port("blob", of: running))", "\(try port("batch", of: running))")
        let arguments = ["health", "--blob-port", blob, "--batch-port", batch]
        let healthy = try await run(arguments)
        #expect(healthy.status == 0 && healthy.output.isEmpty, "\(healthy)")
        let half = try await run(["health", "--blob-port", blob, "--batch-port", "1"])
        #expect(half.status == 1 && half.errors.contains("Port 1"), "\(half)")
        #expect(await running.end(with: SIGTERM) == 0)
    }

    // What servers on Hummingbird do with ServiceLifecycle: no new connections, and answers to what is under way.
    @Test("On SIGTERM it answers the request that is under way, and takes no other")
    func inFlight() async throws {
        let running = try await RunningCommand(Self.ports + ["--keep-blob-versions"])
        let service = try BlobServiceClient(connectionString: try #require(running.lines["blob connection string"]))
        let container = service.container("box")
        try await container.create()
        let url = try container.blob("a").signedURL(permissions: [.create, .write], expiresOn: Date() + 3600)
        let port = try #require(url.port)
        let connection = try RawConnection(port: port)
        let target = try #require(url.absoluteString.firstRange(of: ":\(port)")).upperBound
        try await connection.write(
            [
                "PUT \(url.absoluteString[target...]) HTTP/1.1", "Host: 127.0.0.1:\(port)", "x-ms-version: 2026-10-06",
                "x-ms-blob-type: BlockBlob", "Content-Length: 4", "Expect: 100-continue", "", "",
            ].joined(separator: "\r\n"))
        #expect(try await connection.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 100"))
        async let code = running.end(with: SIGTERM)
        // It has heard the signal once it takes no more connections.
        while (try? RawConnection(port: port)) != nil { await Task.yield() }
        try await connection.write("1234")
        #expect(try await connection.read().contains("HTTP/1.1 201"))
        #expect(await code == 0)
    }
}
#endif

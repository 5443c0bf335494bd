#if Emulator && os(Linux)
import BlobStorage
import Foundation
import Glibc
import Testing

@testable import AzureEmulator

@Suite(
    "On SIGTERM the command azure-emulator ends, whatever it is doing", .timeLimit(.minutes(5)),
    .enabled(if: RunningCommand.program != nil))
struct EmulatorCommandEndTests {
    /// How long the end may take on a machine that is busy with other tests; the tasks have 5 seconds of it.
    private static let limit = Duration.seconds(120)

    private func endInTime(_ running: RunningCommand) async {
        let clock = ContinuousClock()
        let start = clock.now
        #expect(await running.end(with: SIGTERM) == 0)
        let elapsed = clock.now - start
        #expect(elapsed < Self.limit)
    }

    // Each says through a pipe that it has begun; the directory of the pipe is put in the place of `%`.
    @Test(
        "With a task, be it one that ignores SIGTERM or hides a process: no process of it is left",
        arguments: [
            "exec sleep 1000", "trap '' TERM INT HUP; while :; do sleep 1000; done",
            "trap '' TERM; setsid setsid -f sh -c 'trap : TERM; while :; do sleep 1000; done' & wait; sleep 1000",
            "mkfifo %/never; exec cat %/never",
        ])
    func task(script: String) async throws {
        try await ProcessFixture.with { fixture in
            fixture.makePipe()
            let root = "\(fixture.directory)/nodes"
            let running = try await RunningCommand.withNodes(in: root)
            let instance = try EmulatorInstance.noted(in: root)
            let command = "echo $$ > %/ready; \(script)".replacingOccurrences(of: "%", with: fixture.directory)
            try await running.start(["/bin/sh -c \"\(command)\""])
            _ = try await fixture.number()
            #expect(instance.hasProcesses)
            await endInTime(running)
            #expect(!instance.hasProcesses)
        }
    }

    @Test("With a query that nobody reads, and a client in the middle of an upload")
    func transfers() async throws {
        let running = try await RunningCommand()
        let service = try BlobServiceClient(
            connectionString: try #require(running.lines["blob connection string"]))
        let container = service.container("box")
        try await container.create()
        let blob = container.blob("rows")
        // More than the buffers of a connection hold.
        var rows = Data("some,thing\n".utf8)
        while rows.count < 24 << 20 { rows += rows }
        try await blob.upload(rows)

        let query = """
            <QueryRequest><QueryType>SQL</QueryType><Expression>SELECT * FROM BlobStorage</Expression></QueryRequest>
            """
        let reader = try await send("POST", blob, "&comp=query", length: query.utf8.count, until: "\r\n\r\n", query)
        #expect(reader.answer.hasPrefix("HTTP/1.1 200"), "\(reader.answer)")

        // The service has begun to read once it asks for the body.
        let writer = try await send(
            "PUT", container.blob("half"), "", ["x-ms-blob-type: BlockBlob", "Expect: 100-continue"], length: 1 << 20,
            until: "\r\n\r\n")
        #expect(writer.answer.hasPrefix("HTTP/1.1 100"), "\(writer.answer)")
        try await writer.connection.write(String(repeating: "x", count: 1 << 19))

        await endInTime(running)
        #expect(try await !writer.connection.read().contains("HTTP/1.1 201"))
        withExtendedLifetime(reader.connection) {}
    }

    /// Sends a request byte by byte, with a signature in its URL, and reads the beginning of what comes.
    private func send(
        _ method: String, _ blob: BlobClient, _ query: String, _ fields: [String] = [], length: Int, until mark: String,
        _ body: String = ""
    ) async throws -> (connection: RawConnection, answer: String) {
        let url = try blob.signedURL(permissions: [.read, .create, .write], expiresOn: Date() + 3600)
        let signed = url.absoluteString
        let connection = try RawConnection(port: try #require(url.port))
        let target = try #require(signed.firstRange(of: ":\(url.port ?? 0)")).upperBound
        let head = [
            "\(method) \(signed[target...])\(query) HTTP/1.1", "Host: 127.0.0.1:\(url.port ?? 0)",
            "x-ms-version: 2026-10-06", "Content-Type: application/xml", "Content-Length: \(length)",
        ]
        try await connection.write((head + fields).joined(separator: "\r\n") + "\r\n\r\n\(body)")
        return (connection, try await connection.read(until: mark))
    }
}
#endif

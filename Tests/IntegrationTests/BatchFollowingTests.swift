#if Emulator
import AzureCore
import AzureEmulator
import BatchService
import Foundation
import Testing

@Suite("Following tasks, and creating what may exist, over sockets", .timeLimit(.minutes(3)), .serialized)
struct BatchFollowingTests {
    private static let options = BatchFileTailOptions(pollInterval: .milliseconds(20))

    private func withJob(_ body: (BatchClient, Gate) async throws -> Void) async throws {
        try await withEmulator { emulator in
            let key = try BatchSharedKey(accountName: emulator.batchAccount, key: emulator.batchKey)
            let batch = try BatchClient(endpoint: emulator.batchEndpoint, credential: .sharedKey(key))
            let image = try await batch.account.newestVerifiedImage(
                publisher: "canonical", offer: "ubuntu-24_04-lts", skuPrefix: "server")
            try await batch.pools.create(
                .init(
                    id: "pool", vmSize: "standard_d2s_v3",
                    virtualMachineConfiguration: image.virtualMachineConfiguration, targetDedicatedNodes: 1))
            try await batch.jobs.create(.init(id: "job", poolInfo: .init(poolID: "pool")))
            let gate = try Gate()
            defer { gate.remove() }
            try await body(batch, gate)
        }
    }

    /// A pipe on which a task waits for a line.
    private struct Gate {
        private let directory: URL
        private let pipe: FileHandle
        var path: String { directory.appendingPathComponent("gate").path }

        init() throws {
            directory = FileManager.default.temporaryDirectory.appendingPathComponent("gate-\(UUID())")
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            let path = directory.appendingPathComponent("gate").path
            try #require(mkfifo(path, 0o600) == 0)
            // Opened for both, so that neither side waits for the other.
            pipe = FileHandle(fileDescriptor: open(path, O_RDWR), closeOnDealloc: true)
        }

        func send(_ line: String) throws { try pipe.write(contentsOf: Data("\(line)\n".utf8)) }

        func remove() { try? FileManager.default.removeItem(at: directory) }
    }

    @Test("the output of a task arrives while the task runs, from before its start to its end")
    func output() async throws {
        try await withJob { batch, gate in
            var pieces = batch.files.tail("stdout.txt", ofTask: "t", inJob: "job", options: Self.options)
                .makeAsyncIterator()
            let script = ["echo one", "read line < \(gate.path)", "echo $line"]
            try await batch.tasks.create(.init(id: "t", commandLine: ShellCommand.linux(script)), inJob: "job")
            #expect(try await pieces.next() == Data("one\n".utf8))
            // The task cannot have ended: it waits for this line.
            try gate.send("two")
            #expect(try await pieces.next() == Data("two\n".utf8))
            #expect(try await pieces.next() == nil)
            #expect(try await batch.tasks.get("t", inJob: "job").state == .completed)
        }
    }

    @Test("a retry writes the file anew: an error, or the new file from its start", arguments: [false, true])
    func retry(startsOver: Bool) async throws {
        try await withJob { batch, gate in
            var options = Self.options
            options.whenRewritten = startsOver ? .startOver : .fail
            let script = ["echo a first try", "read line < \(gate.path)", "echo $line", "exit $line"]
            try await batch.tasks.create(
                .init(
                    id: "t", commandLine: ShellCommand.linux(script), constraints: .init(maxTaskRetryCount: 1)),
                inJob: "job")
            var pieces = batch.files.tail("stdout.txt", ofTask: "t", inJob: "job", options: options).makeAsyncIterator()
            #expect(try await pieces.next() == Data("a first try\n".utf8))
            try gate.send("1")
            try gate.send("0")
            var text = ""
            do {
                while let piece = try await pieces.next() { text += String(decoding: piece, as: UTF8.self) }
                #expect(startsOver)
                #expect(text.hasSuffix("a first try\n0\n"))
            } catch AzureErrorCode.fileRewritten {
                #expect(!startsOver)
            }
        }
    }

    @Test("a task that is deleted while it is followed, and a file that it never writes, are errors")
    func errors() async throws {
        try await withJob { batch, gate in
            let script = ["echo one", "read line < \(gate.path)"]
            try await batch.tasks.create(.init(id: "t", commandLine: ShellCommand.linux(script)), inJob: "job")
            var pieces = batch.files.tail("stdout.txt", ofTask: "t", inJob: "job", options: Self.options)
                .makeAsyncIterator()
            #expect(try await pieces.next() == Data("one\n".utf8))
            try await batch.tasks.delete("t", inJob: "job")
            let deleted = await #expect(throws: AzureError.self) { try await pieces.next() }
            #expect(deleted?.code == .taskNotFound)
            try await batch.tasks.create(.init(id: "u", commandLine: "/bin/true"), inJob: "job")
            let missing = await #expect(throws: AzureError.self) {
                for try await _ in batch.files.tail("wd/no.txt", ofTask: "u", inJob: "job", options: Self.options) {}
            }
            #expect(missing?.code == .fileNotFound)
        }
    }

    @Test("pools and jobs are created unless they exist, and deleted if they exist")
    func existence() async throws {
        try await withJob { batch, _ in
            let job = BatchJobCreateOptions(id: "other", poolInfo: .init(poolID: "pool"))
            #expect(try await !batch.jobs.exists("other"))
            #expect(try await batch.jobs.createIfNotExists(job))
            #expect(try await !batch.jobs.createIfNotExists(job))
            #expect(try await batch.jobs.exists("other"))
            #expect(try await batch.jobs.deleteIfExists("other"))
            try await batch.jobs.waitUntilDeleted("other", options: .init(pollInterval: .milliseconds(20)))
            #expect(try await !batch.jobs.deleteIfExists("other"))
            #expect(try await !batch.jobs.exists("other"))

            let pool = BatchPoolCreateOptions(
                id: "second", vmSize: "standard_d2s_v3",
                virtualMachineConfiguration: try await batch.pools.get("pool").virtualMachineConfiguration)
            #expect(try await batch.pools.createIfNotExists(pool))
            #expect(try await !batch.pools.createIfNotExists(pool))
            #expect(try await batch.pools.deleteIfExists("second"))
            try await batch.pools.waitUntilDeleted("second", options: .init(pollInterval: .milliseconds(20)))
            #expect(try await !batch.pools.deleteIfExists("second"))
        }
    }
}
#endif

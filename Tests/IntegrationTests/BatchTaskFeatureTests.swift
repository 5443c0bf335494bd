#if Emulator
import AzureAuth
import AzureCore
import AzureEmulator
import BatchModels
import BatchService
import BlobStorage
import Foundation
import Testing

/// What tasks can do beyond running a program, through both clients and over sockets.
@Suite("Batch tasks with output files, dependencies, packages and several nodes", .timeLimit(.minutes(3)), .serialized)
struct BatchTaskFeatureTests {
    private static let poll = WaitOptions(timeout: .seconds(120), pollInterval: .milliseconds(50))

    private func withPool(
        nodes: Int, _ body: (BatchClient, BlobContainerClient, _ containerURL: String) async throws -> Void
    ) async throws {
        try await withEmulator { emulator in
            let key = try BatchSharedKey(accountName: emulator.batchAccount, key: emulator.batchKey)
            let batch = try BatchClient(endpoint: emulator.batchEndpoint, credential: .sharedKey(key))
            let image = try await batch.account.newestVerifiedImage(
                publisher: "canonical", offer: "ubuntu-24_04-lts", skuPrefix: "server")
            try await batch.pools.create(
                BatchPoolCreateOptions(
                    id: "pool", vmSize: "standard_d2s_v3",
                    virtualMachineConfiguration: VirtualMachineConfiguration(
                        imageReference: image.imageReference, nodeAgentSKUID: image.nodeAgentSKUID),
                    targetDedicatedNodes: nodes, enableInterNodeCommunication: true))
            try await batch.jobs.create(
                BatchJobCreateOptions(
                    id: "job", poolInfo: BatchPoolInfo(poolID: "pool"), usesTaskDependencies: true))
            let container = try BlobServiceClient(connectionString: emulator.blobConnectionString).container("results")
            try await container.create()
            let url = try container.signedURLForWriting(until: Date(timeIntervalSinceNow: 3600))
            try await body(batch, container, url.absoluteString)
        }
    }

    private func run(_ tasks: [BatchTaskCreateOptions], _ batch: BatchClient) async throws -> [String: BatchTask] {
        try await batch.tasks.create(tasks, inJob: "job")
        try await batch.jobs.waitUntilTasksCompleted("job", options: Self.poll)
        var done: [String: BatchTask] = [:]
        for try await task in batch.tasks.list(inJob: "job") { done[task.id] = task }
        return done
    }

    private func text(_ name: String, in container: BlobContainerClient) async throws -> String {
        String(decoding: try await container.blob(name).download(upTo: 1 << 20), as: UTF8.self)
    }

    @Test("Tasks on eight nodes upload what they made, are tried again, and one that depends on all sums it up")
    func fanOut() async throws {
        try await withPool(nodes: 8) { batch, container, url in
            let parts = (1...16).map { number in
                // Every third task fails the first time.
                BatchTaskCreateOptions(
                    id: "\(number)",
                    commandLine: ShellCommand.linux([
                        "if [ \(number % 3) = 0 ] && [ ! -e tried ]; then touch tried; exit 4; fi",
                        "mkdir -p out/deep", "echo \(number * number) > out/deep/square.txt", "echo log \(number)",
                    ]),
                    outputFiles: [
                        .upload("out/**/*.txt", to: url, path: "parts/\(number)", when: .taskSuccess),
                        .upload("../stdout.txt", to: url, path: "logs/\(number).txt", when: .taskSuccess),
                        .upload("../std*.txt", to: url, path: "failed/\(number)", when: .taskFailure),
                    ], constraints: BatchTaskConstraints(maxTaskRetryCount: 2))
            }
            let reading = try container.signedURL(
                permissions: [.read, .list], expiresOn: Date(timeIntervalSinceNow: 3600))
            let sum = BatchTaskCreateOptions(
                id: "sum",
                commandLine: ShellCommand.linux([
                    "test $(stat -c %a linked/logs/16.txt) = 640",
                    "cat in/parts/*/deep/square.txt | paste -sd+ | sed 's/.*/echo $((&))/' | sh",
                ]),
                resourceFiles: [
                    ResourceFile(storageContainerURL: reading.absoluteString, blobPrefix: "parts/", filePath: "in"),
                    ResourceFile(
                        autoStorageContainerName: "results", blobPrefix: "logs/1", filePath: "linked", fileMode: "0640"),
                ],
                outputFiles: [.upload("../stdout.txt", to: url, path: "sum.txt", when: .taskSuccess)],
                dependsOn: .init(taskIDRanges: [.init(start: 1, end: 16)]))
            let tasks = try await run(parts + [sum], batch)
            #expect(tasks.count == 17 && tasks.values.allSatisfy { $0.executionInfo?.result == .success })
            #expect(tasks["3"]?.executionInfo?.retryCount == 1 && tasks["4"]?.executionInfo?.retryCount == 0)
            #expect(try await text("sum.txt", in: container) == "1496\n")
            #expect(try await text("logs/16.txt", in: container) == "log 16\n")
            var failed: Set<String> = []
            for try await blob in container.listBlobs(prefix: "failed/") { failed.insert(blob.name) }
            #expect(failed.count == 10 && failed.contains("failed/15/stderr.txt"))
        }
    }

    @Test("A large file arrives whole; a signature that has ended fails the task and is no secret in its logs")
    func largeAndRefused() async throws {
        try await withPool(nodes: 2) { batch, container, url in
            let late = try container.signedURLForWriting(until: Date(timeIntervalSinceNow: -60)).absoluteString
            let tasks = try await run(
                [
                    .init(
                        id: "large", commandLine: "/bin/sh -c 'yes 0123456789abcde | head -c 40000000 > large.bin'",
                        outputFiles: [.upload("large.bin", to: url, path: "large.bin")]),
                    .init(
                        id: "late", commandLine: "/bin/true", outputFiles: [.upload("../stdout.txt", to: late)]),
                    .init(
                        id: "nowhere", commandLine: "/bin/true",
                        outputFiles: [.upload("../stdout.txt", to: url.replacing("/results", with: "/missing"))]),
                ], batch)
            #expect(tasks["large"]?.executionInfo?.result == .success)
            let blob = container.blob("large.bin")
            #expect(try await blob.properties().contentLength == 40_000_000)
            #expect(tasks["late"]?.executionInfo?.failureInfo?.code == "FileUploadAccessDenied")
            #expect(tasks["nowhere"]?.executionInfo?.result == .failure)
            let log = try await batch.files.readTaskFile("fileuploaderr.txt", ofTask: "late", inJob: "job")
            #expect(!log.isEmpty && !String(decoding: log, as: UTF8.self).contains("sig="))
        }
    }

    @Test("A multi-instance task on four nodes: workers listen on each, and the application talks to all of them")
    func messagePassing() async throws {
        let meeting = FileManager.default.temporaryDirectory.appendingPathComponent("meeting-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: meeting, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: meeting) }
        // A worker answers a number with its square; where it listens it says in a file, as on a shared file system.
        let worker = """
            use IO::Socket::INET; $s = IO::Socket::INET->new(Listen => 5, LocalAddr => "127.0.0.1"); \
            open($f, ">", "$ENV{MEETING}/new-$ENV{AZ_BATCH_NODE_ID}"); print $f $s->sockport; close $f; \
            rename("$ENV{MEETING}/new-$ENV{AZ_BATCH_NODE_ID}", "$ENV{MEETING}/port-$ENV{AZ_BATCH_NODE_ID}"); \
            while ($c = $s->accept) { $n = <$c>; print $c $n * $n, "\\n"; close $c }
            """
        let application = """
            use IO::Socket::INET; $sum = 0; $n = 0; foreach (glob "$ENV{MEETING}/port-*") { open($f, $_); $p = <$f>; \
            $c = IO::Socket::INET->new("127.0.0.1:$p") or die; $n++; print $c "$n\\n"; $sum += <$c> } print "$n $sum\\n"
            """
        try await withPool(nodes: 4) { batch, _, _ in
            let tasks = try await run(
                [
                    .init(
                        id: "mpi", commandLine: "/usr/bin/perl -e '\(application)'",
                        environmentSettings: [.init(name: "MEETING", value: meeting.path)],
                        multiInstanceSettings: MultiInstanceSettings(
                            coordinationCommandLine: ShellCommand.linux([
                                "echo '\(worker)' > worker.pl", "(/usr/bin/perl worker.pl > /dev/null 2>&1 &)",
                                "while [ ! -e $MEETING/port-$AZ_BATCH_NODE_ID ]; do sleep 0.1; done",
                            ]), numberOfInstances: 4)),
                    .init(id: "after", commandLine: "/bin/true"),
                ], batch)
            let output = try await batch.files.readTaskFile("stdout.txt", ofTask: "mpi", inJob: "job")
            #expect(String(decoding: output, as: UTF8.self) == "4 30\n")
            #expect(tasks.values.allSatisfy { $0.executionInfo?.result == .success })
            var subtasks: [BatchSubtask] = []
            for try await subtask in batch.tasks.listSubtasks(ofTask: "mpi", inJob: "job") { subtasks.append(subtask) }
            #expect(subtasks.map(\.id) == [1, 2, 3])
            #expect(subtasks.allSatisfy { $0.state == .completed && $0.exitCode == 0 && $0.nodeInfo?.poolID == "pool" })
            #expect(Set(subtasks.compactMap { $0.nodeInfo?.nodeID }).count == 3)
        }
    }
}
#endif

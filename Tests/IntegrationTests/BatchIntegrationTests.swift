#if Emulator
import AzureAuth
import AzureCore
import AzureEmulator
import BatchModels
import BatchService
import BlobStorage
import Foundation
import Testing

@Suite("Batch over sockets", .timeLimit(.minutes(3)), .serialized)
struct BatchIntegrationTests {
    private static let poll = WaitOptions(timeout: .seconds(60), pollInterval: .milliseconds(50))

    private func withBatch(
        nodes: Int = 2, startTask: BatchStartTask? = nil, _ body: (BatchClient, RunningEmulator) async throws -> Void
    ) async throws {
        try await withEmulator { emulator in
            let key = try BatchSharedKey(accountName: emulator.batchAccount, key: emulator.batchKey)
            let batch = try BatchClient(endpoint: emulator.batchEndpoint, credential: .sharedKey(key))
            let image = try await batch.account.newestVerifiedImage(
                publisher: "canonical", offer: "ubuntu-24_04-lts", skuPrefix: "server")
            let machine = VirtualMachineConfiguration(
                imageReference: image.imageReference, nodeAgentSKUID: image.nodeAgentSKUID)
            try await batch.pools.create(
                BatchPoolCreateOptions(
                    id: "pool", vmSize: "standard_d2s_v3", virtualMachineConfiguration: machine,
                    targetDedicatedNodes: nodes, startTask: startTask))
            try await batch.jobs.create(BatchJobCreateOptions(id: "job", poolInfo: BatchPoolInfo(poolID: "pool")))
            try await body(batch, emulator)
        }
    }

    private func run(_ tasks: [BatchTaskCreateOptions], _ batch: BatchClient) async throws -> [String: BatchTask] {
        try await batch.tasks.create(tasks, inJob: "job")
        try await batch.jobs.waitUntilTasksCompleted("job", options: Self.poll)
        var done: [String: BatchTask] = [:]
        for try await task in batch.tasks.list(inJob: "job") { done[task.id] = task }
        return done
    }

    @Test("tasks end as they should: success, exit code, signal, time limit, missing program")
    func outcomes() async throws {
        try await withBatch { batch, _ in
            let tasks = try await run(
                [
                    .init(id: "good", commandLine: ShellCommand.linux(["echo \"hello from $AZ_BATCH_TASK_ID\""])),
                    .init(id: "three", commandLine: ShellCommand.linux(["echo broken >&2", "exit 3"])),
                    .init(
                        id: "slow", commandLine: "/bin/sleep 600",
                        constraints: BatchTaskConstraints(maxWallClockTime: .seconds(1))),
                    .init(id: "missing", commandLine: "/no/such/program"),
                ], batch)
            #expect(tasks.values.allSatisfy { $0.state == .completed })
            #expect(tasks["good"]?.executionInfo?.exitCode == 0)
            #expect(tasks["good"]?.executionInfo?.result == .success)
            #expect(tasks["three"]?.executionInfo?.exitCode == 3)
            #expect(tasks["three"]?.executionInfo?.result == .failure)
            #expect(tasks["three"]?.executionInfo?.failureInfo?.code == "FailureExitCode")
            #expect(tasks["three"]?.executionInfo?.failureInfo?.category == .userError)
            #expect(tasks["slow"]?.executionInfo?.result == .failure)
            #expect(tasks["slow"]?.executionInfo?.failureInfo?.code != nil)
            #expect(tasks["missing"]?.executionInfo?.failureInfo?.code == "CommandProgramNotFound")
            let output = try await batch.files.readTaskFile("stdout.txt", ofTask: "good", inJob: "job")
            #expect(String(decoding: output, as: UTF8.self) == "hello from good\n")
            let failures = try await batch.tasks.failures(inJob: "job")
            #expect(Set(failures.map(\.taskID)) == ["three", "slow", "missing"])
            #expect(failures.first { $0.taskID == "three" }?.standardError == "broken\n")
        }
    }

    @Test("ten megabytes of output arrive whole, at once and in ranges")
    func largeOutput() async throws {
        try await withBatch(nodes: 1) { batch, _ in
            let size = 10_000_000
            let tasks = try await run(
                [.init(id: "loud", commandLine: ShellCommand.linux(["yes 0123456789abcde | head -c \(size)"]))], batch)
            // `yes` ends by a broken pipe, which pipefail reports.
            #expect(tasks["loud"]?.state == .completed)
            let output = try await batch.files.readTaskFile("stdout.txt", ofTask: "loud", inJob: "job")
            #expect(output.count == size)
            let part = try await batch.files.readTaskFile(
                "stdout.txt", ofTask: "loud", inJob: "job", options: .init(range: .bytes(160..<175)))
            #expect(String(decoding: part, as: UTF8.self) == "0123456789abcde")
        }
    }

    @Test("no process outlives its task, however it hides", arguments: ["", "setsid ", "setsid setsid -f "])
    func hiding(prefix: String) async throws {
        try await withBatch(nodes: 1) { batch, _ in
            let mark = "43\(Int.random(in: 100_000...999_999))"
            let tasks = try await run(
                [.init(id: "parent", commandLine: "/bin/bash -c \"\(prefix)sleep \(mark) > /dev/null 2>&1 & exit 0\"")],
                batch)
            #expect(tasks["parent"]?.executionInfo?.exitCode == 0)
            #expect(Self.processes(with: mark).isEmpty)
        }
    }

    @Test("a task gets its resource files, its environment and the node's directories")
    func resources() async throws {
        try await withBatch(
            nodes: 1,
            startTask: BatchStartTask(
                commandLine: ShellCommand.linux(["echo installed > $AZ_BATCH_NODE_SHARED_DIR/program"]),
                waitForSuccess: true)
        ) { batch, emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            let container = service.container("input")
            try await container.create()
            let blob = container.blob("text 1.txt")
            try await blob.upload(Data("content".utf8))
            let url = try blob.signedURL(permissions: .read, expiresOn: Date(timeIntervalSinceNow: 600))
            let expired = try blob.signedURL(permissions: .read, expiresOn: Date(timeIntervalSinceNow: -600))
            let tasks = try await run(
                [
                    .init(
                        id: "reader",
                        commandLine: ShellCommand.linux(["cat in.txt $AZ_BATCH_NODE_SHARED_DIR/program", "pwd"]),
                        resourceFiles: [ResourceFile(httpURL: url.absoluteString, filePath: "in.txt")]),
                    .init(
                        id: "late", commandLine: "/bin/true",
                        resourceFiles: [ResourceFile(httpURL: expired.absoluteString, filePath: "in.txt")]),
                ], batch)
            let output = String(
                decoding: try await batch.files.readTaskFile("stdout.txt", ofTask: "reader", inJob: "job"),
                as: UTF8.self)
            #expect(output.hasPrefix("contentinstalled\n"))
            #expect(output.hasSuffix("/workitems/job/job-1/reader/wd\n"))
            #expect(tasks["late"]?.executionInfo?.result == .failure)
            #expect(tasks["late"]?.executionInfo?.failureInfo?.category == .userError)
        }
    }

    @Test("a start task that fails is reported at once, with its error output")
    func startTaskFails() async throws {
        let startTask = BatchStartTask.linux(["echo no such disk >&2", "exit 1"], maxTaskRetryCount: 0)
        try await withBatch(nodes: 1, startTask: startTask) { batch, _ in
            try await batch.tasks.create(.init(id: "t", commandLine: "/bin/true"), inJob: "job")
            let error = await #expect(throws: AzureError.self) {
                try await batch.jobs.waitUntilTasksCompleted("job", options: Self.poll)
            }
            #expect(error?.code != .deadlineExceeded)
            #expect(error.map { "\($0)".contains("start task") } == true)
            #expect(error?.message.hasSuffix("; its stderr.txt ends with: no such disk") == true)
            #expect((error?.underlying as? BatchStartTaskFailure)?.standardError == "no such disk\n")
            let node = try #require(try await batch.nodes.list(inPool: "pool").first { _ in true })
            #expect(node.state == .startTaskFailed)
            let output = try await batch.files.readNodeFile("startup/stderr.txt", onNode: node.id, inPool: "pool")
            #expect(String(decoding: output, as: UTF8.self) == "no such disk\n")
        }
    }

    @Test("waiting ends with the reason when a task depends on one that failed, or on one that does not exist")
    func dependencies() async throws {
        try await withBatch(nodes: 1) { batch, _ in
            for (job, missing) in [("failed", "a"), ("missing", "nobody")] {
                try await batch.jobs.create(
                    BatchJobCreateOptions(id: job, poolInfo: BatchPoolInfo(poolID: "pool"), usesTaskDependencies: true))
                try await batch.tasks.create(
                    [
                        .init(id: "a", commandLine: ShellCommand.linux(["exit 1"])),
                        .init(id: "b", commandLine: "/bin/true", dependsOn: .init(taskIDs: [missing])),
                    ], inJob: job)
                let error = await #expect(throws: AzureError.self) {
                    try await batch.jobs.waitUntilTasksCompleted(job, options: Self.poll)
                }
                #expect(error?.code == .waitingInVain)
                #expect(error?.message.contains("'b' depends on task '\(missing)'") == true)
            }
        }
    }

    @Test("waiting ends with the reason when a failure ends or disables the job")
    func taskFailureActions() async throws {
        try await withBatch(nodes: 1) { batch, _ in
            for (action, code) in [
                (BatchJobActionKind.terminate, AzureErrorCode.jobCompleted), (.disable, .jobDisabled),
            ] {
                let job = "job-\(action)"
                try await batch.jobs.create(
                    BatchJobCreateOptions(
                        id: job, poolInfo: BatchPoolInfo(poolID: "pool"), usesTaskDependencies: true,
                        taskFailureMode: .performExitOptionsJobAction))
                try await batch.tasks.create(
                    [
                        .init(
                            id: "a", commandLine: ShellCommand.linux(["exit 1"]),
                            exitConditions: ExitConditions(default: .init(jobAction: action))),
                        .init(id: "b", commandLine: "/bin/true", dependsOn: .init(taskIDs: ["a"])),
                    ], inJob: job)
                let error = await #expect(throws: AzureError.self) {
                    try await batch.jobs.waitUntilTasksCompleted(job, options: Self.poll)
                }
                #expect(error?.code == code || error?.code == .waitingInVain)
            }
        }
    }

    @Test(
        "settings of extensions come back as they were sent: an object with objects in it, and a string with JSON in it"
    )
    func extensionSettings() async throws {
        try await withBatch(nodes: 0) { batch, _ in
            var machine = try #require(try await batch.pools.get("pool").virtualMachineConfiguration)
            let settings: [BatchJSONValue] = [
                ["fileUris": ["https://a/b"], "proxy": ["port": 80, "isOn": true]], #"{"commandToExecute":"sh a"}"#,
            ]
            machine.extensions = settings.enumerated().map { index, settings in
                VMExtension(name: "e\(index)", publisher: "p", type: "t", settings: settings)
            }
            try await batch.pools.create(
                BatchPoolCreateOptions(
                    id: "extended", vmSize: "standard_d2s_v3", virtualMachineConfiguration: machine,
                    targetDedicatedNodes: 0))
            let pool = try await batch.pools.get("extended")
            #expect(pool.virtualMachineConfiguration?.extensions?.map(\.settings) == settings)
            #expect(try await batch.pools.list().reduce(into: 0) { count, _ in count += 1 } == 2)
        }
    }

    @Test("waiting ends with the reason when the pool is to have no nodes")
    func emptyPool() async throws {
        try await withBatch(nodes: 0) { batch, _ in
            try await batch.tasks.create(.init(id: "t", commandLine: "/bin/true"), inJob: "job")
            let error = await #expect(throws: AzureError.self) {
                try await batch.jobs.waitUntilTasksCompleted("job", options: Self.poll)
            }
            #expect(error?.code == .waitingInVain)
        }
    }

    @Test("a wrong key is refused by the service's own code")
    func wrongKey() async throws {
        try await withEmulator { emulator in
            let key = try BatchSharedKey(accountName: emulator.batchAccount, key: "AAAA")
            let batch = try BatchClient(endpoint: emulator.batchEndpoint, credential: .sharedKey(key))
            let error = await #expect(throws: AzureError.self) { try await batch.pools.get("pool") }
            #expect(error?.code == .authenticationFailed)
        }
    }

    /// The processes with a text in their command lines.
    private static func processes(with text: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).filter { name in
            guard Int32(name) != nil, let line = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") else {
                return false
            }
            return String(decoding: line, as: UTF8.self).contains(text)
        }
    }
}
#endif

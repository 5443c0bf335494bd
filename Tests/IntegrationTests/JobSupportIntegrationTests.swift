#if Emulator
import AzureAuth
import AzureCore
import AzureEmulator
import BatchModels
import BatchService
import BlobStorage
import Foundation
import Testing

@Suite("Jobs with preparation and release tasks over sockets", .timeLimit(.minutes(3)), .serialized)
struct JobSupportIntegrationTests {
    private static let poll = WaitOptions(timeout: .seconds(60), pollInterval: .milliseconds(50))

    private static func pool() -> BatchPoolCreateOptions {
        BatchPoolCreateOptions(
            id: "pool", vmSize: "standard_d2s_v3",
            virtualMachineConfiguration: VirtualMachineConfiguration(
                imageReference: .init(publisher: "canonical", offer: "ubuntu-24_04-lts", sku: "server"),
                nodeAgentSKUID: "batch.node.ubuntu 24.04"),
            targetDedicatedNodes: 2)
    }

    private func withBatch(_ body: (BatchClient, RunningEmulator) async throws -> Void) async throws {
        try await withEmulator { emulator in
            let key = try BatchSharedKey(accountName: emulator.batchAccount, key: emulator.batchKey)
            try await body(
                try BatchClient(endpoint: emulator.batchEndpoint, credential: .sharedKey(key)), emulator)
        }
    }

    @Test("what is prepared on a node is there for its tasks, and is gone when the job has ended")
    func preparationAndRelease() async throws {
        try await withBatch { batch, _ in
            try await batch.pools.create(Self.pool())
            try await batch.jobs.create(
                BatchJobCreateOptions(
                    id: "job", poolInfo: BatchPoolInfo(poolID: "pool"),
                    jobPreparationTask: BatchJobPreparationTask(
                        commandLine: ShellCommand.linux(["echo ready > $AZ_BATCH_NODE_SHARED_DIR/data"])),
                    jobReleaseTask: BatchJobReleaseTask(
                        commandLine: ShellCommand.linux([
                            "cat $AZ_BATCH_NODE_SHARED_DIR/data", "rm $AZ_BATCH_NODE_SHARED_DIR/data",
                        ]))))
            try await batch.tasks.create(
                [
                    .init(id: "good", commandLine: ShellCommand.linux(["cat $AZ_BATCH_NODE_SHARED_DIR/data"])),
                    .init(
                        id: "bad",
                        commandLine: ShellCommand.linux(["test -e $AZ_BATCH_JOB_PREP_DIR/stdout.txt", "exit 3"])),
                ], inJob: "job")
            try await batch.jobs.waitUntilTasksCompleted("job", options: Self.poll)
            #expect(try await batch.tasks.get("good", inJob: "job").executionInfo?.exitCode == 0)
            #expect(try await batch.tasks.get("bad", inJob: "job").executionInfo?.exitCode == 3)
            try await batch.jobs.terminate("job")
            try await batch.jobs.waitUntilTerminated("job", options: Self.poll)
            var nodes = 0
            for try await status in batch.jobs.listPreparationAndReleaseTaskStatus(ofJob: "job") {
                nodes += 1
                #expect(status.jobPreparationTaskExecutionInfo?.result == .success)
                #expect(status.jobReleaseTaskExecutionInfo?.exitCode == 0)
                let node = status.nodeID
                let root = try #require(status.jobReleaseTaskExecutionInfo?.taskRootDirectory)
                let output = try await batch.files.readNodeFile("\(root)/stdout.txt", onNode: node, inPool: "pool")
                #expect(String(decoding: output, as: UTF8.self) == "ready\n")
                await #expect(throws: AzureError.self) {
                    try await batch.files.readNodeFile("shared/data", onNode: node, inPool: "pool")
                }
            }
            #expect(nodes > 0)
        }
    }

    @Test("a container that is mounted is a directory, and what tasks write there are blobs")
    func mountedContainer() async throws {
        try await withBatch { batch, emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            let container = service.container("data")
            try await container.create()
            try await container.blob("in/words.txt").upload(Data("one two".utf8))
            var pool = Self.pool()
            pool.mountConfiguration = [
                MountConfiguration(
                    azureBlobFileSystemConfiguration: AzureBlobFileSystemConfiguration(
                        accountName: emulator.blobAccount, containerName: "data", relativeMountPath: "data",
                        accountKey: emulator.blobKey))
            ]
            try await batch.pools.create(pool)
            try await batch.jobs.create(BatchJobCreateOptions(id: "job", poolInfo: BatchPoolInfo(poolID: "pool")))
            let script = [
                "cd $AZ_BATCH_NODE_MOUNTS_DIR/data", "mkdir -p out", "wc -w < in/words.txt > out/count",
                "rm in/words.txt",
            ]
            try await batch.tasks.create([.init(id: "task", commandLine: ShellCommand.linux(script))], inJob: "job")
            try await batch.jobs.waitUntilTasksCompleted("job", options: Self.poll)
            let task = try await batch.tasks.get("task", inJob: "job")
            #expect(task.executionInfo?.exitCode == 0 && task.executionInfo?.failureInfo == nil)
            #expect(try await container.blob("out/count").download(upTo: 100) == Data("2\n".utf8))
            #expect(try await container.blob("in/words.txt").exists() == false)
            #expect(
                try await batch.pools.get("pool").mountConfiguration?.first?.azureBlobFileSystemConfiguration?
                    .accountKey == nil)
        }
    }
}
#endif

import AzureEmulator
import BatchService
import BlobStorage
import Foundation
import Snippets
import Testing

@Suite("The code of the documentation of Batch and the emulator does what it says")
struct BatchSnippetTests {
    @Test("the emulated services are called without sockets, and without the trait")
    func services() async throws {
        #expect(try await blobsInProcess().container("pictures").exists() == false)
        try await inProcess { service, batch in
            try await service.container("pictures").create()
            #expect(try await service.container("pictures").exists())
            #expect(try await batch.pools.exists("pool") == false)
        }
    }

    @Test("tasks get URLs for their files, and jobs their preparation")
    func values() throws {
        let service = try BlobServiceClient(connectionString: "UseDevelopmentStorage=true")
        let task = try taskWithFiles(from: service.container("books"), to: service.container("results"))
        #expect(task.resourceFiles?.first?.httpURL?.contains("/books/book.txt?") == true)
        #expect(task.outputFiles?.first?.destination?.container?.containerURL?.contains("/results?") == true)
        #expect(jobWithPreparation().jobPreparationTask?.waitForSuccess == true)
    }

    #if Emulator
    private static let soon = WaitOptions(pollInterval: .milliseconds(20))

    private func createPool(nodes: Int, with batch: BatchClient) async throws {
        let image = try await batch.account.newestVerifiedImage(
            publisher: "canonical", offer: "ubuntu-24_04-lts", skuPrefix: "server")
        try await batch.pools.create(
            .init(
                id: "pool", vmSize: "standard_d2s_v3",
                virtualMachineConfiguration: image.virtualMachineConfiguration, targetDedicatedNodes: nodes))
    }

    @Test("a start task, and what is told when it fails")
    func startTask() async throws {
        try await onEmulator { _, batch in
            let image = try await batch.account.newestVerifiedImage(
                publisher: "canonical", offer: "ubuntu-24_04-lts", skuPrefix: "server")
            var pool = poolWithStartTask(image.virtualMachineConfiguration)
            #expect(pool.startTask?.waitForSuccess == true && pool.startTask?.userIdentity == .poolAdmin)
            pool.startTask = .linux(["echo E: Unable to locate package ffmpeg >&2", "exit 100"])
            try await batch.pools.create(pool)
            let failure = try #require(try await waitForNodes(of: batch))
            #expect(failure.exitCode == 100)
            #expect(failure.standardError == "E: Unable to locate package ffmpeg\n")
        }
    }

    @Test("many tasks, waiting for them, and the output of one")
    func tasks() async throws {
        try await onEmulator { service, batch in
            #expect(try await service.container("pictures").exists() == false)
            try await createPool(nodes: 1, with: batch)
            #expect(try await createAndDelete(with: batch))
            try await batch.jobs.waitUntilDeleted("job", options: Self.soon)

            try await batch.jobs.create(.init(id: "job", poolInfo: .init(poolID: "pool")))
            // There is no program of this name.
            try await render(frames: 2, with: batch)
            let echo = BatchTaskCreateOptions(id: "echo", commandLine: ShellCommand.linux(["echo done"]))
            try await createFollowed([echo], with: batch)
            // What is shown looks every few seconds.
            _ = try await batch.jobs.waitUntilTasksCompleted("job", options: Self.soon)
            let progress = try await waitForTasks(of: batch)
            #expect(progress.total == 3 && progress.failed == 2)
            try await followOutput(of: batch)
        }
    }
    #endif
}

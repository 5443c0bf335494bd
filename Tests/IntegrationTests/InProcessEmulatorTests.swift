import AzureAuth
import AzureCore
import AzureEmulator
import BatchModels
import BatchService
import BlobStorage
import Foundation
import Testing

@Suite("Both services in the process of their user", .timeLimit(.minutes(3)))
struct InProcessEmulatorTests {
    private struct Clients {
        let blobs: BlobServiceClient
        let batch: BatchClient

        init(_ emulator: RunningEmulator, _ transport: InProcessTransport) throws {
            let pipeline = PipelineOptions(transport: transport)
            blobs = try BlobServiceClient(
                connectionString: emulator.blobConnectionString, options: BlobClientOptions(pipeline: pipeline))
            let key = try BatchSharedKey(accountName: emulator.batchAccount, key: emulator.batchKey)
            batch = try BatchClient(
                endpoint: emulator.batchEndpoint, credential: .sharedKey(key),
                options: BatchClientOptions(pipeline: pipeline))
        }

        func makeJob() async throws {
            let machine = VirtualMachineConfiguration(
                imageReference: .init(publisher: "canonical", offer: "ubuntu-24_04-lts", sku: "server"),
                nodeAgentSKUID: "batch.node.ubuntu 24.04")
            try await batch.pools.create(
                BatchPoolCreateOptions(
                    id: "pool", vmSize: "standard_d2s_v3", virtualMachineConfiguration: machine,
                    targetDedicatedNodes: 1))
            try await batch.jobs.create(BatchJobCreateOptions(id: "job", poolInfo: BatchPoolInfo(poolID: "pool")))
        }
    }

    @Test("Blobs are stored, listed and read over a signed URL")
    func blobs() async throws {
        try await withInProcessEmulator { emulator, transport in
            let clients = try Clients(emulator, transport)
            let pictures = clients.blobs.container("pictures")
            try await pictures.create()
            let content = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
            let blob = pictures.blob("a b/é")
            try await blob.upload(
                content, options: .init(transfer: .init(singleShotLimit: 1_000_000, partSize: 1_000_000)))
            var names: [String] = []
            for try await item in pictures.listBlobs() { names.append(item.name) }
            #expect(names == ["a b/é"])
            let link = try blob.signedURL(permissions: .read, expiresOn: Date(timeIntervalSinceNow: 3600))
            let options = BlobClientOptions(pipeline: PipelineOptions(transport: transport))
            #expect(try await BlobClient(url: link, options: options).download(upTo: content.count) == content)
        }
    }

    @Test("The configuration counts: account, key, versions of blobs")
    func configuration() async throws {
        var configuration = EmulatorConfiguration()
        configuration.storageAccount = "mine"
        configuration.storageKey = "c2VjcmV0"
        configuration.keepsBlobVersions = true
        try await withInProcessEmulator(configuration) { emulator, transport in
            let clients = try Clients(emulator, transport)
            #expect(clients.blobs.accountName == "mine")
            try await clients.blobs.container("box").create()
            let blob = clients.blobs.container("box").blob("a")
            let first = try await blob.upload(Data("1".utf8))
            try await blob.upload(Data("2".utf8), options: .init(overwrite: true))
            let version = try #require(first.versionID)
            #expect(try await blob.version(version).download(upTo: 10) == Data("1".utf8))
        }
    }

    @Test("Two of them know nothing of each other")
    func two() async throws {
        try await withInProcessEmulator { first, toFirst in
            try await withInProcessEmulator { second, toSecond in
                try await Clients(first, toFirst).blobs.container("box").create()
                #expect(try await Clients(second, toSecond).blobs.container("box").exists() == false)
                #expect(try await Clients(first, toFirst).blobs.container("box").exists())
            }
        }
    }

    @Test("A task gets its resource files from the Blob service, and its end is told")
    func tasks() async throws {
        try await withInProcessEmulator { emulator, transport in
            let clients = try Clients(emulator, transport)
            let container = clients.blobs.container("input")
            try await container.create()
            try await container.blob("in.txt").upload(Data("content".utf8))
            try await clients.makeJob()
            let until = Date(timeIntervalSinceNow: 3600)
            try await clients.batch.tasks.create(
                [
                    BatchTaskCreateOptions(
                        id: "good", commandLine: "cat in.txt",
                        resourceFiles: [try .blob(container.blob("in.txt"), readableUntil: until)]),
                    BatchTaskCreateOptions(
                        id: "bad", commandLine: "cat none.txt",
                        resourceFiles: [try .blob(container.blob("none.txt"), readableUntil: until)]),
                ], inJob: "job")
            try await clients.batch.jobs.waitUntilTasksCompleted(
                "job", options: WaitOptions(timeout: .seconds(60), pollInterval: .milliseconds(50)))
            let bad = try await clients.batch.tasks.get("bad", inJob: "job").executionInfo
            #expect(bad?.failureInfo?.code == "BlobNotFound")
            let fetched = try await clients.batch.files.readTaskFile("wd/in.txt", ofTask: "good", inJob: "job")
            #expect(fetched == Data("content".utf8))
            let good = try await clients.batch.tasks.get("good", inJob: "job").executionInfo
            #if Emulator
            #expect(good?.exitCode == 0)
            let output = try await clients.batch.files.readTaskFile("stdout.txt", ofTask: "good", inJob: "job")
            #expect(output == Data("content".utf8))
            #else
            #expect(good?.result == .failure && good?.failureInfo?.code == "CommandLaunchFailed")
            #expect(good?.failureInfo?.details?.contains { $0.value?.contains("'Emulator'") == true } == true)
            #endif
        }
    }
}

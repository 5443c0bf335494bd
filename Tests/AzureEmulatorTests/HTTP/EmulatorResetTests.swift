import AzureCore
import AzureTesting
import BatchModels
import BatchService
import BlobStorage
import Foundation
import Testing

@testable import AzureEmulator

@Suite("An emulator that is emptied", .timeLimit(.minutes(5)))
struct EmulatorResetTests {
    static func service(_ account: RunningEmulator.StorageAccount) throws -> BlobServiceClient {
        try BlobServiceClient(connectionString: account.connectionString)
    }

    private static let machine = VirtualMachineConfiguration(
        imageReference: .init(publisher: "canonical", offer: "ubuntu-24_04-lts", sku: "server"),
        nodeAgentSKUID: "batch.node.ubuntu 24.04")

    private func batch(_ emulator: RunningEmulator, _ transport: InProcessTransport) throws -> BatchClient {
        let key = try BatchSharedKey(accountName: emulator.batchAccount, key: emulator.batchKey)
        return try BatchClient(
            endpoint: emulator.batchEndpoint, credential: .sharedKey(key),
            options: BatchClientOptions(pipeline: PipelineOptions(transport: transport)))
    }

    private func blobs(_ emulator: RunningEmulator, _ transport: InProcessTransport) throws -> BlobServiceClient {
        try BlobServiceClient(
            connectionString: emulator.blobConnectionString,
            options: BlobClientOptions(pipeline: PipelineOptions(transport: transport)))
    }

    // What is there afterwards is what a new account has (List Containers, Get Blob Service Properties, List Pools …).
    @Test("has nothing of what clients made, in both services, and can be used as before")
    func everything() async throws {
        var configuration = EmulatorConfiguration()
        configuration.containerRetention = .seconds(86_400)
        configuration.containerDeletionTime = .seconds(3600)
        configuration.keepsBlobVersions = true
        try await withInProcessEmulator(configuration) { emulator, transport in
            let (service, batch) = (try blobs(emulator, transport), try batch(emulator, transport))
            var settings = try await service.properties()
            settings.response = nil
            let fresh = settings
            settings.staticWebsite = .init(isEnabled: true, indexDocument: "index.html")
            settings.deleteRetention = .init(isEnabled: true, days: 3)
            try await service.setProperties(settings)
            for name in ["one", "two", "three"] { try await service.container(name).create() }
            let first = try await service.container("one").blob("a").upload(Data("1".utf8))
            try await service.container("two").delete()
            try await batch.pools.create(
                BatchPoolCreateOptions(
                    id: "pool", vmSize: "standard_d2s_v3", virtualMachineConfiguration: Self.machine,
                    targetDedicatedNodes: 2))
            var job = BatchJobCreateOptions(id: "job", poolInfo: BatchPoolInfo(poolID: "pool"))
            job.jobPreparationTask = BatchJobPreparationTask(commandLine: "true")
            job.jobReleaseTask = BatchJobReleaseTask(commandLine: "sleep 1000")
            try await batch.jobs.create(job)
            try await batch.tasks.create(
                (0..<3).map { BatchTaskCreateOptions(id: "task\($0)", commandLine: "sleep 1000") }, inJob: "job")
            try await batch.jobSchedules.create(
                BatchJobScheduleCreateOptions(
                    id: "schedule", schedule: BatchJobScheduleConfiguration(),
                    jobSpecification: BatchJobSpecification(poolInfo: BatchPoolInfo(poolID: "pool"))))

            try await emulator.reset()

            var names: [String] = []
            for try await container in service.listContainers(options: ContainerListOptions(include: .deleted)) {
                names.append(container.name)
            }
            #expect(names.isEmpty)
            settings = try await service.properties()
            settings.response = nil
            #expect(settings == fresh)
            for try await pool in batch.pools.list() { Issue.record("\(pool.id)") }
            for try await job in batch.jobs.list() { Issue.record("\(job.id)") }
            for try await schedule in batch.jobSchedules.list() { Issue.record("\(schedule.id)") }

            // The name of the container that was being deleted is free, and no tag comes again.
            try await service.container("two").create()
            try await service.container("one").create()
            let second = try await service.container("one").blob("a").upload(Data("1".utf8))
            #expect(first.etag != second.etag && first.versionID != second.versionID)
            try await batch.pools.create(
                BatchPoolCreateOptions(
                    id: "pool", vmSize: "standard_d2s_v3", virtualMachineConfiguration: Self.machine))
        }
    }

    @Test("is empty whatever follows the reset, and a second one finds nothing to do")
    func again() async throws {
        try await withInProcessEmulator { emulator, transport in
            try await emulator.reset()
            try await blobs(emulator, transport).container("box").create()
            try await emulator.reset()
            try await emulator.reset()
            #expect(try await !blobs(emulator, transport).container("box").exists())
        }
    }

    @Test("Each of several accounts has containers of its own, and either of its keys signs")
    func accounts() async throws {
        var configuration = EmulatorConfiguration()
        configuration.storageAccounts = [
            EmulatedStorageAccount(), EmulatedStorageAccount(name: "second", keys: ["Zmlyc3Q=", "c2Vjb25k"]),
        ]
        try await withInProcessEmulator(configuration) { emulator, transport in
            #expect(emulator.storageAccounts.map(\.name) == ["devstoreaccount1", "second"])
            #expect(emulator.storageAccounts[1].blobEndpoint == "http://127.0.0.1:10000/second")
            let options = BlobClientOptions(pipeline: PipelineOptions(transport: transport))
            func service(_ name: String, _ key: String) throws -> BlobServiceClient {
                let key = try StorageSharedKey(accountName: name, key: key)
                return try BlobServiceClient(
                    endpoint: "http://127.0.0.1:10000/\(name)", credential: .sharedKey(key), options: options)
            }
            try await service("second", "Zmlyc3Q=").container("box").create()
            #expect(try await service("second", "c2Vjb25k").container("box").exists())
            #expect(try await !blobs(emulator, transport).container("box").exists())
            let refused = await #expect(throws: AzureError.self) {
                try await service("second", EmulatedStorageAccount.wellKnownKey).container("box").exists()
            }
            #expect(refused?.code == .authenticationFailed)
            let blob = try service("second", "c2Vjb25k").container("box").blob("a")
            try await blob.upload(Data("1".utf8))
            let link = try blob.signedURL(permissions: .read, expiresOn: Date(timeIntervalSinceNow: 3600))
            #expect(try await BlobClient(url: link, options: options).download(upTo: 1) == Data("1".utf8))
            #expect(try await !service("third", "c2Vjb25k").container("box").exists())
        }
    }
}

// The code of README.md, Docs/Testing.md and Docs/Batch.md, so that it keeps compiling and does what they say.

import AzureAuth
import AzureCore
import AzureEmulator
import AzureTesting
import BatchModels
import BatchService
import BlobStorage
import Foundation
import HTTPTypes
import Testing

@Suite("The code of the documentation")
struct DocumentationSamples {
    @Test("a mock transport answers as prepared")
    func mock() async throws {
        let transport = MockTransport([
            MockResponse(201), MockResponse(409, headers: ["x-ms-error-code": "ContainerAlreadyExists"]),
        ])
        let service = try BlobServiceClient(
            endpoint: "https://example.blob.core.windows.net", credential: .anonymous,
            options: BlobClientOptions(pipeline: PipelineOptions(transport: transport)))

        try await service.container("pictures").create()
        await #expect(throws: AzureError.self) { try await service.container("pictures").create() }
        #expect(transport.requests[0].path == "/pictures?restype=container")
    }

    @Test("a clock that jumps makes retries instant")
    func clock() async throws {
        let clock = ManualClock(advancesBySleeping: true)
        var options = PipelineOptions(transport: MockTransport([MockResponse(503), MockResponse(200)]))
        options.timeSource = clock.timeSource
        let service = try BlobServiceClient(
            endpoint: "https://example.blob.core.windows.net", credential: .anonymous,
            options: BlobClientOptions(pipeline: options))
        #expect(try await service.container("pictures").exists())
        #expect(clock.sleeps.count == 1)
    }

    @Test("the emulated services are called without sockets, and without the trait")
    func inProcess() async throws {
        let options = BlobClientOptions(pipeline: PipelineOptions(transport: try InProcessTransport.blob()))
        let service = try BlobServiceClient(connectionString: "UseDevelopmentStorage=true", options: options)
        #expect(try await service.container("pictures").exists() == false)

        try await withInProcessEmulator { emulator, transport in
            let pipeline = PipelineOptions(transport: transport)
            let key = try BatchSharedKey(accountName: emulator.batchAccount, key: emulator.batchKey)
            let batch = try BatchClient(
                endpoint: emulator.batchEndpoint, credential: .sharedKey(key), options: .init(pipeline: pipeline))
            #expect(try await batch.pools.exists("pool") == false)
        }
    }

    #if Emulator
    @Test("the README's lines work")
    func readme() async throws {
        try await withEmulator { emulator in
            let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
            let pictures = service.container("pictures")
            try await pictures.createIfNotExists()

            let blob = pictures.blob("2026/cat.jpg")
            try await blob.upload(Data("meow".utf8), options: .init(overwrite: true))
            var names: [String] = []
            for try await item in pictures.listBlobs(prefix: "2026/") { names.append(item.name) }
            #expect(names == ["2026/cat.jpg"])
            let link = try blob.signedURL(permissions: .read, expiresOn: Date(timeIntervalSinceNow: 3600))
            #expect(try await BlobClient(url: link).download(upTo: 10) == Data("meow".utf8))

            do {
                try await pictures.create()
                Issue.record("the container was there")
            } catch AzureErrorCode.alreadyExists {
            }

            let key = try BatchSharedKey(accountName: emulator.batchAccount, key: emulator.batchKey)
            let batch = try BatchClient(endpoint: emulator.batchEndpoint, credential: .sharedKey(key))
            let machine = VirtualMachineConfiguration(
                imageReference: .init(publisher: "canonical", offer: "ubuntu-24_04-lts", sku: "server"),
                nodeAgentSKUID: "batch.node.ubuntu 24.04")
            try await batch.pools.create(
                .init(id: "pool", vmSize: "standard_d2s_v3", virtualMachineConfiguration: machine))
            try await batch.jobs.create(BatchJobCreateOptions(id: "job", poolInfo: BatchPoolInfo(poolID: "pool")))
            let tasks = (0..<1000).map { number in
                BatchTaskCreateOptions(
                    id: "task\(number)", commandLine: ShellCommand.linux(["./render --frame \(number)"]))
            }
            try await batch.tasks.create(tasks, inJob: "job")
            #expect(try await batch.jobs.getTaskCounts(ofJob: "job").taskCounts.active == 1000)

            let isNew = try await batch.jobs.createIfNotExists(.init(id: "job", poolInfo: .init(poolID: "pool")))
            #expect(!isNew)
            try await batch.jobs.deleteIfExists("job")
            await #expect(throws: AzureError.self) {
                for try await piece in batch.files.tail("stdout.txt", ofTask: "task-1", inJob: "job") {
                    print(String(decoding: piece, as: UTF8.self), terminator: "")
                }
            }
        }
    }
    #endif

    @Test("tasks get URLs for their files, and jobs their preparation")
    func batchFiles() throws {
        let service = try BlobServiceClient(connectionString: "UseDevelopmentStorage=true")
        let books = service.container("books")
        let results = service.container("results")

        let until = Date(timeIntervalSinceNow: 24 * 3600)
        let task = BatchTaskCreateOptions(
            id: "count", commandLine: ShellCommand.linux(["wc -w book.txt > result.txt"]),
            resourceFiles: [try .blob(books.blob("book.txt"), readableUntil: until)],
            outputFiles: [try .upload("result.txt", to: results, path: "book/result.txt", writableUntil: until)])
        #expect(task.resourceFiles?.first?.httpURL?.contains("/books/book.txt?") == true)
        #expect(task.outputFiles?.first?.destination?.container?.containerURL?.contains("/results?") == true)

        let job = BatchJobCreateOptions(
            id: "job", poolInfo: BatchPoolInfo(poolID: "pool"),
            jobPreparationTask: .linux(["apt-get update", "apt-get install -y ffmpeg"], as: .poolAdmin),
            jobReleaseTask: .linux(["rm -rf $AZ_BATCH_NODE_SHARED_DIR/cache"]))
        #expect(job.jobPreparationTask?.waitForSuccess == true)
    }
}

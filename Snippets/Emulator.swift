import AzureEmulator
import BatchService
import BlobStorage

// MARK: README.md, Docs/Testing.md

public func onEmulator(_ body: (BlobServiceClient, BatchClient) async throws -> Void) async throws {
    // snippet.emulator
    try await withEmulator { emulator in
        let service = try BlobServiceClient(connectionString: emulator.blobConnectionString)
        let key = try BatchSharedKey(accountName: emulator.batchAccount, key: emulator.batchKey)
        let batch = try BatchClient(endpoint: emulator.batchEndpoint, credential: .sharedKey(key))
        // …
        // snippet.hide
        try await body(service, batch)
        // snippet.show
    }
    // snippet.end
}

public func blobsInProcess() throws -> BlobServiceClient {
    // snippet.in-process-blobs
    let options = BlobClientOptions(pipeline: PipelineOptions(transport: try InProcessTransport.blob()))
    let service = try BlobServiceClient(connectionString: "UseDevelopmentStorage=true", options: options)
    // snippet.end
    return service
}

public func inProcess(_ body: (BlobServiceClient, BatchClient) async throws -> Void) async throws {
    // snippet.in-process
    try await withInProcessEmulator { emulator, transport in
        let pipeline = PipelineOptions(transport: transport)
        let service = try BlobServiceClient(
            connectionString: emulator.blobConnectionString, options: .init(pipeline: pipeline))
        let key = try BatchSharedKey(accountName: emulator.batchAccount, key: emulator.batchKey)
        let batch = try BatchClient(
            endpoint: emulator.batchEndpoint, credential: .sharedKey(key), options: .init(pipeline: pipeline))
        // …
        // snippet.hide
        try await body(service, batch)
        // snippet.show
    }
    // snippet.end
}

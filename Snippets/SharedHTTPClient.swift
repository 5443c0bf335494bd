#if AsyncHTTPClient
import AsyncHTTPClient
import AzureAsyncHTTPClientTransport
import BlobStorage

// MARK: Docs/Transports.md

public func connect(
    endpoint: String, credential: StorageCredential
) throws -> (client: HTTPClient, service: BlobServiceClient) {
    // snippet.transport-async-http-client
    let client = HTTPClient(configuration: AsyncHTTPClientTransport.configuration)
    let service = try BlobServiceClient(
        endpoint: endpoint, credential: credential,
        options: BlobClientOptions(pipeline: PipelineOptions(transport: AsyncHTTPClientTransport(client))))
    // snippet.end
    return (client, service)
}
#endif

import BatchService
import BlobStorage

// MARK: Docs/Authentication.md

public func signIn() throws -> (BlobServiceClient, BatchClient) {
    // snippet.authentication
    let credential = try DefaultAzureCredential()
    let blobs = try BlobServiceClient(endpoint: "https://account.blob.core.windows.net", credential: .token(credential))
    let batch = try BatchClient(endpoint: "https://account.region.batch.azure.com", credential: .token(credential))
    // snippet.end
    return (blobs, batch)
}

import AzureCore
import BatchService
import BlobStorage
import Foundation

extension SampleAccounts {
    /// Makes sure that both services are there and take the credentials, before anything is made with one of them.
    ///
    /// - Throws: A ``SampleFailure`` that names the account.
    public func check() async throws {
        try await SampleFailure.during("Looking at the storage account [\(storage.url.absoluteString)]") {
            for try await _ in storage.listContainers(options: .init(pageSize: 1)) { break }
        }
        try await SampleFailure.during("Looking at the Batch account [\(batch.endpoint)]") {
            for try await _ in batch.pools.list(options: .init(maxResults: 1, select: ["id"])) { break }
        }
    }
}

import AzureCore
import BlobStorage

extension SampleStorage {
    /// Deletes the containers that the run created, and from others the blobs that it wrote.
    ///
    /// Every deletion is tried, whatever becomes of the others.
    ///
    /// - Returns: What could not be deleted, and why.
    public func removeFootprint() async -> [SampleFailure] {
        var failures: [SampleFailure] = []
        for name in await footprint.containers {
            await SampleFailure.keep(in: &failures, during: "Deleting container [\(name)]") {
                try await service.container(name).deleteIfExists()
                await footprint.remove(container: name)
            }
        }
        for blob in await footprint.blobs {
            await SampleFailure.keep(
                in: &failures, during: "Deleting blob [\(blob.name)] from container [\(blob.container)]"
            ) {
                try await service.container(blob.container).blob(blob.name).deleteIfExists()
                await footprint.remove(blob: blob)
            }
        }
        return failures
    }
}

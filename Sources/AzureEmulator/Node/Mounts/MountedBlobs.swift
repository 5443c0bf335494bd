import AzureCore
import Foundation

/// The blobs of a container that nodes mount.
struct MountedBlobs: Sendable {
    let fetcher: ResourceFetcher
    let requests: NodeRequests

    func list(_ container: String) async throws -> [BlobListing.Entry] {
        try await fetcher.list(container, prefix: "")
    }

    func get(_ name: String, of container: String, into directory: String) async throws {
        try await fetcher.fetch(
            NodeRequests.blobURL(name, container: container), to: name, in: directory, mode: ResourceFile.defaultMode)
    }

    /// Writes a file as a blob.
    ///
    /// - Returns: The ETag of the blob, without quotes, as lists have it.
    func put(_ path: String, as name: String, of container: String) async throws -> String {
        let size = try await BlockingIO.run { FileStatus(following: path)?.size ?? 0 }
        let file = HTTPBody.FileRange(path: path, offset: 0, length: size)
        let etag = try await requests.putBlob(
            HTTPBody(file: file), length: size, type: "application/octet-stream",
            to: NodeRequests.blobURL(name, container: container))
        return etag.trimmingCharacters(in: ["\""])
    }

    func delete(_ name: String, of container: String, etag: String) async throws {
        try await requests.deleteBlob(NodeRequests.blobURL(name, container: container), etag: "\"\(etag)\"")
    }
}

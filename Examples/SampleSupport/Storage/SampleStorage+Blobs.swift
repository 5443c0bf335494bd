import AzureAuth
import AzureCore
import BlobStorage
import Foundation

extension SampleStorage {
    /// Makes sure that names are free for this run. A blob that some sample wrote before may be replaced; anybody
    /// else's is an error.
    public func claim(_ names: [String], in container: String) async throws {
        if await !footprint.owns(container: container) {
            for name in names { try await refuseForeignBlob(name, in: container) }
        }
        for name in names { await footprint.add(blob: .init(container: container, name: name)) }
    }

    private func refuseForeignBlob(_ name: String, in container: String) async throws {
        try await SampleFailure.during("Looking for blob [\(name)] in container [\(container)]") {
            do {
                let metadata = try await service.container(container).blob(name).properties().metadata
                guard Self.isMarked(metadata) else {
                    throw SampleFailure(
                        "Container [\(container)] was there before and has a blob [\(name)] that is not from this "
                            + "sample. Rename one of the two; the sample does not replace the data of others.")
                }
            } catch AzureErrorCode.notFound {
                // The name is free.
            }
        }
    }

    /// Uploads a file under its own name.
    public func upload(_ file: LocalFile, to container: String) async throws {
        console.print("Uploading file \(file.path) to container [\(container)]...")
        try await claim([file.name], in: container)
        _ = try await SampleFailure.during("Uploading file \(file.path) to container [\(container)]") {
            try await service.container(container).blob(file.name)
                .upload(
                    file: file.path, options: .init(overwrite: true, metadata: Self.mark), following: console.showing)
        }
    }

    /// The URL of a blob with a signature that may read it and nothing else.
    public func readURL(of name: String, in container: String) throws -> String {
        try service.container(container).blob(name)
            .signedURL(permissions: [.read], expiresOn: signaturesExpireOn()).absoluteString
    }

    /// A signature that may write to a container and nothing else.
    public func writeToken(for container: String) throws -> String {
        try service.container(container).sharedAccessSignature(permissions: [.write], expiresOn: signaturesExpireOn())
    }

    /// Downloads every blob of a container into a directory.
    ///
    /// Slashes in names make subdirectories. A name that leads out of the directory is an error.
    public func downloadAll(from container: String, to directory: String) async throws {
        console.print("Downloading all files from container [\(container)]...")
        try await SampleFailure.during("Downloading from container [\(container)]") {
            for try await blob in service.container(container).listBlobs() {
                try await download(blob.name, from: container, to: directory)
            }
        }
        console.print("  Download complete!")
    }

    /// Downloads some blobs of a container into a directory, which is made.
    public func download(_ names: [String], from container: String, to directory: String) async throws {
        try await SampleFailure.during("Downloading from container [\(container)]") {
            for name in names { try await download(name, from: container, to: directory) }
        }
    }

    private func download(_ name: String, from container: String, to directory: String) async throws {
        let path = try Self.path(of: name, in: directory)
        try FileManager.default.createDirectory(
            atPath: URL(filePath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
        try await service.container(container).blob(name).download(to: path)
        console.print("  Downloaded blob [\(name)] from container [\(container)] to \(path)")
    }

    static func path(of blob: String, in directory: String) throws -> String {
        let parts = blob.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard !parts.contains(where: { ["", ".", ".."].contains($0) }), !blob.utf8.contains(0) else {
            throw SampleFailure("Blob [\(blob)] cannot be downloaded, because its name is no path of a file.")
        }
        return ([directory == "/" ? "" : directory] + parts).joined(separator: "/")
    }
}

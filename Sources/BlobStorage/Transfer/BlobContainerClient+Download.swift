import AzureCore
import Foundation

/// A blob that was downloaded into a file.
public struct DownloadedBlob: Sendable, Hashable {
    /// The name of the blob.
    public var name: String
    /// The path of the file.
    public var path: String
}

extension BlobContainerClient {
    /// Downloads blobs into a directory; slashes in their names make subdirectories.
    ///
    /// All names are looked at before anything is written: one that would lead out of the directory, or two that would
    /// share a file where case is ignored, are an error. Symbolic links below the directory are not followed. Files
    /// that exist are replaced. When a download fails those before it stay.
    ///
    /// - Parameters:
    ///   - directory: The directory, which is made if need be.
    ///   - prefix: What the names have to begin with. The default is nothing.
    ///   - options: Transfer, conditions and more, for each blob.
    /// - Returns: What was written where, in the order of the names.
    /// - Throws: An ``AzureCore/AzureError``: ``AzureCore/AzureErrorCode/invalidArgument`` for a name that cannot be a
    ///   file, ``AzureCore/AzureErrorCode/fileError`` when a file cannot be written.
    ///
    /// REST operations: List Blobs, and Get Blob for each.
    @discardableResult
    public func downloadBlobs(
        to directory: String, prefix: String? = nil, options: BlobDownloadOptions = BlobDownloadOptions()
    ) async throws -> [DownloadedBlob] {
        var paths = LocalBlobPaths()
        var wanted: [(name: String, parts: [String])] = []
        for try await blob in listBlobs(prefix: prefix, options: BlobListOptions(call: options.call)) {
            wanted.append((blob.name, try paths.path(of: blob.name)))
        }
        var result: [DownloadedBlob] = []
        for (name, parts) in wanted {
            let path = try await LocalFileSystem.makeDirectories(for: parts, below: directory)
            try await blob(name).download(to: path, options: options)
            result.append(DownloadedBlob(name: name, path: path))
        }
        return result
    }
}

extension LocalFileSystem {
    /// Makes the directories that a file needs, and returns its path. A symbolic link on the way is an error.
    static func makeDirectories(for parts: [String], below directory: String) async throws -> String {
        try await BlockingIO.run {
            var path = directory
            do {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
                for part in parts.dropLast() {
                    path += "/" + part
                    let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
                    if type == .typeDirectory { continue }
                    guard type == nil else {
                        throw AzureError(code: .fileError, message: "'\(path)' is in the way of a directory.")
                    }
                    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
                }
            } catch let error as AzureError {
                throw error
            } catch {
                throw AzureError(
                    code: .fileError, message: "'\(path)' cannot be made: \(error.localizedDescription)",
                    underlying: error)
            }
            return path + "/" + (parts.last ?? "")
        }
    }
}

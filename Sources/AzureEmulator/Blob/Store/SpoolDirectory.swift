#if Emulator
import AzureCore
import Foundation

/// A directory for content that is too large to be kept in memory. It is made when first needed and removed with the
/// last reference to it or to one of its files.
final class SpoolDirectory: Sendable {
    let path: String

    /// Names a directory; by default a new one among the temporary files.
    init(path: String? = nil) {
        self.path =
            path
            ?? FileManager.default.temporaryDirectory.appendingPathComponent("azure-emulator-blobs-\(UUID())").path
    }

    deinit {
        rmdir(path)
    }

    /// Makes an empty file and opens it for writing.
    func makeFile() async throws -> (SpoolFile, FileHandle) {
        let file = SpoolFile(in: self)
        let handle = try await BlockingIO.run { [path] in
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            guard FileManager.default.createFile(atPath: file.path, contents: nil),
                let handle = FileHandle(forWritingAtPath: file.path)
            else {
                throw AzureError(code: .fileError, message: "The file '\(file.path)' cannot be written.")
            }
            return handle
        }
        return (file, handle)
    }
}

/// A file of a spool directory, deleted with the last reference to it.
final class SpoolFile: Sendable {
    let path: String
    private let directory: SpoolDirectory

    fileprivate init(in directory: SpoolDirectory) {
        self.directory = directory
        path = directory.path + "/" + UUID().uuidString
    }

    deinit {
        unlink(path)
    }
}
#endif

import AzureCore
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The directory that holds what both services keep beyond their process. Only one emulator has it at a time.
///
/// ```
/// lock                 held while an emulator has the directory
/// ACCOUNT.blob.sqlite  the tables of a storage account, and content that is small
/// ACCOUNT.content/     content that is not
/// batch.sqlite         the tables of the Batch service
/// nodes/               the files of the nodes
/// ```
final class DataDirectory: Sendable {
    /// The path, absolute and without symbolic links.
    let path: String
    private let lock: Int32

    private init(path: String, lock: Int32) {
        self.path = path
        self.lock = lock
    }

    deinit {
        flock(lock, LOCK_UN)
        close(lock)
    }

    /// Where the tables of the Batch service are.
    var batchDatabase: String { "\(path)/batch.sqlite" }
    /// Where the nodes' files are.
    var nodes: String { "\(path)/nodes" }

    /// Where the tables of a storage account are.
    func blobDatabase(of account: String) -> String { "\(path)/\(account).blob.sqlite" }

    /// Where the content of a storage account's blobs is that is not in its tables.
    func content(of account: String) -> String { "\(path)/\(account).content" }

    /// Takes a directory, which is made if need be, for nobody but its user to read.
    ///
    /// - Throws: An `AzureError` with `fileError` when it cannot be had, or another emulator has it.
    static func take(_ path: String) async throws -> DataDirectory {
        try await BlockingIO.run { try takeNow(path) }
    }

    private static func takeNow(_ wanted: String) throws -> DataDirectory {
        func failure(_ reason: String) -> AzureError {
            AzureError(
                code: .fileError, message: "The directory '\(wanted)' cannot hold the emulator's data: \(reason).")
        }
        do { try FileTree.makeDirectory(wanted) } catch { throw failure("it cannot be made (\(error))") }
        guard
            let path = realpath(wanted, nil).map({ text in
                defer { free(text) }
                return String(cString: text)
            })
        else { throw failure(String(cString: strerror(errno))) }
        let lock = open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard lock >= 0 else { throw failure(String(cString: strerror(errno))) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw failure("another emulator that is still running uses it; choose another directory or stop that one")
        }
        return DataDirectory(path: path, lock: lock)
    }
}

import AzureCore
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A directory that one emulator has for itself: a file in it is locked as long as the emulator lives, which tells a dead
/// emulator's directory from a live one's even across containers that share the file system.
final class DirectoryClaim: Sendable {
    /// The path, absolute and without symbolic links.
    let path: String
    /// The file that is locked.
    let file: Int32

    /// Takes a directory, which is made if need be, for nobody but its user to read. Blocks the thread.
    ///
    /// - Parameters:
    ///   - wanted: The path.
    ///   - isNew: Whether one that is there already is somebody else's.
    ///   - name: The name of the file.
    ///   - content: What the directory is to hold, for errors.
    /// - Throws: An `AzureError` with `fileError` when it cannot be had, or a live emulator has it.
    init(_ wanted: String, isNew: Bool = false, file name: String, for content: String) throws {
        func failure(_ reason: String) -> AzureError {
            AzureError(code: .fileError, message: "The directory '\(wanted)' cannot hold \(content): \(reason).")
        }
        if isNew {
            guard mkdir(wanted, 0o700) == 0 else { throw failure(String(cString: strerror(errno))) }
        } else {
            do { try FileTree.makeDirectory(wanted) } catch { throw failure("it cannot be made (\(error))") }
        }
        guard let path = PathGuard.resolve(wanted) else { throw failure(String(cString: strerror(errno))) }
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        let file = open("\(path)/\(name)", flags, 0o600)
        guard file >= 0 else { throw failure(String(cString: strerror(errno))) }
        guard FileStatus(file)?.kind == .file else {
            close(file)
            throw failure("its \(name) is no file")
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw failure("another emulator that is still running uses it; choose another directory or stop that one")
        }
        self.path = path
        self.file = file
    }

    deinit {
        flock(file, LOCK_UN)
        close(file)
    }
}

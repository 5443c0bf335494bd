#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// An open directory. What is done in it by name stays in it, whoever renames directories or puts links in the way
/// meanwhile. All calls block and belong on `BlockingIO`.
package final class LocalDirectory: Sendable {
    /// The path that it was opened by, for errors.
    package let path: String
    let descriptor: Int32

    /// Opens a directory; symbolic links stand for what they lead to.
    ///
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/fileError``, as everything here does.
    package convenience init(_ path: String) throws {
        let descriptor = open(path, Self.flags)
        guard descriptor >= 0 else { throw LocalFile.error(path, "opened as a directory", errno) }
        self.init(descriptor, path: path)
    }

    private init(_ descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    private static let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC

    deinit {
        close(descriptor)
    }

    /// Opens a directory in this one. What is in the way, a symbolic link above all, is an error.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - makes: Whether it is made if it is missing, or that is an error. The default is to make it.
    package func subdirectory(_ name: String, makes: Bool = true) throws -> LocalDirectory {
        let place = "\(path)/\(name)"
        // Another transfer may make it at the same time, so only what is there in the end counts.
        if makes, mkdirat(descriptor, name, 0o777) != 0, errno != EEXIST { throw LocalFile.error(place, "made", errno) }
        let child = openat(descriptor, name, Self.flags | O_NOFOLLOW)
        guard child >= 0 else {
            let reason = errno
            guard reason == ENOTDIR || reason == ELOOP else { throw LocalFile.error(place, "opened", reason) }
            throw AzureError(code: .fileError, message: "'\(place)' is in the way of a directory.")
        }
        return LocalDirectory(child, path: place)
    }

    /// Removes a file of this directory; a symbolic link is removed itself.
    package func remove(_ name: String) throws {
        guard unlinkat(descriptor, name, 0) == 0 else { throw LocalFile.error("\(path)/\(name)", "removed", errno) }
    }
}

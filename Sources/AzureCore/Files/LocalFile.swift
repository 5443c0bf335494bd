import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// An open regular file with reads and writes at any place. All calls block and belong on `BlockingIO`.
///
/// The descriptor is closed with the last reference.
package final class LocalFile: Sendable {
    /// How a file is opened.
    package enum Access: Sendable {
        /// To read it. A symbolic link stands for what it leads to.
        case read
        /// To read it, unless a symbolic link is in its place.
        case readUnlessLink
        /// To read and write it; it is made, with a mode, if it is missing. What somebody else may have put there under
        /// this name is refused: a symbolic link, a second name of another file, a file of another user.
        case write(mode: UInt16)
        /// To read and write a file that is made by this, and is not there before.
        case create(mode: UInt16)
    }

    /// What errors call it.
    package let name: String
    /// The directory that it was opened in, and its name there.
    private let directory: LocalDirectory?
    private let entry: String
    let descriptor: Int32

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - entry: Its path, or its name in `directory`.
    ///   - access: What for.
    ///   - directory: The directory that it is in; nil for a path.
    ///   - name: What errors call it; nil means the path.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/fileError``, as everything here does.
    package init(
        _ entry: String, _ access: Access, in directory: LocalDirectory? = nil, name: String? = nil
    ) throws {
        self.directory = directory
        self.entry = entry
        self.name = name ?? directory.map { "\($0.path)/\(entry)" } ?? entry
        let (flags, mode): (Int32, UInt16) =
            switch access {
            case .read: (O_RDONLY, 0)
            case .readUnlessLink: (O_RDONLY | O_NOFOLLOW, 0)
            case .write(let mode): (O_RDWR | O_CREAT | O_NOFOLLOW, mode)
            case .create(let mode): (O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode)
            }
        // Without O_NONBLOCK a pipe would keep the thread until somebody opens its other end.
        descriptor = openat(directory?.descriptor ?? AT_FDCWD, entry, flags | O_CLOEXEC | O_NONBLOCK, mode_t(mode))
        guard descriptor >= 0 else {
            let reason = errno
            guard reason != ELOOP else { throw Self.error(self.name, "opened: it is a symbolic link") }
            throw Self.error(self.name, "opened", reason)
        }
        let status = try status()
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw AzureError(code: .fileError, message: "'\(self.name)' is no regular file.")
        }
        if case .write = access { try checkOwner(status) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Refuses a file that was put there by somebody else, who could change it, or whose file it is.
    private func checkOwner(_ status: stat) throws {
        guard status.st_nlink <= 1 else {
            throw Self.error(name, "used: the file has other names, which would change with it; remove it")
        }
        guard status.st_uid != geteuid() else { return }
        // File systems of the network may show other owners. Where nobody else can make files the owner says nothing.
        var parent = stat()
        let path = (entry as NSString).deletingLastPathComponent
        let isKnown =
            if let directory {
                fstat(directory.descriptor, &parent) == 0
            } else {
                stat(path.isEmpty ? "." : path, &parent) == 0
            }
        guard isKnown, parent.st_mode & (S_IWGRP | S_IWOTH) == 0 else {
            throw Self.error(name, "used: it belongs to another user, and others can write to its directory; remove it")
        }
    }

    private func status() throws -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.error(name, "looked at", errno) }
        return status
    }

    package var size: Int64 {
        get throws { Int64(try status().st_size) }
    }

    /// Which file it is, and in which state.
    package var state: FileState {
        get throws { FileState(try status()) }
    }

    /// Keeps other processes out; false when one is in. The lock ends with the process, however that ends.
    package func lock() -> Bool {
        flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    /// Lets others in.
    ///
    /// Closing the descriptor is not enough: a child process that is just being started holds a copy of it, and with it
    /// the lock, until it runs its program.
    package func unlock() {
        flock(descriptor, LOCK_UN)
    }

    /// Whether the name that it was opened by still leads to this file.
    package func isAtPath() -> Bool {
        var mine = stat()
        var there = stat()
        return fstat(descriptor, &mine) == 0
            && fstatat(directory?.descriptor ?? AT_FDCWD, entry, &there, AT_SYMLINK_NOFOLLOW) == 0
            && mine.st_ino == there.st_ino && mine.st_dev == there.st_dev
    }

    /// Gives the file another name in its directory.
    ///
    /// - Parameters:
    ///   - newName: The name.
    ///   - replaces: Whether a file that has the name is replaced, or an error. Nobody can take the name in between.
    ///   - path: What errors call it.
    /// - Returns: False when the name is taken, and was not to be replaced.
    package func rename(to newName: String, replacing replaces: Bool, path: String) throws -> Bool {
        let at = directory?.descriptor ?? AT_FDCWD
        guard isAtPath() else { throw Self.error(path, "written: another file took the place of what had arrived") }
        if replaces {
            guard renameat(at, entry, at, newName) == 0 else { throw Self.error(path, "written", errno) }
            return true
        }
        guard linkat(at, entry, at, newName, 0) == 0 else {
            if errno == EEXIST { return false }
            throw Self.error(path, "written", errno)
        }
        remove()
        return true
    }

    package func truncate(to size: Int64) throws {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw Self.error(name, "written", errno) }
    }

    /// Brings what was written to the disk.
    package func synchronize() throws {
        guard fsync(descriptor) == 0 else { throw Self.error(name, "written", errno) }
    }

    /// Says what went wrong with writing that the system could not say before: file systems of the network, and quotas,
    /// say it when a descriptor is closed.
    package func checkWrites() throws {
        let other = dup(descriptor)
        guard other >= 0, close(other) == 0 else { throw Self.error(name, "written", errno) }
    }

    package func remove() {
        unlinkat(directory?.descriptor ?? AT_FDCWD, entry, 0)
    }

    /// Why something could not be done with a path.
    package static func error(_ path: String, _ what: String, _ reason: Int32) -> AzureError {
        error(path, "\(what): \(String(cString: strerror(reason)))")
    }

    static func error(_ path: String, _ what: String) -> AzureError {
        AzureError(code: .fileError, message: "'\(path)' cannot be \(what).")
    }
}

import AzureCore
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the file system knows about a path.
struct FileStatus: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case file, directory, symbolicLink, other
    }

    /// What tells two directories apart, whatever paths lead to them.
    struct Identity: Sendable, Hashable {
        let device: UInt64
        let inode: UInt64
    }

    let kind: Kind
    let size: Int64
    /// When it was modified.
    let time: FileTime
    let identity: Identity

    /// Asks the file system; blocks.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - followsLinks: Whether a symbolic link stands for what it leads to.
    /// - Returns: Nil when nothing is there.
    /// - Throws: An ``AzureError`` with `fileError` when it cannot be found out.
    init?(of path: String, followsLinks: Bool) throws {
        var status = stat()
        guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else {
            let reason = errno
            if reason == ENOENT || reason == ENOTDIR { return nil }
            throw LocalFile.error(path, "looked at", reason)
        }
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            default: .other
            }
        size = Int64(status.st_size)
        #if canImport(Darwin)
        let time = status.st_mtimespec
        #else
        let time = status.st_mtim
        #endif
        self.time = FileTime(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
        identity = Identity(
            device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(truncatingIfNeeded: status.st_ino))
    }

    var state: TreeItemState { TreeItemState(size: size, modified: AzureTimestamp(time.date), time: time) }
}

extension LocalFileSystem {
    /// Makes a directory, and those that it is in, unless it is there.
    static func makeDirectory(_ path: String) async throws {
        try await BlockingIO.run {
            do {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            } catch {
                throw AzureError(
                    code: .fileError, message: "'\(path)' cannot be made: \(error.systemReason).",
                    underlying: error)
            }
        }
    }

    /// Opens the directory of a file below one that is there, and makes it if need be. What is in the way, a symbolic
    /// link above all, is an error; blocks.
    static func place(of parts: [String], below directory: String) throws -> FilePlace {
        let parent = try parts.dropLast().reduce(LocalDirectory(directory)) { try $0.subdirectory($1) }
        return FilePlace(in: parent, name: parts.last ?? "")
    }

    /// Removes a file below a directory. A symbolic link on the way to it is an error; blocks.
    static func remove(_ parts: [String], below directory: String) throws {
        let parent = try parts.dropLast().reduce(LocalDirectory(directory)) { try $0.subdirectory($1, makes: false) }
        try parent.remove(parts.last ?? "")
    }
}

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Which file it is, and in which state, as far as the file system tells without reading it.
package struct FileState: Sendable, Hashable {
    package let device: UInt64
    package let inode: UInt64
    package let size: Int64
    /// When it was written last: seconds since 1970, and nanoseconds.
    package let modifiedSeconds: Int64
    package let modifiedNanoseconds: Int64

    init(_ status: stat) {
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(truncatingIfNeeded: status.st_ino)
        size = Int64(status.st_size)
        #if canImport(Darwin)
        let time = status.st_mtimespec
        #else
        let time = status.st_mtim
        #endif
        modifiedSeconds = Int64(time.tv_sec)
        modifiedNanoseconds = Int64(time.tv_nsec)
    }
}

/// A file that is sent, opened once: a file that takes its name meanwhile is another one. What is written to it meanwhile
/// shows by its size or time of modification.
package struct FileSource: Sendable, Hashable {
    package let file: LocalFile
    /// The file as it was when it was opened.
    package let state: FileState

    /// Opens a file; blocks.
    ///
    /// - Parameters:
    ///   - path: Where it is.
    ///   - followsLinks: Whether a symbolic link stands for what it leads to, or is an error.
    package init(opening path: String, followsLinks: Bool = true) throws {
        file = try LocalFile(path, followsLinks ? .read : .readUnlessLink)
        state = try file.state
    }

    /// Makes sure that the file is as it was; blocks.
    ///
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/fileError`` when it was written to.
    package func checkUnchanged() throws {
        guard try file.state == state else {
            throw AzureError(
                code: .fileError,
                message: "The file '\(file.name)' was changed while it was sent, so that what was sent is a mixture; "
                    + "nothing of it was written. Send it again when nobody writes to it.")
        }
    }

    package static func == (left: FileSource, right: FileSource) -> Bool {
        left.file === right.file
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(file))
    }
}

extension HTTPBody.FileRange {
    /// Describes a range of a file that is open already.
    package init(_ source: FileSource, offset: Int64, length: Int64) {
        self.init(path: source.file.name, offset: offset, length: length)
        self.source = source
    }
}

import AzureCore
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Where the files of large content lie. The tests of a loss of power put something else in the place of files.
///
/// All of it blocks the thread. What was written outlives a loss of power once the file was synced, and a file that was
/// made once its name was.
protocol ContentDisk: Sendable {
    /// Makes a file that is not there.
    func makeContent(_ name: String) throws -> any ContentDiskFile

    /// Reads bytes that a file has.
    func readContent(_ name: String, at position: Int64, count: Int) throws -> Data

    /// Removes a file, if that can be.
    func removeContent(_ name: String)

    /// Syncs the names of all files.
    func syncContents() throws

    /// The names of all files.
    func contentNames() throws -> [String]
}

/// A file that is being written.
protocol ContentDiskFile: Sendable {
    func write(_ data: Data, at position: Int64) throws

    /// Gives the file its length.
    func reserve(_ length: Int64) throws
    func sync() throws
    func read(at position: Int64, count: Int) throws -> Data
}

/// A directory of the file system.
final class FileContentDisk: ContentDisk {
    private let path: String
    private let descriptor: Int32

    /// Opens a directory, which is made if need be.
    init(_ path: String) throws {
        self.path = path
        try FileTree.makeDirectory(path)
        descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure("The directory '\(path)' cannot be opened") }
    }

    deinit { close(descriptor) }

    func makeContent(_ name: String) throws -> any ContentDiskFile {
        let file = openat(descriptor, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Self.failure("A file for content cannot be made") }
        return OpenFile(descriptor: file)
    }

    func readContent(_ name: String, at position: Int64, count: Int) throws -> Data {
        let file = openat(descriptor, name, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Self.failure("Content cannot be read") }
        defer { close(file) }
        return try SpoolRegion.read(file, at: position, count: count)
    }

    func removeContent(_ name: String) { unlinkat(descriptor, name, 0) }

    func syncContents() throws {
        guard Self.sync(descriptor) else { throw Self.failure("The directory of the content cannot be synced") }
    }

    func contentNames() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path) }

    /// Has a file reach the disk itself.
    private static func sync(_ descriptor: Int32) -> Bool {
        #if canImport(Darwin)
        if fcntl(descriptor, F_FULLFSYNC) == 0 { return true }
        #endif
        return fsync(descriptor) == 0
    }

    private static func failure(_ what: String) -> AzureError {
        AzureError(code: .fileError, message: "\(what): \(String(cString: strerror(errno))).")
    }

    /// A file that is closed with the last reference to it.
    private final class OpenFile: ContentDiskFile {
        private let descriptor: Int32

        init(descriptor: Int32) { self.descriptor = descriptor }

        deinit { close(descriptor) }

        func write(_ data: Data, at position: Int64) throws {
            try SpoolRegion.write(data, to: descriptor, at: position)
        }

        func reserve(_ length: Int64) throws {
            guard ftruncate(descriptor, off_t(length)) == 0 else {
                throw FileContentDisk.failure("A file for content cannot grow to \(length) bytes")
            }
        }

        func sync() throws {
            guard FileContentDisk.sync(descriptor) else { throw FileContentDisk.failure("Content cannot be synced") }
        }

        func read(at position: Int64, count: Int) throws -> Data {
            try SpoolRegion.read(descriptor, at: position, count: count)
        }
    }
}

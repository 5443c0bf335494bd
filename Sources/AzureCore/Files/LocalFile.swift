package import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// An open file with reads and writes at any place. All calls block and belong on `BlockingIO`.
///
/// The descriptor is closed with the last reference.
package final class LocalFile: Sendable {
    package let path: String
    /// What errors call it.
    package let name: String
    private let descriptor: Int32

    /// Opens a file, and makes it if it is missing and may be written.
    ///
    /// - Parameters:
    ///   - path: Where it is.
    ///   - writable: Whether it is to be written, too.
    ///   - mode: Who may do what with it if it is made.
    ///   - name: What errors call it; nil means the path.
    /// - Throws: An ``AzureError`` with ``AzureErrorCode/fileError``, as everything here does.
    package init(_ path: String, writable: Bool, mode: mode_t = 0o600, name: String? = nil) throws {
        self.path = path
        self.name = name ?? path
        let flags = (writable ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC
        descriptor = open(path, flags, mode)
        guard descriptor >= 0 else { throw Self.error(self.name, "opened", errno) }
    }

    deinit {
        close(descriptor)
    }

    package var size: Int64 {
        get throws {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw Self.error(name, "looked at", errno) }
            return Int64(status.st_size)
        }
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

    /// Whether the path still leads to this file.
    package func isAtPath() -> Bool {
        var mine = stat()
        var there = stat()
        return fstat(descriptor, &mine) == 0 && lstat(path, &there) == 0 && mine.st_ino == there.st_ino
            && mine.st_dev == there.st_dev
    }

    /// Reads bytes; fewer only at the end of the file.
    package func read(at offset: Int64, count: Int) throws -> Data {
        var data = Data(count: count)
        let done = try data.withUnsafeMutableBytes { try read(at: offset, into: $0) }
        return done == count ? data : data.prefix(done)
    }

    /// Fills memory with bytes, and says how many there were; fewer only at the end of the file.
    package func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var done = 0
        while done < buffer.count {
            let more = pread(
                descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset) + off_t(done))
            if more == 0 { break }
            guard more > 0 || errno == EINTR else { throw Self.error(name, "read", errno) }
            done += max(more, 0)
        }
        return done
    }

    package func write(_ data: Data, at offset: Int64) throws {
        try data.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let more = pwrite(
                    descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(offset) + off_t(done))
                guard more > 0 || errno == EINTR else { throw Self.error(name, "written", errno) }
                done += max(more, 0)
            }
        }
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
        unlink(path)
    }

    /// Why something could not be done with a path.
    package static func error(_ path: String, _ what: String, _ reason: Int32) -> AzureError {
        AzureError(code: .fileError, message: "'\(path)' cannot be \(what): \(String(cString: strerror(reason))).")
    }
}

import AzureCore
import Foundation

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
final class LocalFile: Sendable {
    let path: String
    private let descriptor: Int32

    /// Opens a file, and makes it if it is missing and may be written.
    init(_ path: String, writable: Bool, mode: mode_t = 0o600) throws {
        self.path = path
        let flags = (writable ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC
        descriptor = open(path, flags, mode)
        guard descriptor >= 0 else { throw FileStatus.error(path, "opened", errno) }
    }

    deinit {
        close(descriptor)
    }

    var size: Int64 {
        get throws {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw FileStatus.error(path, "looked at", errno) }
            return Int64(status.st_size)
        }
    }

    /// Keeps other processes out; false when one is in. The lock ends with the process, however that ends.
    func lock() -> Bool {
        flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    /// Lets others in.
    ///
    /// Closing the descriptor is not enough: a child process that is just being started holds a copy of it, and with it
    /// the lock, until it runs its program.
    func unlock() {
        flock(descriptor, LOCK_UN)
    }

    /// Whether the path still leads to this file.
    func isAtPath() -> Bool {
        var mine = stat()
        var there = stat()
        return fstat(descriptor, &mine) == 0 && lstat(path, &there) == 0 && mine.st_ino == there.st_ino
            && mine.st_dev == there.st_dev
    }

    /// Reads bytes; fewer only at the end of the file.
    func read(at offset: Int64, count: Int) throws -> Data {
        var data = Data(count: count)
        let done = try data.withUnsafeMutableBytes { try read(at: offset, into: $0) }
        return done == count ? data : data.prefix(done)
    }

    /// Fills memory with bytes, and says how many there were; fewer only at the end of the file.
    func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var done = 0
        while done < buffer.count {
            let more = pread(
                descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset) + off_t(done))
            if more == 0 { break }
            guard more > 0 || errno == EINTR else { throw FileStatus.error(path, "read", errno) }
            done += max(more, 0)
        }
        return done
    }

    func write(_ data: Data, at offset: Int64) throws {
        var done = 0
        while done < data.count {
            let more = data.withUnsafeBytes { buffer in
                pwrite(descriptor, buffer.baseAddress.map { $0 + done }, data.count - done, off_t(offset) + off_t(done))
            }
            guard more > 0 || errno == EINTR else { throw FileStatus.error(path, "written", errno) }
            done += max(more, 0)
        }
    }

    func truncate(to size: Int64) throws {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw FileStatus.error(path, "written", errno) }
    }

    /// Brings what was written to the disk.
    func synchronize() throws {
        guard fsync(descriptor) == 0 else { throw FileStatus.error(path, "written", errno) }
    }

    func remove() {
        unlink(path)
    }
}

/// The journal of a transfer on disk, held by one transfer at a time.
actor JournalFile {
    private let file: LocalFile
    private var end: Int64 = 0

    /// Opens a journal, and makes it if need be.
    ///
    /// - Throws: An ``AzureError`` with `fileError` when it cannot be written, or another transfer holds it.
    init(_ path: String) async throws {
        file = try await BlockingIO.run {
            // The holder may take the file away just before it lets go, so that the lock is one of a file without name.
            for _ in 0..<10 {
                let file = try LocalFile(path, writable: true)
                guard file.lock() else {
                    throw AzureError(
                        code: .fileError,
                        message: "Another transfer is under way with the journal '\(path)'; wait for its end, or name "
                            + "another journal.")
                }
                if file.isAtPath() { return file }
            }
            throw AzureError(code: .fileError, message: "The journal '\(path)' vanishes again and again.")
        }
    }

    /// What is in it; nil for nothing.
    func read() async throws -> Data? {
        let text = try await BlockingIO.run { [file] in try file.read(at: 0, count: Int(clamping: file.size)) }
        end = Int64(text.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0)
        return text.isEmpty ? nil : text
    }

    /// Begins a new journal.
    func begin(_ journal: TransferJournal) async throws {
        let header = try journal.header()
        try await BlockingIO.run { [file] in
            try file.truncate(to: 0)
            try file.write(header, at: 0)
            try file.synchronize()
        }
        end = Int64(header.count)
    }

    /// Writes down that a part is done.
    func add(_ index: Int, checksum: UInt64) async throws {
        let line = TransferJournal.line(index, checksum: checksum)
        let place = end
        end += Int64(line.count)
        try await BlockingIO.run { [file] in try file.write(line, at: place) }
    }

    /// Takes it away; the transfer is done.
    func remove() async throws {
        try await BlockingIO.run { [file] in file.remove() }
    }

    /// Lets the next transfer have it. Nothing may be written to it afterwards.
    nonisolated func release() {
        file.unlock()
    }
}

extension JournalFile {
    /// Where a journal is kept unless the caller says otherwise: beside the file, by the blob that it is about.
    static func path(beside file: String, _ subject: TransferJournal.Subject.Kind, blob: String) -> String {
        let url = URL(fileURLWithPath: file)
        let name = Fingerprint.of("\(url.lastPathComponent)\n\(blob)")
        return url.deletingLastPathComponent().appendingPathComponent(".azure-\(subject.rawValue)-\(name).journal").path
    }
}

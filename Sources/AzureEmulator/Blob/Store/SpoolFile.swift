import AzureCore
import CEmulatorSupport
import Foundation
import Synchronization

/// The file for content that is too large to be kept in memory.
///
/// It is made when first needed and has no name from then on, so that nothing is left of it when the emulator ends,
/// however that happens. Content gets a region of its own; the room of a region that nobody needs any more is given
/// back to the file system.
final class SpoolFile: Sendable {
    private struct State {
        var descriptor: Int32?
        var end: Int64 = 0
        var used: Int64 = 0
    }

    private let directory: String
    private let state: Mutex<State>

    /// Chooses a directory, by default that of temporary files.
    init(directory: String = FileManager.default.temporaryDirectory.path) {
        self.directory = directory
        state = Mutex(State())
    }

    /// Takes a file that is open for reading and writing, and closes it.
    init(descriptor: Int32) {
        directory = ""
        state = Mutex(State(descriptor: descriptor))
    }

    deinit {
        if let descriptor = state.withLock(\.descriptor) { close(descriptor) }
    }

    /// How many bytes the regions in use have.
    var usedBytes: Int64 { state.withLock(\.used) }

    /// Sets a region aside.
    func reserve(_ length: Int64) async throws -> SpoolRegion {
        try await BlockingIO.run {
            try self.state.withLock { state in
                let descriptor = try state.descriptor ?? Self.open(in: self.directory)
                state.descriptor = descriptor
                let offset = state.end
                let (end, isTooLarge) = offset.addingReportingOverflow(length)
                // The file has its whole length from the start, so that zeros need not be written.
                guard !isTooLarge, ftruncate(descriptor, off_t(end)) == 0 else {
                    throw SpoolRegion.failure("The file for content cannot grow to \(end) bytes")
                }
                state.end = end
                state.used += length
                return SpoolRegion(of: self, descriptor: descriptor, offset: offset, length: length)
            }
        }
    }

    private static func open(in directory: String) throws -> Int32 {
        let path = "\(directory)/azure-emulator-blobs-\(UUID().uuidString)"
        // Tasks of the Batch service must not inherit it.
        let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0, unlink(path) == 0 else {
            throw SpoolRegion.failure("No file can be made in \(directory)")
        }
        return descriptor
    }

    fileprivate func release(_ descriptor: Int32, _ offset: Int64, _ length: Int64) {
        state.withLock { $0.used -= length }
        // Giving back much room takes a while, and this may be a thread that must not wait. Where the file system cannot
        // do it, the room comes back with the end of the emulator.
        DispatchQueue.global().async { [self] in
            // The file stays open as long as this refers to it.
            withExtendedLifetime(self) { _ = azure_punch_hole(descriptor, offset, length) }
        }
    }
}

/// A part of the spool file that one piece of content has for itself.
final class SpoolRegion: Sendable {
    private let file: SpoolFile
    private let descriptor: Int32
    private let offset: Int64
    private let length: Int64

    fileprivate init(of file: SpoolFile, descriptor: Int32, offset: Int64, length: Int64) {
        self.file = file
        self.descriptor = descriptor
        self.offset = offset
        self.length = length
    }

    deinit {
        file.release(descriptor, offset, length)
    }

    /// Writes bytes; blocks. Zeros are there already, and take no room.
    func write(_ data: Data, at position: Int64) throws {
        try Self.write(data, to: descriptor, at: offset + position)
    }

    /// Reads bytes; blocks.
    func read(at position: Int64, count: Int) throws -> Data {
        try Self.read(descriptor, at: offset + position, count: count)
    }

    /// Writes bytes to a file that is zeros there so far.
    static func write(_ data: Data, to descriptor: Int32, at position: Int64) throws {
        try data.withUnsafeBytes { bytes in
            guard bytes.contains(where: { $0 != 0 }) else { return }
            var done = 0
            while done < bytes.count {
                let count = pwrite(
                    descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(position) + off_t(done))
                guard count > 0 || errno == EINTR else { throw Self.failure("Content cannot be written") }
                done += max(count, 0)
            }
        }
    }

    static func read(_ descriptor: Int32, at position: Int64, count: Int) throws -> Data {
        var data = Data(count: count)
        try data.withUnsafeMutableBytes { bytes in
            var done = 0
            while done < bytes.count {
                let count = pread(
                    descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(position) + off_t(done))
                guard count > 0 || (count < 0 && errno == EINTR) else { throw Self.failure("Content cannot be read") }
                done += max(count, 0)
            }
        }
        return data
    }

    fileprivate static func failure(_ what: String) -> AzureError {
        AzureError(code: .fileError, message: "\(what): \(String(cString: strerror(errno))).")
    }
}

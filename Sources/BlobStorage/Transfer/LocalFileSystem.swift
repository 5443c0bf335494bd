import AzureCore
import Foundation

/// The few things that transfers do with files, away from the cooperative pool.
enum LocalFileSystem {
    /// The size of a regular file.
    static func size(of path: String) async throws -> Int64 {
        try await BlockingIO.run {
            do {
                let attributes = try FileManager.default.attributesOfItem(
                    atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
                guard attributes[.type] as? FileAttributeType == .typeRegular else {
                    throw AzureError(code: .fileError, message: "'\(path)' is no regular file.")
                }
                return (attributes[.size] as? NSNumber)?.int64Value ?? 0
            } catch let error as AzureError {
                throw error
            } catch {
                throw AzureError(
                    code: .fileError, message: "The file '\(path)' cannot be read: \(error.localizedDescription)",
                    underlying: error)
            }
        }
    }
}

/// A file under way: it gets its name only when it is whole.
struct PartialFile: Sendable {
    private let path: String
    private let temporary: String
    private let handle: FileHandle

    /// Creates the file beside where it is to stand.
    init(path: String) async throws {
        let url = URL(fileURLWithPath: path)
        // The name of the file itself may be as long as names can be, so it is no part of this one.
        let temporary = url.deletingLastPathComponent().appendingPathComponent(".\(UUID().uuidString).partial").path
        self.path = path
        self.temporary = temporary
        handle = try await Self.run(path) {
            guard FileManager.default.createFile(atPath: temporary, contents: nil) else {
                throw AzureError(
                    code: .fileError,
                    message: "The file '\(path)' cannot be written: is its directory there, and writable?")
            }
            return try FileHandle(forWritingTo: URL(fileURLWithPath: temporary))
        }
    }

    /// Writes bytes, one piece after the other, to a place. Writes to different places do not wait for each other.
    func write(_ pieces: [Data], at offset: Int64) async throws {
        let handle = handle
        try await Self.run(path) {
            var place = offset
            for piece in pieces {
                try piece.withUnsafeBytes { try Self.write($0, to: handle.fileDescriptor, at: place) }
                place += Int64(piece.count)
            }
        }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int64) throws {
        var done = 0
        while done < bytes.count {
            let count = pwrite(file, bytes.baseAddress! + done, bytes.count - done, off_t(offset) + off_t(done))
            guard count >= 0 || errno == EINTR else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
            done += max(count, 0)
        }
    }

    /// Gives the file its name, replacing one that has it.
    func finish() async throws {
        let (handle, temporary, path) = (handle, temporary, path)
        try await Self.run(path) {
            try handle.close()
            guard rename(temporary, path) == 0 else {
                throw AzureError(
                    code: .fileError,
                    message: "The file '\(path)' cannot be written: \(String(cString: strerror(errno))).")
            }
        }
    }

    /// Takes the file away.
    func discard() async {
        let (handle, temporary) = (handle, temporary)
        try? await BlockingIO.run {
            try? handle.close()
            try? FileManager.default.removeItem(atPath: temporary)
        }
    }

    private static func run<Value: Sendable>(
        _ path: String, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await BlockingIO.run {
            do {
                return try work()
            } catch let error as AzureError {
                throw error
            } catch {
                throw AzureError(
                    code: .fileError, message: "The file '\(path)' cannot be written: \(error.localizedDescription)",
                    underlying: error)
            }
        }
    }
}

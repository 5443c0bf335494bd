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
actor PartialFile {
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

    /// Writes bytes to a place.
    func write(_ data: Data, at offset: Int64) async throws {
        let handle = handle
        // One write after the other: the place in the file belongs to the handle.
        let before = lastWrite
        let write = Task {
            _ = await before?.result
            try await Self.run(path) {
                try handle.seek(toOffset: UInt64(offset))
                try handle.write(contentsOf: data)
            }
        }
        lastWrite = write
        try await write.value
    }

    private var lastWrite: Task<Void, any Error>?

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
        _ = await lastWrite?.result
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

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

extension LocalFileSystem {
    /// Makes sure that a name is free, unless a file that has it may be replaced.
    static func check(_ path: String, mayReplace: Bool) async throws {
        guard !mayReplace else { return }
        try await BlockingIO.run {
            guard try FileStatus(of: path, followsLinks: false) == nil else { throw exists(path) }
        }
    }

    /// Gives a file its name; blocks.
    ///
    /// - Parameters:
    ///   - file: Where it is, in the same file system.
    ///   - path: The name.
    ///   - replaces: Whether a file that has the name is replaced, or an error. Nobody can take the name in between.
    static func move(_ file: String, to path: String, replacing replaces: Bool) throws {
        if replaces {
            guard rename(file, path) == 0 else { throw LocalFile.error(path, "written", errno) }
        } else {
            guard link(file, path) == 0 else {
                throw errno == EEXIST ? exists(path) : LocalFile.error(path, "written", errno)
            }
            unlink(file)
        }
    }

    private static func exists(_ path: String) -> AzureError {
        AzureError(
            code: .fileError,
            message: "The file '\(path)' exists, and is not to be replaced; choose another name, or allow it.")
    }
}

/// A file under way: it gets its name only when it is whole.
struct PartialFile: Sendable {
    private let path: String
    private let file: LocalFile
    private let replaces: Bool
    private let lane = BlockingIO.Lane()

    /// Creates the file beside where it is to stand.
    ///
    /// - Parameters:
    ///   - path: Where it is to stand.
    ///   - replaces: Whether a file that is there is replaced, or an error.
    init(path: String, replaces: Bool) async throws {
        let url = URL(fileURLWithPath: path)
        // The name of the file itself may be as long as names can be, so it is no part of this one.
        let temporary = url.deletingLastPathComponent().appendingPathComponent(".\(UUID().uuidString).partial").path
        self.path = path
        self.replaces = replaces
        file = try await BlockingIO.run {
            do {
                return try LocalFile(temporary, writable: true, mode: 0o666, name: path)
            } catch {
                throw AzureError(
                    code: .fileError,
                    message: "The file '\(path)' cannot be written: is its directory there, and writable?",
                    underlying: error)
            }
        }
    }

    /// Writes bytes, one piece after the other, to a place.
    func write(_ pieces: [Data], at offset: Int64) async throws {
        try await lane.run { [file] in
            var place = offset
            for piece in pieces {
                try file.write(piece, at: place)
                place += Int64(piece.count)
            }
        }
    }

    /// Gives the file its name.
    func finish() async throws {
        let (file, path, replaces) = (file, path, replaces)
        try await BlockingIO.run {
            try file.checkWrites()
            try LocalFileSystem.move(file.path, to: path, replacing: replaces)
        }
    }

    /// Takes the file away.
    func discard() async {
        try? await BlockingIO.run { [file] in file.remove() }
    }
}

import AzureCore
import Foundation

/// The few things that transfers do with files, away from the cooperative pool.
enum LocalFileSystem {
    /// Opens a file that is sent.
    static func source(_ path: String, followsLinks: Bool = true) async throws -> FileSource {
        try await BlockingIO.run { try FileSource(opening: path, followsLinks: followsLinks) }
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

    static func exists(_ path: String) -> AzureError {
        AzureError(
            code: .fileError,
            message: "The file '\(path)' exists, and is not to be replaced; choose another name, or allow it.")
    }
}

/// Where a file is to stand: its directory, which is open, and its name there.
struct FilePlace: Sendable {
    let directory: LocalDirectory
    let name: String
    /// The path, for errors.
    let path: String

    init(in directory: LocalDirectory, name: String) {
        self.directory = directory
        self.name = name
        path = "\(directory.path)/\(name)"
    }

    /// Opens the directory of a path; blocks.
    init(_ path: String) throws {
        let url = URL(fileURLWithPath: path)
        do {
            directory = try LocalDirectory(url.deletingLastPathComponent().path)
        } catch {
            throw AzureError(
                code: .fileError,
                message: "The file '\(path)' cannot be written: is its directory there, and writable?",
                underlying: error)
        }
        name = url.lastPathComponent
        self.path = path
    }

    /// Gives a file of the same directory this name; blocks.
    func take(_ file: LocalFile, replacing replaces: Bool) throws {
        guard try file.rename(to: name, replacing: replaces, path: path) else { throw LocalFileSystem.exists(path) }
    }
}

/// A file under way: it gets its name only when it is whole.
struct PartialFile: Sendable {
    private let place: FilePlace
    private let file: LocalFile
    private let replaces: Bool
    private let lane = BlockingIO.Lane()

    /// Creates the file beside where it is to stand.
    ///
    /// - Parameters:
    ///   - place: Where it is to stand.
    ///   - replaces: Whether a file that is there is replaced, or an error.
    init(_ place: FilePlace, replaces: Bool) async throws {
        self.place = place
        self.replaces = replaces
        file = try await BlockingIO.run {
            do {
                // The name of the file itself may be as long as names can be, so it is no part of this one.
                return try LocalFile(
                    ".\(UUID().uuidString).partial", .create(mode: 0o666), in: place.directory, name: place.path)
            } catch {
                throw AzureError(
                    code: .fileError,
                    message: "The file '\(place.path)' cannot be written: is its directory there, and writable?",
                    underlying: error)
            }
        }
    }

    /// Creates the file beside a path where it is to stand.
    init(path: String, replaces: Bool) async throws {
        try await self.init(try await BlockingIO.run { try FilePlace(path) }, replaces: replaces)
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
    ///
    /// - Parameter time: The time of modification that it gets; nil for the one that it has.
    func finish(modified time: FileTime? = nil) async throws {
        let (file, place, replaces) = (file, place, replaces)
        try await BlockingIO.run {
            try file.checkWrites()
            if let time { try file.setModified(seconds: time.seconds, nanoseconds: time.nanoseconds) }
            try place.take(file, replacing: replaces)
        }
    }

    /// Takes the file away.
    func discard() async {
        try? await BlockingIO.run { [file] in file.remove() }
    }
}

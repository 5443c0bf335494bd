import AzureCore
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The directory that holds the files of an emulator's nodes, with a note in it that says whose it is. The note is what its
/// emulator has locked.
final class EmulatorDirectory: Sendable {
    /// What the names of directories among the temporary files start with.
    static let temporaryPrefix = "azure-emulator-"
    /// The name of the note.
    static let noteName = ".azure-emulator"
    /// What the note of a temporary directory says after its owner.
    static let temporaryWord = "temporary"

    /// The path, absolute and without symbolic links.
    var path: String { claim.path }
    /// Whether the directory goes when the emulator does.
    let isTemporary: Bool
    private let claim: DirectoryClaim

    private init(_ claim: DirectoryClaim, isTemporary: Bool) {
        self.claim = claim
        self.isTemporary = isTemporary
    }

    /// Takes a directory for an emulator, after whatever a dead emulator left there has been cleared away.
    ///
    /// - Parameters:
    ///   - root: The directory, which is made if need be; nil for a new one among the temporary files.
    ///   - instance: The emulator.
    ///   - temporaryFiles: Where temporary directories are made. The default is the system's place.
    /// - Throws: An `AzureError` when the directory cannot be had, or a live emulator has it.
    static func take(
        _ root: String?, for instance: EmulatorInstance,
        temporaryFiles: String = FileManager.default.temporaryDirectory.path
    ) async throws -> EmulatorDirectory {
        await EmulatorSweep.run(in: temporaryFiles, sparing: root)
        let wanted = root ?? "\(temporaryFiles)/\(temporaryPrefix)\(instance.number)"
        let taken = try await BlockingIO.run { try take(wanted, isTemporary: root == nil, instance: instance) }
        if let previous = taken.previous { await ProcessDestroyer.destroy(.instance(previous)) }
        return taken.directory
    }

    /// Removes the directory if it is temporary, else only the note.
    func release() async {
        _ = try? await BlockingIO.run { [path, isTemporary] in
            if isTemporary {
                FileTree.remove(path)
            } else {
                unlink("\(path)/\(Self.noteName)")
            }
        }
    }
}

extension EmulatorDirectory {
    private static func take(
        _ wanted: String, isTemporary: Bool, instance: EmulatorInstance
    ) throws -> (directory: EmulatorDirectory, previous: EmulatorInstance?) {
        let claim = try DirectoryClaim(wanted, isNew: isTemporary, file: noteName, for: "the nodes' files")
        let previous = note(claim.file)?.owner
        let text = Array("\(instance) \(isTemporary ? temporaryWord : "kept")\n".utf8)
        ftruncate(claim.file, 0)
        guard pwrite(claim.file, text, text.count, 0) == text.count else {
            throw AzureError(
                code: .fileError,
                message: "The directory '\(wanted)' cannot hold the nodes' files: \(String(cString: strerror(errno))).")
        }
        return (EmulatorDirectory(claim, isTemporary: isTemporary), previous)
    }

    /// What a note says: whose directory it is, and whether it is one that goes with that emulator.
    private static func note(_ note: Int32) -> (owner: EmulatorInstance, isTemporary: Bool)? {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = pread(note, &buffer, buffer.count, 0)
        guard count > 0 else { return nil }
        let words = String(decoding: buffer[..<count], as: UTF8.self).split { $0 == " " || $0 == "\n" }
        guard words.count == 2, let owner = EmulatorInstance(words[0]) else { return nil }
        return (owner, words[1] == temporaryWord)
    }

    /// Whom a directory among the temporary files belonged to.
    struct Remains: Sendable {
        let owner: EmulatorInstance
        /// Whether the directory may be removed: it was made as a temporary one, under the name that such a one has, and
        /// by the user that this process runs as. Whatever else is called alike, somebody wants to keep.
        let isRemovable: Bool
    }

    /// What a dead emulator left in a directory; nil when its emulator lives, or nothing is known.
    static func remains(in parent: String, named name: String) -> Remains? {
        guard let directory = OpenDirectory(parent, followsLink: true)?.status(of: FileName(name)),
            directory.kind == .directory
        else { return nil }
        let note = open("\(parent)/\(name)/\(noteName)", O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard note >= 0 else { return nil }
        defer {
            // A child process that is just being started may hold a copy of the descriptor, and with it the lock.
            flock(note, LOCK_UN)
            close(note)
        }
        guard FileStatus(note)?.kind == .file, flock(note, LOCK_EX | LOCK_NB) == 0, let said = self.note(note) else {
            return nil
        }
        return Remains(
            owner: said.owner,
            isRemovable: said.isTemporary && name == "\(temporaryPrefix)\(said.owner.number)"
                && directory.owner == geteuid())
    }
}

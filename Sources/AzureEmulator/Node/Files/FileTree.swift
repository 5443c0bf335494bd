import AzureCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Directories and what is in them. What is made is for its owner alone.
enum FileTree {
    // MARK: By paths that no task has a say in

    /// Removes a file or a directory with everything in it, also what tasks made unreadable. Links are not followed.
    ///
    /// - Returns: Whether it is gone.
    @discardableResult
    static func remove(_ path: String) -> Bool {
        let (parent, name) = split(path)
        guard let directory = OpenDirectory(parent, followsLink: true) else { return errno == ENOENT }
        return directory.remove(name)
    }

    /// Makes a directory and those above it. What is there already stays as it is.
    static func makeDirectory(_ path: String) throws {
        if mkdir(path, 0o700) == 0 { return }
        if errno == ENOENT, path.hasByte("/") {
            let (parent, _) = split(path)
            if parent != "/", parent != "." {
                try makeDirectory(parent)
                if mkdir(path, 0o700) == 0 { return }
            }
        }
        let reason = errno
        guard FileStatus(following: path)?.kind == .directory else { throw failure("made", path, reason) }
    }

    /// Makes an empty file in place of whatever has its name.
    ///
    /// - Returns: A descriptor for writing at the end, which the caller closes.
    static func makeFile(_ path: String) throws -> Int32 {
        let (parent, name) = split(path)
        guard let file = OpenDirectory(parent)?.makeFile(name) else { throw failure("made", path, errno) }
        return file
    }

    // MARK: Below a root, where tasks may have put links

    /// Removes a file or a directory with everything in it. Where a link stands in the way, there is nothing to remove.
    ///
    /// - Parameters:
    ///   - path: The names below the root, with slashes.
    ///   - root: A directory that no task can replace.
    static func remove(_ path: String, below root: String) {
        let parts = names(in: path)
        guard let last = parts.last, let parent = OpenDirectory(root)?.descend(parts.dropLast()) else { return }
        parent.remove(FileName(last))
    }

    /// Makes a directory and those above it up to the root.
    ///
    /// - Throws: An `AzureError` when it cannot be made, or a link stands in the way.
    static func makeDirectory(_ path: String, below root: String) throws {
        guard OpenDirectory(root)?.descend(names(in: path), makesMissing: true) != nil else {
            throw failure("made", "\(root)/\(path)", errno)
        }
    }

    /// Makes an empty file, and the directories above it up to the root, in place of whatever has its name.
    ///
    /// - Returns: A descriptor for writing at the end, which the caller closes.
    /// - Throws: An `AzureError` when it cannot be made, or a link stands in the way.
    static func makeFile(_ path: String, below root: String) throws -> Int32 {
        let parts = names(in: path)
        guard let name = parts.last,
            let file = OpenDirectory(root)?.descend(parts.dropLast(), makesMissing: true)?.makeFile(FileName(name))
        else { throw failure("made", "\(root)/\(path)", errno) }
        return file
    }

    private static func names(in path: String) -> [Substring] {
        path.pathParts.filter { !$0.isEmpty }
    }

    private static func split(_ path: String) -> (parent: String, name: FileName) {
        var path = path.utf8[...]
        let slash = UInt8(ascii: "/")
        while path.count > 1, path.last == slash { path.removeLast() }
        guard let place = path.lastIndex(of: slash) else { return (".", FileName(path)) }
        let parent = place == path.startIndex ? "/" : String(Substring(path[..<place]))
        return (parent, FileName(path[path.index(after: place)...]))
    }

    private static func failure(_ what: String, _ path: String, _ reason: Int32) -> AzureError {
        AzureError(
            code: .fileError, message: "'\(path)' cannot be \(what): \(String(cString: strerror(reason))).")
    }
}

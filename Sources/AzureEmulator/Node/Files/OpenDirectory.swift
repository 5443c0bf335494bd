#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// An open directory, whose entries are reached by their names in it: no link that a task put in the way of a path is
/// followed, and no open waits for the other end of a pipe.
final class OpenDirectory: Sendable {
    /// Why the entries of a directory cannot be told.
    struct Unreadable: Error {
        /// A value of `errno`.
        let reason: Int32
    }

    private let descriptor: Int32

    private init?(_ descriptor: Int32) {
        guard descriptor >= 0 else { return nil }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Opens a directory; nil, with the reason in `errno`, when it cannot be.
    ///
    /// - Parameters:
    ///   - path: The path. Links on the way to the last part of it are followed.
    ///   - followsLink: Whether the last part may be a link, too.
    convenience init?(_ path: String, followsLink: Bool = false) {
        self.init(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followsLink ? 0 : O_NOFOLLOW)))
    }

    /// Opens a directory in this one; nil, with the reason in `errno`, when there is none.
    func directory(_ name: FileName) -> OpenDirectory? {
        OpenDirectory(
            name.withPointer { openat(descriptor, $0, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW) })
    }

    /// Goes down a path of directories; nil, with the reason in `errno`, when one of them is none.
    ///
    /// - Parameters:
    ///   - path: The names, one below the other.
    ///   - makesMissing: Whether directories that are not there are made, for their owner alone.
    func descend(_ path: some Sequence<Substring>, makesMissing: Bool = false) -> OpenDirectory? {
        var current = self
        for part in path {
            let name = FileName(part)
            if makesMissing { _ = name.withPointer { mkdirat(current.descriptor, $0, 0o700) } }
            guard let next = current.directory(name) else { return nil }
            current = next
        }
        return current
    }

    /// What an entry is, links not followed; nil when there is none.
    func status(of name: FileName) -> FileStatus? {
        FileStatus(of: name, in: descriptor)
    }

    /// The names of all entries, in no order.
    ///
    /// - Throws: When it cannot be read, be it that too many files are open. That is not the same as no entries.
    func names() throws(Unreadable) -> [FileName] {
        // A position of its own, so that a directory can be read more than once.
        let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0 else { throw Unreadable(reason: errno) }
        guard let stream = fdopendir(own) else {
            let reason = errno
            close(own)
            throw Unreadable(reason: reason)
        }
        defer { closedir(stream) }
        var names: [FileName] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw Unreadable(reason: errno) }
                return names
            }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { FileName($0.prefix { $0 != 0 }) }
            if !name.isDirectoryItself { names.append(name) }
        }
    }

    /// Opens an entry for reading, unless it is a link.
    ///
    /// - Returns: A descriptor, which the caller closes, or -1.
    func openFile(_ name: FileName) -> Int32 {
        name.withPointer { openat(descriptor, $0, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC) }
    }

    /// Makes a file that was not there, for its owner alone: whatever had the name is removed.
    ///
    /// - Returns: A descriptor for writing at the end, or nil with the reason in `errno`.
    func makeFile(_ name: FileName) -> Int32? {
        remove(name)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC
        let file = name.withPointer { openat(descriptor, $0, flags, mode_t(0o600)) }
        return file >= 0 ? file : nil
    }
}

extension OpenDirectory {
    /// Removes an entry with everything in it, also what was made unreadable. A link is removed, not followed.
    ///
    /// - Returns: Whether nothing of that name is left.
    @discardableResult
    func remove(_ name: FileName) -> Bool {
        if removeAlone(name) { return true }
        guard let directory = openForRemoval(name) else { return false }
        directory.removeAll()
        return removeAlone(name)
    }

    /// Removes whatever is in this directory.
    ///
    /// Directories that have entries are moved right into this one first. So neither the depth of a tree nor the length
    /// of its paths matters, both of which are up to the tasks that made it, and each directory is looked at once.
    private func removeAll() {
        var full = ((try? names()) ?? []).filter { !removeAlone($0) }
        while let name = full.popLast() {
            guard let directory = openForRemoval(name) else { continue }
            for child in (try? directory.names()) ?? [] where !directory.removeAlone(child) {
                // A directory can be moved only by who may write to it.
                directory.makeAccessible(child)
                let moved = FileName(".removed-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))")
                if directory.move(child, to: moved, in: self) { full.append(moved) }
            }
            removeAlone(name)
        }
    }

    /// Removes an entry unless it is a directory that has entries.
    @discardableResult
    private func removeAlone(_ name: FileName) -> Bool {
        name.withPointer { name in
            unlinkat(descriptor, name, 0) == 0 || errno == ENOENT || unlinkat(descriptor, name, AT_REMOVEDIR) == 0
        }
    }

    private func openForRemoval(_ name: FileName) -> OpenDirectory? {
        if directory(name) == nil { makeAccessible(name) }
        guard let directory = directory(name) else { return nil }
        fchmod(directory.descriptor, 0o700)
        return directory
    }

    private func makeAccessible(_ name: FileName) {
        guard status(of: name)?.kind == .directory else { return }
        _ = name.withPointer { fchmodat(descriptor, $0, 0o700, AT_SYMLINK_NOFOLLOW) }
    }

    private func move(_ name: FileName, to other: FileName, in directory: OpenDirectory) -> Bool {
        name.withPointer { name in
            other.withPointer { renameat(descriptor, name, directory.descriptor, $0) == 0 }
        }
    }
}

/// The name of an entry of a directory: any bytes but zero and slashes, as tasks may choose them.
struct FileName: Sendable, Hashable {
    private let bytes: [CChar]

    init(_ text: some StringProtocol) {
        self.init(text.utf8)
    }

    init(_ bytes: some Sequence<UInt8>) {
        self.bytes = bytes.map { CChar(bitPattern: $0) } + [0]
    }

    /// The name as text; nil when it is not UTF-8.
    var text: String? { String(validating: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self) }

    /// Whether it stands for the directory that it is in, or the one above.
    fileprivate var isDirectoryItself: Bool { self == FileName(".") || self == FileName("..") }

    func withPointer<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return "".withCString(body) }
            return body(start)
        }
    }
}
